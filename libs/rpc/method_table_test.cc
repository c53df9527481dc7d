#include "libs/rpc/method_table.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include "libs/base/status.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::rpc {
namespace {

using ::testing::HasSubstr;

// A contract with one method that carries `options`.
absl::Status MakeWith(const google::protobuf::MethodOptions& options) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("planted.proto");
  file.set_package("wissel.planted.v1");
  file.set_syntax("proto3");
  file.add_dependency("wissel/options/v1/options.proto");
  file.add_message_type()->set_name("PlantedRequest");
  auto* service = file.add_service();
  service->set_name("PlantedService");
  auto* method = service->add_method();
  method->set_name("Planted");
  method->set_input_type(".wissel.planted.v1.PlantedRequest");
  method->set_output_type(".wissel.planted.v1.PlantedRequest");
  *method->mutable_options() = options;
  google::protobuf::DescriptorPool pool(google::protobuf::DescriptorPool::generated_pool());
  return MethodTable::Make({pool.BuildFile(file)}).status();
}

google::protobuf::MethodOptions Options(bool is_public, bool with_role,
                                        options::v1::Effect effect) {
  google::protobuf::MethodOptions options;
  auto* permission = options.MutableExtension(options::v1::permission);
  permission->set_public_(is_public);
  if (with_role) permission->add_roles(options::v1::ROLE_MANAGER);
  options.SetExtension(options::v1::effect, effect);
  return options;
}

TEST(MethodTableTest, KnowsEveryMethodByItsRequest) {
  const Method& method = MethodTable::Get().ByRequest(cases::v1::GetCaseRequest::descriptor());
  EXPECT_EQ(method.path, "/wissel.cases.v1.CaseService/GetCase");
  EXPECT_EQ(method.effect, options::v1::EFFECT_READ);
  EXPECT_GT(MethodTable::Get().methods().size(), 30u);
}

TEST(MethodTableTest, AMethodNeedsAPermissionAndAnEffect) {
  const auto read = options::v1::EFFECT_READ;
  EXPECT_TRUE(MakeWith(Options(true, false, read)).ok());
  EXPECT_TRUE(MakeWith(Options(false, true, read)).ok());
  EXPECT_THAT(std::string(MakeWith({}).message()),
              HasSubstr("/wissel.planted.v1.PlantedService/Planted needs a permission"));
  EXPECT_FALSE(MakeWith(Options(true, true, read)).ok());
  EXPECT_FALSE(MakeWith(Options(false, false, read)).ok());
  EXPECT_THAT(
      std::string(MakeWith(Options(true, false, options::v1::EFFECT_UNSPECIFIED)).message()),
      HasSubstr("needs an effect"));
}

TEST(CheckPermissionTest, PublicRoleAndNobody) {
  options::v1::Permission permission;
  permission.add_roles(options::v1::ROLE_MANAGER);
  permission.add_roles(options::v1::ROLE_TEAM_LEAD);
  EXPECT_EQ(ReasonOf(CheckPermission(permission, nullptr)), "not_signed_in");
  const Principal lead = {.roles = {options::v1::ROLE_TEAM_LEAD}};
  EXPECT_TRUE(CheckPermission(permission, &lead).ok());
  const Principal agent = {.roles = {options::v1::ROLE_KCC_AGENT}};
  EXPECT_EQ(ReasonOf(CheckPermission(permission, &agent)), "not_permitted");
  permission.clear_roles();
  permission.set_public_(true);
  EXPECT_TRUE(CheckPermission(permission, nullptr).ok());
}

}  // namespace
}  // namespace wissel::rpc
