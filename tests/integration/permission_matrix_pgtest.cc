// Every method of every contract x every role x the own and another municipality, walked from the
// descriptors: a method that is added is walked without a line here, and one without a permission
// stops the program before it serves.

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/identity/token.h"
#include "tests/integration/two_tenants.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/directory/v1/directory.pb.h"
#include "wissel/intake/v1/intake.pb.h"
#include "wissel/routing/v1/sop.pb.h"

namespace wissel::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

// Somebody who calls, and the roles it has.
struct Somebody {
  std::string name;
  Caller caller;
  std::vector<options::v1::Role> roles;
};

// "INVALID_ARGUMENT required tenant_id"; "OK".
std::string Short(const absl::Status& status) {
  std::string text = absl::StatusCodeToString(status.code());
  for (const ErrorDetail& detail : DetailsOf(status)) {
    absl::StrAppend(&text, " ", detail.reason, detail.field.empty() ? "" : " ", detail.field);
  }
  return text;
}

bool IsPublic(const rpc::Method& method) { return method.permission.public_(); }

bool HasRole(const Somebody& who, options::v1::Role role) {
  return std::find(who.roles.begin(), who.roles.end(), role) != who.roles.end();
}

bool MayCall(const rpc::Method& method, const Somebody& who) {
  // Internal methods are for parts of Wissel, whoever they work for.
  if (method.internal && who.caller.follows.empty() && !HasRole(who, options::v1::ROLE_SERVICE)) {
    return false;
  }
  return IsPublic(method) ||
         std::any_of(who.roles.begin(), who.roles.end(), [&](options::v1::Role role) {
           const auto& roles = method.permission.roles();
           return std::find(roles.begin(), roles.end(), role) != roles.end();
         });
}

// What the contract says that `who` is told; "" if the call goes through to its handler.
std::string ExpectedRefusal(const rpc::Method& method, const Somebody& who) {
  if (MayCall(method, who)) return "";
  if (who.caller.token.empty()) return "UNAUTHENTICATED not_signed_in";
  return who.roles.empty() ? "UNAUTHENTICATED invalid_token" : "PERMISSION_DENIED not_permitted";
}

// Whether a handler has answered, however it did. An UNAUTHENTICATED of a handler is about
// something in the request.
bool ReachedTheHandler(const absl::Status& status) {
  const auto details = DetailsOf(status);
  const std::string reason = details.empty() ? "" : details.front().reason;
  if (absl::IsUnauthenticated(status)) {
    return reason == "wrong_credentials" || (!details.empty() && !details.front().field.empty());
  }
  return !absl::IsPermissionDenied(status) && !absl::IsUnimplemented(status) &&
         !absl::IsInternal(status) && !absl::IsUnknown(status) && !absl::IsUnavailable(status);
}

// What ends sessions comes last: the others need them.
std::vector<rpc::Method> AllMethods() {
  std::vector<rpc::Method> methods = rpc::MethodTable::Get().methods();
  std::stable_partition(methods.begin(), methods.end(), [](const rpc::Method& method) {
    return method.descriptor->options().GetExtension(options::v1::session_effect) !=
           options::v1::SESSION_EFFECT_ENDS;
  });
  return methods;
}

class PermissionMatrix : public ::testing::TestWithParam<Shape> {
 protected:
  // Everybody of the own municipality. `says` is what people say in x-wissel-tenant, `follows` the
  // proof that a part of Wissel calls for them.
  std::vector<Somebody> Everybody(const std::string& says = "", const std::string& follows = "") {
    const std::string& own = tenants_.own().ids.tenant_id;
    std::vector<Somebody> all = {{"nobody", {"", says, follows}, {}},
                                 {"a stranger", {identity::MakeToken(own), says, follows}, {}}};
    for (const auto& [role, token] : tenants_.own().tokens) {
      all.push_back({options::v1::Role_Name(role), {token, says, follows}, {role}});
    }
    all.push_back({"ROLE_SERVICE", {tenants_.service_token(), own}, {options::v1::ROLE_SERVICE}});
    return all;
  }

  // Where the installation does other than `methods` say.
  std::vector<std::string> Breaches(const std::vector<rpc::Method>& methods,
                                    const std::string& follows = "") {
    std::vector<std::string> breaches;
    for (const rpc::Method& method : methods) {
      const auto empty = std::unique_ptr<google::protobuf::Message>(
          google::protobuf::MessageFactory::generated_factory()
              ->GetPrototype(method.descriptor->input_type())
              ->New());
      for (const Somebody& who : Everybody("", follows)) {
        const absl::Status status = tenants_.call().Call(method, *empty, who.caller).status();
        const std::string refusal = ExpectedRefusal(method, who);
        const bool as_said = refusal.empty() ? ReachedTheHandler(status) : Short(status) == refusal;
        if (!as_said) {
          breaches.push_back(absl::StrCat(method.path, " by ", who.name, ": ", Short(status)));
        }
      }
    }
    return breaches;
  }

