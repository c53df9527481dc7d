#include "services/cases/questions/question_finder.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/customer/email_address.h"
#include "libs/customer/phone.h"
#include "libs/customer/postcode.h"
#include "libs/text/typed.h"
#include "services/cases/questions/open_questions_store.h"

namespace wissel::cases {
namespace {

constexpr absl::Duration kRouterPatience = absl::Milliseconds(300);

// What cannot be read is not sought.
absl::StatusOr<KnownCustomer> Known(const v1::FindOpenQuestionsRequest& request) {
  KnownCustomer known;
  known.phone = customer::NormalisePhone(request.phone()).value_or("");
  known.email = customer::NormaliseEmail(request.email()).value_or("");
  known.postcode = customer::NormalisePostcode(request.postcode()).value_or("");
  WISSEL_ASSIGN_OR_RETURN(known.family_name,
                          text::Read("family_name", request.family_name(), 200,
                                     text::Presence::kOptional, text::Shape::kName));
  return known;
}

}  // namespace

absl::Status QuestionFinder::Find(const rpc::Call& call,
                                  const v1::FindOpenQuestionsRequest& request,
                                  v1::FindOpenQuestionsResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(const KnownCustomer known, Known(request));
  std::vector<v1::OpenQuestion> found;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(call.tenant_id(), call.deadline, pg::Access::kRead,
                                        [&](pg::Transaction& transaction) -> absl::Status {
                                          WISSEL_ASSIGN_OR_RETURN(
                                              found, FindOpenCases(transaction, known));
                                          return absl::OkStatus();
                                        }));
  const TopicTree none;
  const bool tree_matters =
      std::any_of(found.begin(), found.end(), [&](const v1::OpenQuestion& question) {
        return !none.AreClose(question.case_().topic_id(), request.topic_id());
      });
  for (v1::OpenQuestion& question :
       Suggest(std::move(found), request.topic_id(), tree_matters ? Topics(call) : none)) {
    *response->add_questions() = std::move(question);
  }
  return absl::OkStatus();
}

TopicTree QuestionFinder::Topics(const rpc::Call& call) {
  grpc::ClientContext context;
  rpc::Continue(call, &context);
  context.set_deadline(absl::ToChronoTime(std::min(call.deadline, absl::Now() + kRouterPatience)));
  routing::v1::ListTopicsResponse topics;
  if (!router_->ListTopics(&context, {}, &topics).ok()) return TopicTree();
  return TopicTree(topics);
}

}  // namespace wissel::cases
