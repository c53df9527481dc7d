// Suggests, before a contact is registered, that its question is open already.

#ifndef WISSEL_SERVICES_CASES_QUESTIONS_QUESTION_FINDER_H_
#define WISSEL_SERVICES_CASES_QUESTIONS_QUESTION_FINDER_H_

#include "absl/status/status.h"
#include "libs/pg/pool.h"
#include "libs/rpc/call.h"
#include "libs/rpc/channel_registry.h"
#include "libs/rpc/rpc_client.h"
#include "services/cases/questions/open_questions.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/routing/v1/routing.grpc.pb.h"

namespace wissel::cases {

// Thread-safe; holds no state. `pool` has OpenQuestionStatements() and QueueStatements(); it and
// `channels` outlive the finder.
class QuestionFinder {
 public:
  QuestionFinder(pg::Pool& pool, rpc::ChannelRegistry& channels)
      : pool_(pool), router_(channels, "routing") {}

  // CaseService.FindOpenQuestions; writes nothing. While the router is away, only the same topic
  // and none are close. Errors: those of pg::Pool.
  //
  // Performance: two statements by index, however many cases there are; the topics are asked for
  // only when a case with another topic was found.
  absl::Status Find(const rpc::Call& call, const v1::FindOpenQuestionsRequest& request,
                    v1::FindOpenQuestionsResponse* response);

 private:
  TopicTree Topics(const rpc::Call& call);

  pg::Pool& pool_;
  rpc::RpcClient<routing::v1::RouterService> router_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUESTIONS_QUESTION_FINDER_H_