  // What an answer gives away of the other municipality; "" if nothing.
  std::string Leak(const absl::StatusOr<std::unique_ptr<google::protobuf::Message>>& answer) {
    const std::string text =
        absl::AsciiStrToLower(answer.ok() ? (*answer)->DebugString() : answer.status().ToString());
    const std::string reference = absl::StrCat(tenants_.other().ids.reference);
    if (absl::StrContains(text, kSecretWord)) return "its texts";
    if (absl::StrContains(text, reference)) return "its reference";
    return "";
  }

  TwoTenants tenants_{GetParam()};
};

TEST_P(PermissionMatrix, EveryMethodAndEveryRole) {
  EXPECT_THAT(Breaches(AllMethods()), IsEmpty());
}

// The proof opens internal methods to whoever has the permission, and nothing else.
TEST_P(PermissionMatrix, EveryMethodAndEveryRoleWhenAPartOfWisselCallsForThem) {
  EXPECT_THAT(Breaches(AllMethods(), tenants_.service_token()), IsEmpty());
}

// A client of the gRPC port once called internal methods, and wrote without a line in the log.
TEST_P(PermissionMatrix, WhatClientsSayAboutFollowingProvesNothing) {
  int walked = 0;
  for (const rpc::Method& method : AllMethods()) {
    if (!method.internal) continue;
    for (const std::string& says : {std::string("1"), identity::MakeServiceToken(),
                                    tenants_.own().tokens.at(options::v1::ROLE_KCC_AGENT)}) {
      for (const Somebody& who : Everybody("", says)) {
        if (HasRole(who, options::v1::ROLE_SERVICE)) continue;
        const auto answer = tenants_.call().Call(
            method, *FilledRequest(method.descriptor->input_type(), tenants_.own().ids),
            who.caller);
        EXPECT_TRUE(absl::IsPermissionDenied(answer.status()) ||
                    absl::IsUnauthenticated(answer.status()))
            << method.path << " by " << who.name << ": " << answer.status();
        ++walked;
      }
    }
  }
  EXPECT_GT(walked, 0);

  directory::v1::CreateAccessTokenRequest write;
  write.set_label("a line for this");
  const std::string admin = tenants_.own().tokens.at(options::v1::ROLE_FUNCTIONAL_ADMIN);
  const auto lines = [&] {
    return std::vector<std::string>(absl::StrSplit(tenants_.installation().Logged(),
                                                   "/wissel.directory.v1.DirectoryService/"
                                                   "CreateAccessToken\""))
        .size();
  };
  const size_t before = lines();
  ASSERT_TRUE(
      tenants_.call().Ask<directory::v1::CreateAccessTokenResponse>(write, {admin, "", "1"}).ok());
  EXPECT_EQ(lines(), before + 1);
}

TEST_P(PermissionMatrix, WouldSeeAMethodThatLetsInOneMoreOrOneLess) {
  std::vector<rpc::Method> methods;
  for (rpc::Method method : AllMethods()) {
    if (IsPublic(method) || method.path.find("/Get") == std::string::npos) continue;
    method.permission.mutable_roles()->RemoveLast();
    methods.push_back(method);
  }
  const size_t less = methods.size();
  ASSERT_GT(less, 0);
  EXPECT_EQ(Breaches(methods).size(), less);
  for (rpc::Method& method : methods) {
    method.permission =
        rpc::MethodTable::Get().ByRequest(method.descriptor->input_type()).permission;
    method.permission.add_roles(options::v1::ROLE_SERVICE);
  }
  EXPECT_THAT(Breaches(methods), Not(IsEmpty()));
}

