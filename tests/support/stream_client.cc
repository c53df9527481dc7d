#include "tests/support/stream_client.h"

#include <curl/curl.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include "absl/time/time.h"
#include "tests/support/connect_error.h"

namespace wissel::testing {
namespace {

constexpr size_t kHeadSize = 5;
constexpr char kEnd = 2;
constexpr absl::Duration kTimeout = absl::Seconds(20);

size_t SizeIn(const std::string& head) {
  size_t size = 0;
  for (size_t i = 1; i < kHeadSize; ++i) size = size << 8 | static_cast<unsigned char>(head[i]);
  return size;
}

// What the last frame says.
absl::Status EndOf(const std::string& json) {
  google::protobuf::Struct end;
  std::string error;
  if (!google::protobuf::util::JsonStringToMessage(json, &end).ok()) {
    return absl::DataLossError("the last frame is no JSON");
  }
  const auto found = end.fields().find("error");
  if (found == end.fields().end()) return absl::OutOfRangeError("the stream has ended");
  if (!google::protobuf::util::MessageToJsonString(found->second, &error).ok()) error.clear();
  return StatusOfConnect(error).value_or(absl::DataLossError("the last frame has no error"));
}

}  // namespace

StreamClient::StreamClient(const std::string& url, const std::string& method,
                           const std::string& token, const google::protobuf::Message& request) {
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(request, &json).ok()) json.clear();
  std::string body(kHeadSize, '\0');
  for (size_t i = 1; i < kHeadSize; ++i) {
    body[i] = static_cast<char>(json.size() >> 8 * (kHeadSize - 1 - i) & 0xff);
  }
  body += json;
  thread_ =
      std::thread([this, target = url + "/" + method, token, body] { Run(target, token, body); });
}

StreamClient::~StreamClient() {
  {
    absl::MutexLock lock(&mutex_);
    leaving_ = true;
  }
  thread_.join();
}

void StreamClient::Run(const std::string& url, const std::string& token, const std::string& body) {
  CURL* curl = curl_easy_init();
  curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/connect+json");
  headers = curl_slist_append(headers, ("Authorization: Bearer " + token).c_str());
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Receive);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, Progress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, this);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_perform(curl);
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  absl::MutexLock lock(&mutex_);
  ended_ = true;
}

size_t StreamClient::Receive(char* data, size_t size, size_t count, void* self) {
  auto* stream = static_cast<StreamClient*>(self);
  absl::MutexLock lock(&stream->mutex_);
  stream->received_.append(data, size * count);
  return size * count;
}

// Called about once a second also while nothing comes.
int StreamClient::Progress(void* self, long, long, long, long) {
  auto* stream = static_cast<StreamClient*>(self);
  absl::MutexLock lock(&stream->mutex_);
  return stream->leaving_ ? 1 : 0;
}

bool StreamClient::HasFrame() const {
  return received_.size() >= kHeadSize && received_.size() >= kHeadSize + SizeIn(received_);
}

absl::Status StreamClient::Next(google::protobuf::Message* message) {
  absl::MutexLock lock(&mutex_);
  const auto something = [this] {
    mutex_.AssertHeld();
    return HasFrame() || ended_;
  };
  if (!mutex_.AwaitWithTimeout(absl::Condition(&something), kTimeout)) {
    return absl::DeadlineExceededError("nothing came");
  }
  if (!HasFrame()) return absl::UnavailableError("the connection broke: " + received_);
  const char flags = received_[0];
  const size_t size = SizeIn(received_);
  const std::string json = received_.substr(kHeadSize, size);
  if (flags == kEnd) return EndOf(json);
  received_.erase(0, kHeadSize + size);
  if (google::protobuf::util::JsonStringToMessage(json, message).ok()) return absl::OkStatus();
  return absl::DataLossError("the message is not the one that was expected");
}

}  // namespace wissel::testing
