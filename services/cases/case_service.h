// gRPC adapter of the case service; proto/wissel/cases/v1/cases.proto is its contract.

#ifndef WISSEL_SERVICES_CASES_CASE_SERVICE_H_
#define WISSEL_SERVICES_CASES_CASE_SERVICE_H_

#include "libs/rpc/dispatcher.h"
#include "services/cases/actions/case_actions.h"
#include "services/cases/history/history_import.h"
#include "services/cases/questions/attacher.h"
#include "services/cases/questions/question_finder.h"
#include "services/cases/queue/queue.h"
#include "services/cases/queue/queue_watch.h"
#include "services/cases/registration/group_committer.h"
#include "wissel/cases/v1/cases.grpc.pb.h"

namespace wissel::cases {

// Who does the work; all outlive the service.
struct CaseHandlers {
  GroupCommitter& committer;
  HistoryImporter& importer;
  QueueReader& reader;
  QueueWatcher& watcher;
  CaseActions& actions;
  Attacher& attacher;
  QuestionFinder& finder;
};

// Stateless; thread-safe. What it is made with outlives it. Each method hands the request to the
// handler that is named beside it and the status back; what each outcome means stands there and in
// the contract. Identity, permission, deadline, metrics and log are the dispatcher's.
//
// Performance: the others hold a thread of the worker pool while they wait for the database;
// RegisterContact takes none and WatchQueue gives it back at once, since of these there may be
// thousands at a time.
class CaseService final : public v1::CaseService::CallbackService {
 public:
  // In the .cc: whoever sees the body compiles a class template of gRPC for every method.
  CaseService(CaseHandlers handlers, rpc::Dispatcher& dispatcher);

  // As gRPC wants them.
  template <typename Response>
  using Stream = grpc::ServerWriteReactor<Response>;
  using Unary = grpc::ServerUnaryReactor;
  using Context = grpc::CallbackServerContext;

  // GroupCommitter::Register: answered when the batch that it is in has been committed.
  Unary* RegisterContact(Context* context, const v1::RegisterContactRequest* request,
                         v1::RegisterContactResponse* response) override;
  // Attacher::Attach: one transaction.
  Unary* AttachContact(Context* context, const v1::AttachContactRequest* request,
                       v1::AttachContactResponse* response) override;
  // QuestionFinder::Find: nothing is written.
  Unary* FindOpenQuestions(Context* context, const v1::FindOpenQuestionsRequest* request,
                           v1::FindOpenQuestionsResponse* response) override;
  // HistoryImporter::Import: one transaction a request.
  Unary* ImportCases(Context* context, const v1::ImportCasesRequest* request,
                     v1::ImportCasesResponse* response) override;
  // QueueReader: nothing is written.
  Unary* ListQueue(Context* context, const v1::ListQueueRequest* request,
                   v1::ListQueueResponse* response) override;
  // QueueWatcher::Watch: the stream outlives the method and belongs to the watcher.
  Stream<v1::WatchQueueResponse>* WatchQueue(Context* context,
                                             const v1::WatchQueueRequest* request) override;
  // QueueReader again.
  Unary* CountQueues(Context* context, const v1::CountQueuesRequest* request,
                     v1::CountQueuesResponse* response) override;
  Unary* GetCase(Context* context, const v1::GetCaseRequest* request,
                 v1::GetCaseResponse* response) override;
  // CaseActions: one transaction each, idempotent by its key.
  Unary* ClaimCase(Context* context, const v1::ClaimCaseRequest* request,
                   v1::ClaimCaseResponse* response) override;
  Unary* UnclaimCase(Context* context, const v1::UnclaimCaseRequest* request,
                     v1::UnclaimCaseResponse* response) override;
  Unary* TakeOverCase(Context* context, const v1::TakeOverCaseRequest* request,
                      v1::TakeOverCaseResponse* response) override;
  Unary* RecordAttempt(Context* context, const v1::RecordAttemptRequest* request,
                       v1::RecordAttemptResponse* response) override;
  Unary* SendInterimReply(Context* context, const v1::SendInterimReplyRequest* request,
                          v1::SendInterimReplyResponse* response) override;
  Unary* AnswerCase(Context* context, const v1::AnswerCaseRequest* request,
                    v1::AnswerCaseResponse* response) override;
  Unary* CloseCase(Context* context, const v1::CloseCaseRequest* request,
                   v1::CloseCaseResponse* response) override;
  Unary* ReturnCase(Context* context, const v1::ReturnCaseRequest* request,
                    v1::ReturnCaseResponse* response) override;
  Unary* ForwardCase(Context* context, const v1::ForwardCaseRequest* request,
                     v1::ForwardCaseResponse* response) override;
  Unary* ReopenCase(Context* context, const v1::ReopenCaseRequest* request,
                    v1::ReopenCaseResponse* response) override;

 private:
  // Runs `method` of `handler` on the worker pool.
  template <typename Handler, typename Request, typename Response>
  Unary* Blocking(Context* context, const Request* request, Response* response, Handler& handler,
                  absl::Status (Handler::*method)(const rpc::Call&, const Request&, Response*));

  const CaseHandlers handlers_;
  rpc::Dispatcher& dispatcher_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_CASE_SERVICE_H_
