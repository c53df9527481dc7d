#include "tests/support/web_client.h"

#include <curl/curl.h>
#include <google/protobuf/util/json_util.h>

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/base/status.h"
#include "tests/support/connect_error.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::testing {
namespace {

size_t Append(char* data, size_t size, size_t count, void* body) {
  static_cast<std::string*>(body)->append(data, size * count);
  return size * count;
}

size_t AppendHeader(char* data, size_t size, size_t count, void* headers) {
  const std::pair<absl::string_view, absl::string_view> header =
      absl::StrSplit(absl::string_view(data, size * count), absl::MaxSplits(':', 1));
  (*static_cast<std::map<std::string, std::string>*>(
      headers))[absl::AsciiStrToLower(header.first)] =
      std::string(absl::StripAsciiWhitespace(header.second));
  return size * count;
}

}  // namespace

struct WebClient::Handle {
  CURL* curl = curl_easy_init();
  ~Handle() { curl_easy_cleanup(curl); }
};

WebClient::WebClient(std::string url) : url_(std::move(url)), handle_(std::make_unique<Handle>()) {}

WebClient::~WebClient() = default;

WebClient::Answer WebClient::Perform(const std::string& path) {
  CURL* curl = handle_->curl;
  Answer answer;
  const std::string target = url_ + path;
  curl_slist* headers = nullptr;
  for (const auto& [name, value] : headers_) {
    if (!value.empty()) headers = curl_slist_append(headers, (name + ": " + value).c_str());
  }
  if (!token_.empty()) {
    headers = curl_slist_append(headers, ("Authorization: Bearer " + token_).c_str());
  }
  curl_easy_setopt(curl, CURLOPT_URL, target.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Append);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, AppendHeader);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer.headers);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
                   static_cast<long>(absl::ToInt64Milliseconds(timeout_)));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  if (curl_easy_perform(curl) == CURLE_OK) {
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.code);
  }
  curl_slist_free_all(headers);
  return answer;
}

WebClient::Answer WebClient::Get(const std::string& path) {
  curl_easy_setopt(handle_->curl, CURLOPT_HTTPGET, 1L);
  return Perform(path);
}

WebClient::Answer WebClient::Post(const std::string& path, const std::string& json) {
  curl_easy_setopt(handle_->curl, CURLOPT_POST, 1L);
  curl_easy_setopt(handle_->curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(json.size()));
  curl_easy_setopt(handle_->curl, CURLOPT_POSTFIELDS, json.c_str());
  return Perform(path);
}

absl::Status WebClient::Call(const std::string& method, const google::protobuf::Message& request,
                             google::protobuf::Message* response) {
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(request, &json).ok()) {
    return absl::InvalidArgumentError("the request cannot be written as JSON");
  }
  const Answer answer = Post("/" + method, json);
  if (answer.code == 0) return absl::UnavailableError("no answer");
  if (answer.code != 200) {
    return StatusOfConnect(answer.body)
        .value_or(absl::UnavailableError(absl::StrCat("HTTP ", answer.code)));
  }
  if (!google::protobuf::util::JsonStringToMessage(answer.body, response).ok()) {
    return absl::DataLossError("the answer is not the message that was expected: " + answer.body);
  }
  return absl::OkStatus();
}

absl::Status WebClient::SignIn(const std::string& tenant_id, const std::string& login,
                               const std::string& password) {
  directory::v1::SignInRequest request;
  request.set_tenant_id(tenant_id);
  request.set_login(login);
  request.set_password(password);
  directory::v1::SignInResponse response;
  WISSEL_RETURN_IF_ERROR(Call("wissel.directory.v1.DirectoryService/SignIn", request, &response));
  token_ = response.token();
  return absl::OkStatus();
}

}  // namespace wissel::testing