// The ids of the other municipality are to everybody here as ids that exist nowhere.
TEST_P(PermissionMatrix, NobodyReachesAnotherMunicipality) {
  const Tenant& other = tenants_.other();
  Ids nowhere = {.tenant_id = other.ids.tenant_id,
                 .team_id = "team-nowhere",
                 .topic_id = "topic-nowhere",
                 .login = "nobody-nowhere",
                 .external_id = "message-nowhere",
                 .reference = 9999999998};
  const std::string before = tenants_.RowsOfOther();
  ASSERT_THAT(before, HasSubstr("case_file"));
  for (const rpc::Method& method : AllMethods()) {
    for (const Somebody& who : Everybody(other.ids.tenant_id)) {
      if (!MayCall(method, who)) continue;
      const auto* type = method.descriptor->input_type();
      const auto theirs = tenants_.call().Call(method, *FilledRequest(type, other.ids), who.caller);
      const auto nobodys = tenants_.call().Call(method, *FilledRequest(type, nowhere), who.caller);
      const std::string what = absl::StrCat(method.path, " by ", who.name);
      EXPECT_EQ(Short(theirs.status()), Short(nobodys.status())) << what;
      EXPECT_EQ(Leak(theirs), "") << what;
      if (HasField(type, "reference")) {
        EXPECT_TRUE(absl::IsNotFound(theirs.status())) << what << ": " << theirs.status();
      }
    }
  }
  EXPECT_EQ(tenants_.RowsOfOther(), before);
}

// The control: the same requests do reach what the other municipality has when its own people make
// them, so that the silence above is not that of requests that reach nothing.
TEST_P(PermissionMatrix, PeopleOfTheOtherMunicipalityReachIt) {
  std::set<std::string> telling;
  std::set<std::string> missing;
  for (const rpc::Method& method : AllMethods()) {
    const auto* type = method.descriptor->input_type();
    bool found = false;
    for (const auto& [role, token] : tenants_.other().tokens) {
      // Internal methods are reached through a part of Wissel.
      const Caller caller = {token, "", tenants_.service_token()};
      if (IsPublic(method) || !MayCall(method, {"", caller, {role}})) continue;
      const auto answer =
          tenants_.call().Call(method, *FilledRequest(type, tenants_.other().ids), caller);
      if (!Leak(answer).empty()) telling.insert(method.descriptor->name());
      found |= !absl::IsNotFound(answer.status());
    }
    if (HasField(type, "reference") && !found) missing.insert(method.path);
  }
  EXPECT_THAT(telling, IsSupersetOf({"GetCase", "ClaimCase", "ListQueue", "WatchQueue", "ListTeams",
                                     "GetSop", "ListTopics", "Decide", "GetSession"}));
  EXPECT_THAT(missing, IsEmpty());
}

// Nothing of the own municipality is ever handed to a team of another.
TEST_P(PermissionMatrix, OwnCasesGoToNoTeamOfAnother) {
  Ids mixed = tenants_.other().ids;
  mixed.reference = tenants_.own().ids.reference;
  Ids nowhere = mixed;
  nowhere.team_id = "team-nowhere";
  int walked = 0;
  for (const rpc::Method& method : AllMethods()) {
    const auto* type = method.descriptor->input_type();
    if (!HasField(type, "reference")) continue;
    if (!HasField(type, "team_id") && !HasField(type, "suggested_team_id")) continue;
    // AttachContact hands nothing over: it looks at no decision.
    if (method.internal) continue;
    for (const Somebody& who : Everybody()) {
      if (!MayCall(method, who)) continue;
      const auto theirs = tenants_.call().Call(method, *FilledRequest(type, mixed), who.caller);
      const auto nobodys = tenants_.call().Call(method, *FilledRequest(type, nowhere), who.caller);
      EXPECT_FALSE(theirs.ok()) << method.path << " by " << who.name;
      EXPECT_EQ(Short(theirs.status()), Short(nobodys.status()))
          << method.path << " by " << who.name;
      ++walked;
    }
  }
  EXPECT_GT(walked, 0);
}

// Stands in everything that a resident or a colleague wrote about one case.
constexpr char kPrivateWord[] = "roodborst";

