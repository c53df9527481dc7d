#include "services/cases/case_service.h"

#include <memory>
#include <utility>

namespace wissel::cases {

CaseService::CaseService(CaseHandlers handlers, rpc::Dispatcher& dispatcher)
    : handlers_(handlers), dispatcher_(dispatcher) {}

template <typename Handler, typename Request, typename Response>
grpc::ServerUnaryReactor* CaseService::Blocking(
    Context* context, const Request* request, Response* response, Handler& handler,
    absl::Status (Handler::*method)(const rpc::Call&, const Request&, Response*)) {
  return dispatcher_.Blocking(
      context, request, response,
      [&handler, method](const rpc::Call& call, const Request& in, Response* out) {
        return (handler.*method)(call, in, out);
      });
}

grpc::ServerUnaryReactor* CaseService::RegisterContact(Context* context,
                                                       const v1::RegisterContactRequest* request,
                                                       v1::RegisterContactResponse* response) {
  return dispatcher_.Async(context, request, response,
                           [this](const rpc::Call& call, const v1::RegisterContactRequest& in,
                                  v1::RegisterContactResponse* out, rpc::Dispatcher::Done done) {
                             handlers_.committer.Register(call, in, out, std::move(done));
                           });
}

grpc::ServerWriteReactor<v1::WatchQueueResponse>* CaseService::WatchQueue(
    Context* context, const v1::WatchQueueRequest* request) {
  return dispatcher_.Stream<v1::WatchQueueResponse>(
      context, request,
      [this](const rpc::Call& call, const v1::WatchQueueRequest& in,
             std::shared_ptr<rpc::ServerStream<v1::WatchQueueResponse>> stream) {
        handlers_.watcher.Watch(call, in, std::move(stream));
      });
}

grpc::ServerUnaryReactor* CaseService::AttachContact(Context* context,
                                                     const v1::AttachContactRequest* request,
                                                     v1::AttachContactResponse* response) {
  return Blocking(context, request, response, handlers_.attacher, &Attacher::Attach);
}

grpc::ServerUnaryReactor* CaseService::FindOpenQuestions(
    Context* context, const v1::FindOpenQuestionsRequest* request,
    v1::FindOpenQuestionsResponse* response) {
  return Blocking(context, request, response, handlers_.finder, &QuestionFinder::Find);
}

grpc::ServerUnaryReactor* CaseService::ImportCases(Context* context,
                                                   const v1::ImportCasesRequest* request,
                                                   v1::ImportCasesResponse* response) {
  return Blocking(context, request, response, handlers_.importer, &HistoryImporter::Import);
}

grpc::ServerUnaryReactor* CaseService::ListQueue(Context* context,
                                                 const v1::ListQueueRequest* request,
                                                 v1::ListQueueResponse* response) {
  return Blocking(context, request, response, handlers_.reader, &QueueReader::ListQueue);
}

grpc::ServerUnaryReactor* CaseService::CountQueues(Context* context,
                                                   const v1::CountQueuesRequest* request,
                                                   v1::CountQueuesResponse* response) {
  return Blocking(context, request, response, handlers_.reader, &QueueReader::CountQueues);
}

grpc::ServerUnaryReactor* CaseService::GetCase(Context* context, const v1::GetCaseRequest* request,
                                               v1::GetCaseResponse* response) {
  return Blocking(context, request, response, handlers_.reader, &QueueReader::GetCase);
}

grpc::ServerUnaryReactor* CaseService::ClaimCase(Context* context,
                                                 const v1::ClaimCaseRequest* request,
                                                 v1::ClaimCaseResponse* response) {
  return Blocking(context, request, response, handlers_.actions, &CaseActions::Claim);
}

grpc::ServerUnaryReactor* CaseService::UnclaimCase(Context* context,
                                                   const v1::UnclaimCaseRequest* request,
                                                   v1::UnclaimCaseResponse* response) {
  return Blocking(context, request, response, handlers_.actions, &CaseActions::Unclaim);
}

grpc::ServerUnaryReactor* CaseService::TakeOverCase(Context* context,
                                                    const v1::TakeOverCaseRequest* request,
                                                    v1::TakeOverCaseResponse* response) {
  return Blocking(context, request, response, handlers_.actions, &CaseActions::TakeOver);
}

grpc::ServerUnaryReactor* CaseService::RecordAttempt(Context* context,
                                                     const v1::RecordAttemptRequest* request,
                                                     v1::RecordAttemptResponse* response) {
  return Blocking(context, request, response, handlers_.actions, &CaseActions::RecordAttempt);
}

grpc::ServerUnaryReactor* CaseService::SendInterimReply(Context* context,
                                                        const v1::SendInterimReplyRequest* request,
                                                        v1::SendInterimReplyResponse* response) {
  return Blocking(context, request, response, handlers_.actions, &CaseActions::SendInterimReply);
}

grpc::ServerUnaryReactor* CaseService::AnswerCase(Context* context,
                                                  const v1::AnswerCaseRequest* request,
                                                  v1::AnswerCaseResponse* response) {
  return Blocking(context, request, response, handlers_.actions, &CaseActions::Answer);
}

grpc::ServerUnaryReactor* CaseService::CloseCase(Context* context,
                                                 const v1::CloseCaseRequest* request,
                                                 v1::CloseCaseResponse* response) {
  return Blocking(context, request, response, handlers_.actions, &CaseActions::Close);
}

grpc::ServerUnaryReactor* CaseService::ReturnCase(Context* context,
                                                  const v1::ReturnCaseRequest* request,
                                                  v1::ReturnCaseResponse* response) {
  return Blocking(context, request, response, handlers_.actions, &CaseActions::Return);
}

grpc::ServerUnaryReactor* CaseService::ForwardCase(Context* context,
                                                   const v1::ForwardCaseRequest* request,
                                                   v1::ForwardCaseResponse* response) {
  return Blocking(context, request, response, handlers_.actions, &CaseActions::Forward);
}

grpc::ServerUnaryReactor* CaseService::ReopenCase(Context* context,
                                                  const v1::ReopenCaseRequest* request,
                                                  v1::ReopenCaseResponse* response) {
  return Blocking(context, request, response, handlers_.actions, &CaseActions::Reopen);
}

}  // namespace wissel::cases
