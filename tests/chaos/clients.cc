#include "tests/chaos/clients.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/support/web_client.h"
#include "wissel/intake/v1/intake.pb.h"

namespace wissel::chaos {

Clients::Clients(std::string url, std::string token, int count)
    : url_(std::move(url)),
      token_(std::move(token)),
      run_(absl::StrCat("chaos-", absl::ToUnixMicros(absl::Now()))) {
  for (int i = 0; i < count; ++i) threads_.emplace_back([this, i] { Run(i); });
}

Promises Clients::Stop() {
  stopping_ = true;
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  absl::MutexLock lock(&mutex_);
  return promises_;
}

void Clients::Run(int number) {
  testing::WebClient client(url_);
  client.set_token(token_);
  for (int i = 0; !stopping_; ++i) {
    intake::v1::RegisterCallbackRequest request;
    request.set_idempotency_key(absl::StrCat(run_, "-", number, "-", i));
    request.mutable_customer()->set_family_name("Proef");
    request.mutable_customer()->set_phone(absl::StrCat("020 123 4", 100 + number));
    // So that mail to the customer is caused as well.
    request.mutable_customer()->set_email(absl::StrCat("proef", number, "@example.org"));
    // The key stands in the row, so that a second registration would show.
    request.mutable_question()->set_subject(request.idempotency_key());
    request.mutable_question()->set_topic_id("paspoort");
    intake::v1::RegisterCallbackResponse response;
    while (
        !client.Call("wissel.intake.v1.IntakeService/RegisterCallback", request, &response).ok()) {
      ++failed_tries_;
      absl::SleepFor(absl::Milliseconds(20));
    }
    ++acknowledged_;
    absl::MutexLock lock(&mutex_);
    promises_[request.idempotency_key()] = response.registration().reference();
  }
}

}  // namespace wissel::chaos