// Registers a case of which every text has the word; the team it came to returned it, and another
// team, of which nobody of the tenant is a member, has it now.
Ids PlantPrivateCase(TwoTenants& tenants) {
  const Tenant& tenant = tenants.own();
  const Caller agent = {tenant.tokens.at(options::v1::ROLE_KCC_AGENT)};
  Ids ids = tenant.ids;
  ids.team_id = "elsewhere";
  ids.login = "nobody-yet";
  ids.external_id = "message-of-a-robin";
  directory::v1::EnsureTeamsRequest teams;
  teams.add_teams()->set_team_id(ids.team_id);
  teams.mutable_teams(0)->set_name("Elders");
  EXPECT_TRUE(tenants.call()
                  .Ask<directory::v1::EnsureTeamsResponse>(
                      teams, {tenant.tokens.at(options::v1::ROLE_FUNCTIONAL_ADMIN)})
                  .ok());
  intake::v1::RegisterEmailRequest email;
  email.set_idempotency_key("key-of-a-robin");
  email.set_account("info");
  email.set_external_id(ids.external_id);
  email.mutable_customer()->set_family_name(kPrivateWord);
  email.mutable_customer()->set_email("piet@example.org");
  email.mutable_question()->set_subject(kPrivateWord);
  email.mutable_question()->set_text(kPrivateWord);
  email.mutable_question()->set_internal_note(kPrivateWord);
  const auto registered = tenants.call().Ask<intake::v1::RegisterEmailResponse>(email, agent);
  EXPECT_EQ(Short(registered.status()), "OK");
  ids.reference = registered->registration().reference();
  cases::v1::ReturnCaseRequest back;
  back.set_idempotency_key("return-of-a-robin");
  back.set_reference(ids.reference);
  back.set_reason(kPrivateWord);
  back.set_suggested_team_id(ids.team_id);
  const auto returned = tenants.call().Ask<cases::v1::ReturnCaseResponse>(
      back, {tenant.tokens.at(options::v1::ROLE_TEAM_LEAD)});
  EXPECT_EQ(Short(returned.status()), "OK");
  cases::v1::ForwardCaseRequest on;
  on.set_idempotency_key("forward-of-a-robin");
  on.set_reference(ids.reference);
  on.set_team_id(ids.team_id);
  on.set_note(kPrivateWord);
  const auto forwarded = tenants.call().Ask<cases::v1::ForwardCaseResponse>(on, agent);
  EXPECT_EQ(Short(forwarded.status()), "OK");
  return ids;
}

// A request that finds what there is: over all of today, and with an SOP that changes everything.
std::unique_ptr<google::protobuf::Message> FindingRequest(const google::protobuf::Descriptor* type,
                                                          const Ids& ids) {
  auto request = FilledRequest(type, ids);
  const auto* reflection = request->GetReflection();
  for (int i = 0; i < type->field_count(); ++i) {
    const auto* field = type->field(i);
    if (field->name() == "as_of") reflection->ClearField(request.get(), field);
    if (field->message_type() == common::v1::Period::descriptor()) {
      auto* period =
          static_cast<common::v1::Period*>(reflection->MutableMessage(request.get(), field));
      *period->mutable_from() = ToProto(absl::Now() - absl::Hours(24));
      *period->mutable_to() = ToProto(absl::Now() + absl::Hours(24));
    }
    if (field->message_type() == routing::v1::SopSelector::descriptor()) {
      static_cast<routing::v1::SopSelector*>(reflection->MutableMessage(request.get(), field))
          ->set_document(absl::StrCat("topics: [{id: ", ids.topic_id, ", name: x}]\n",
                                      "rules: [{id: rest, outcome: queue, team: ", ids.team_id,
                                      ", script: x}]\n"));
    }
  }
  return request;
}

// Every answer to everybody who may not read a case, and the control: who may does find it there.
TEST_P(PermissionMatrix, WhatPeopleWroteIsForWhoMayReadTheCase) {
  const Ids ids = PlantPrivateCase(tenants_);
  const auto tells = [&](const rpc::Method& method, const Caller& caller) {
    const auto answer =
        tenants_.call().Call(method, *FindingRequest(method.descriptor->input_type(), ids), caller);
    return absl::StrContains(answer.ok() ? (*answer)->DebugString() : answer.status().ToString(),
                             kPrivateWord);
  };
  std::set<std::string> managers;
  std::set<std::string> agents;
  for (const rpc::Method& method : AllMethods()) {
    for (const Somebody& who : Everybody()) {
      if (HasRole(who, options::v1::ROLE_SERVICE)) continue;
      if (HasRole(who, options::v1::ROLE_KCC_AGENT)) {
        // What an agent writes would change what the others are asked about.
        if (method.effect == options::v1::EFFECT_READ && tells(method, who.caller)) {
          agents.insert(method.descriptor->name());
        }
        continue;
      }
      if (!tells(method, who.caller)) continue;
      const bool is_manager = HasRole(who, options::v1::ROLE_MANAGER);
      if (is_manager) managers.insert(method.descriptor->name());
      EXPECT_TRUE(is_manager) << method.path << " by " << who.name;
    }
  }
  EXPECT_THAT(agents, IsSupersetOf({"GetCase", "ListQueue", "WatchQueue", "ListMisroutes",
                                    "FindOpenQuestions"}));
  // Rows of a queue have a subject and a name; managers see every queue and no case.
  EXPECT_THAT(managers, ::testing::UnorderedElementsAre("ListQueue", "WatchQueue"));
}

