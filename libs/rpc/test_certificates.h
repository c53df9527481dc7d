// Certificates for tests of mutual TLS, made by the openssl program as an administrator would.

#ifndef WISSEL_LIBS_RPC_TEST_CERTIFICATES_H_
#define WISSEL_LIBS_RPC_TEST_CERTIFICATES_H_

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libs/rpc/credentials.h"

namespace wissel::rpc {

// A directory of its own, which is removed at the end.
class TestCertificates {
 public:
  TestCertificates() {
    std::string pattern = std::filesystem::temp_directory_path() / "wissel-tls-XXXXXX";
    directory_ = mkdtemp(pattern.data());
  }
  ~TestCertificates() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  // An authority, and a certificate of it for this machine: <name>-ca.pem, <name>.pem, <name>.key.
  MutualTls Make(const std::string& name) {
    const std::string ca = Path(absl::StrCat(name, "-ca"));
    const std::string node = Path(name);
    OpenSsl(absl::StrCat("req -x509 ", kNewKey, ca, ".key -out ", ca, ".pem -days 2 -subj /CN=ca"));
    OpenSsl(absl::StrCat("req ", kNewKey, node, ".key -out ", node, ".csr -subj /CN=", name,
                         " -addext subjectAltName=DNS:localhost,IP:127.0.0.1"));
    OpenSsl(absl::StrCat("x509 -req -in ", node, ".csr -CA ", ca, ".pem -CAkey ", ca,
                         ".key -CAcreateserial -days 2 -copy_extensions copy -out ", node, ".pem"));
    return {.certificate = Read(node + ".pem"),
            .key = Read(node + ".key"),
            .authority = Read(ca + ".pem")};
  }

  std::string Path(const std::string& name) const { return absl::StrCat(directory_, "/", name); }

 private:
  static constexpr char kNewKey[] = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ";

  static void OpenSsl(const std::string& words) {
    ASSERT_EQ(std::system(absl::StrCat("openssl ", words, " 2>/dev/null").c_str()), 0) << words;
  }

  static std::string Read(const std::string& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }

  std::string directory_;
};

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_TEST_CERTIFICATES_H_
