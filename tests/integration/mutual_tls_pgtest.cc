// Processes that reach each other over the network: only by mutual TLS, and only those of one
// authority.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/identity/token.h"
#include "libs/rpc/test_certificates.h"
#include "libs/testing/postgres.h"
#include "tests/support/installation.h"
#include "tests/support/process.h"
#include "tests/support/web_client.h"

namespace wissel::testing {
namespace {

using ::testing::HasSubstr;

class MutualTlsTest : public ::testing::Test {
 protected:
  MutualTlsTest() {
    certificates_.Make("ours");
    certificates_.Make("strangers");
    std::ofstream(certificates_.Path("token")) << identity::MakeServiceToken();
  }

  // `wissel serve` with these flags and the certificate of that name; none if it is empty.
  Process Serve(const std::string& name, const std::string& certificate,
                const std::vector<std::string>& flags) {
    std::vector<std::string> command = {WISSEL_BINARY,
                                        "serve",
                                        "--db=" + database_.BaseConnInfo(),
                                        "--service_token_file=" + certificates_.Path("token"),
                                        "--web_root=",
                                        "--probe_port=-1"};
    if (!certificate.empty()) {
      command.push_back("--grpc_certificate_file=" + certificates_.Path(certificate + ".pem"));
      command.push_back("--grpc_key_file=" + certificates_.Path(certificate + ".key"));
      command.push_back("--grpc_ca_file=" + certificates_.Path(certificate + "-ca.pem"));
    }
    command.insert(command.end(), flags.begin(), flags.end());
    return Process(std::move(command), certificates_.Path(name + ".log"));
  }

  std::string LogOf(const std::string& name) const {
    std::stringstream text;
    text << std::ifstream(certificates_.Path(name + ".log")).rdbuf();
    return text.str();
  }

  TestDatabase database_;
  rpc::TestCertificates certificates_;
  const std::string everywhere_ = absl::StrCat("0.0.0.0:", FreePort());
  const std::string here_ = "localhost" + everywhere_.substr(everywhere_.find(':'));
};

TEST_F(MutualTlsTest, TheGatewayReachesServicesOfItsOwnAuthorityOnly) {
  Process services =
      Serve("services", "ours",
            {"--target=directory,router,cases,insight,intake", "--grpc_address=" + everywhere_});
  services.Start();
  std::string peers = "--peers=";
  for (const char* name : {"directory", "routing", "cases", "insight", "intake"}) {
    absl::StrAppend(&peers, name, "=", here_, ",");
  }
  const int our_port = FreePort();
  Process gateway =
      Serve("gateway", "ours", {"--target=gateway", peers, absl::StrCat("--http_port=", our_port)});
  gateway.Start();
  const auto list = [](int port) {
    return WebClient(absl::StrCat("http://127.0.0.1:", port))
        .Post("/wissel.directory.v1.DirectoryService/ListMunicipalities", "{}")
        .code;
  };
  for (const absl::Time until = absl::Now() + absl::Seconds(30);
       list(our_port) != 200 && absl::Now() < until;) {
    absl::SleepFor(absl::Milliseconds(100));
  }
  EXPECT_EQ(list(our_port), 200) << LogOf("services") << LogOf("gateway");

  const int strange_port = FreePort();
  Process strange = Serve("strange", "strangers",
                          {"--target=gateway", peers, absl::StrCat("--http_port=", strange_port)});
  strange.Start();
  for (const absl::Time until = absl::Now() + absl::Seconds(30);
       list(strange_port) == 0 && absl::Now() < until;) {
    absl::SleepFor(absl::Milliseconds(100));
  }
  EXPECT_EQ(list(strange_port), 503) << LogOf("strange");
}

TEST_F(MutualTlsTest, WithoutItNoProcessStartsThatOtherMachinesReachOrThatReachesThem) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> open = {
      {"grpc_address", {"--target=all", "--http_port=0", "--grpc_address=" + everywhere_}},
      {"peers",
       {"--target=gateway", "--http_port=0",
        "--peers=directory=10.1.2.3:1,routing=10.1.2.3:1,cases=10.1.2.3:1,insight=10.1.2.3:1,"
        "intake=10.1.2.3:1"}},
      {"half",
       {"--target=all", "--http_port=0", "--grpc_key_file=" + certificates_.Path("ours.key")}},
      {"no_pem",
       {"--target=all", "--http_port=0", "--grpc_key_file=" + certificates_.Path("token"),
        "--grpc_certificate_file=" + certificates_.Path("token"),
        "--grpc_ca_file=" + certificates_.Path("token")}}};
  for (const auto& [name, flags] : open) {
    Process process = Serve(name, "", flags);
    process.Start();
    EXPECT_NE(process.Wait(), 0) << name;
    EXPECT_THAT(LogOf(name), HasSubstr("grpc_certificate_file")) << name;
  }
}

}  // namespace
}  // namespace wissel::testing