TEST_P(PermissionMatrix, AKeyOfAnotherMunicipalityIsAFreshOne) {
  intake::v1::RegisterEmailRequest request;
  // What the other one used, with another text.
  request.set_idempotency_key("key-of-the-first-message");
  request.set_account("info");
  request.set_external_id(tenants_.other().ids.external_id);
  request.mutable_customer()->set_email("piet@example.org");
  request.mutable_question()->set_subject("iets anders");
  const auto agent = tenants_.own().tokens.at(options::v1::ROLE_KCC_AGENT);
  // The own tenant has used that key too, for its own message.
  const auto used = tenants_.call().Ask<intake::v1::RegisterEmailResponse>(request, {agent});
  EXPECT_EQ(ReasonOf(used.status()), "idempotency_key_reused") << used.status();
  request.set_idempotency_key("a-key-of-our-own");
  const auto registered = tenants_.call().Ask<intake::v1::RegisterEmailResponse>(request, {agent});
  ASSERT_EQ(Short(registered.status()), "OK");
  EXPECT_FALSE(registered->registration().repeated());
  EXPECT_NE(registered->registration().reference(), tenants_.other().ids.reference);
}

INSTANTIATE_TEST_SUITE_P(BothShapes, PermissionMatrix,
                         ::testing::Values(Shape::kAll, Shape::kSplit), [](const auto& info) {
                           return info.param == Shape::kAll ? "All" : "Split";
                         });

// The matrix walks what the table holds: so the table must hold what the contracts say.
TEST(MethodTable, HoldsEveryServiceOfTheContracts) {
  std::set<std::string> in_table;
  for (const rpc::Method& method : rpc::MethodTable::Get().methods()) {
    in_table.insert(method.descriptor->service()->file()->name());
  }
  const std::filesystem::path root = WISSEL_SOURCE_DIR "/proto";
  std::set<std::string> on_disk;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".proto") continue;
    std::stringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    if (absl::StrContains(text.str(), "\nservice ")) {
      on_disk.insert(std::filesystem::relative(entry.path(), root));
    }
  }
  EXPECT_EQ(in_table, on_disk);
}

// Mutants: a planted contract, of which the table tells what is wrong.
class PlantedContract : public ::testing::Test {
 protected:
  absl::Status Make(const std::string& options) {
    google::protobuf::FileDescriptorProto file;
    file.set_name(absl::StrCat("planted", ++count_, ".proto"));
    file.set_package(absl::StrCat("planted", count_));
    file.add_dependency("wissel/options/v1/options.proto");
    file.set_syntax("proto3");
    file.add_message_type()->set_name("AskRequest");
    file.add_message_type()->set_name("AskResponse");
    auto* method = file.add_service()->add_method();
    file.mutable_service(0)->set_name("PlantedService");
    method->set_name("Ask");
    method->set_input_type("AskRequest");
    method->set_output_type("AskResponse");
    EXPECT_TRUE(method->mutable_options()->ParseFromString(options));
    const auto* built = pool_.BuildFile(file);
    if (built == nullptr) return absl::InternalError("the planted contract is no contract");
    return rpc::MethodTable::Make({built}).status();
  }

  static std::string Options(const std::vector<options::v1::Role>& roles, bool is_public,
                             options::v1::Effect effect) {
    google::protobuf::MethodOptions method;
    auto* permission = method.MutableExtension(options::v1::permission);
    permission->set_public_(is_public);
    for (const auto role : roles) permission->add_roles(role);
    method.SetExtension(options::v1::effect, effect);
    return method.SerializeAsString();
  }

 private:
  // On top of the contracts that are linked in, so that the options are known.
  google::protobuf::DescriptorPool pool_{google::protobuf::DescriptorPool::generated_pool()};
  int count_ = 0;
};

TEST_F(PlantedContract, ThatIsWholeIsTaken) {
  EXPECT_TRUE(Make(Options({options::v1::ROLE_MANAGER}, false, options::v1::EFFECT_READ)).ok());
  EXPECT_TRUE(Make(Options({}, true, options::v1::EFFECT_WRITE)).ok());
}

TEST_F(PlantedContract, WithoutPermissionIsRefusedByName) {
  for (const std::string& options :
       {std::string(), Options({}, false, options::v1::EFFECT_READ),
        Options({options::v1::ROLE_MANAGER}, true, options::v1::EFFECT_READ)}) {
    const absl::Status status = Make(options);
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr("PlantedService/Ask"));
  }
}

TEST_F(PlantedContract, WithoutEffectIsRefused) {
  EXPECT_FALSE(Make(Options({}, true, options::v1::EFFECT_UNSPECIFIED)).ok());
}

}  // namespace
}  // namespace wissel::testing
