#include "tests/integration/dynamic_call.h"

#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include "absl/time/clock.h"
#include "libs/rpc/call.h"
#include "libs/rpc/channel_registry.h"
#include "libs/rpc/status.h"

namespace wissel::testing {
namespace {

grpc::ByteBuffer ToBuffer(const google::protobuf::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

std::unique_ptr<google::protobuf::Message> FromBuffer(const google::protobuf::Descriptor* type,
                                                      const grpc::ByteBuffer& buffer) {
  auto message = std::unique_ptr<google::protobuf::Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
  grpc::Slice slice;
  if (!buffer.DumpToSingleSlice(&slice).ok() ||
      !message->ParseFromArray(slice.begin(), static_cast<int>(slice.size()))) {
    return nullptr;
  }
  return message;
}

}  // namespace

absl::StatusOr<std::unique_ptr<google::protobuf::Message>> DynamicCall::Call(
    const rpc::Method& method, const google::protobuf::Message& request, const Caller& caller) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
  if (!caller.token.empty()) {
    context.AddMetadata(rpc::kAuthorizationKey, "Bearer " + caller.token);
  }
  if (!caller.tenant_id.empty()) context.AddMetadata(rpc::kTenantKey, caller.tenant_id);
  if (!caller.follows.empty()) context.AddMetadata(rpc::kFollowsKey, caller.follows);

  grpc::GenericStub stub(ChannelOf(method));
  grpc::CompletionQueue queue;
  const auto wait = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    return ok;
  };
  const auto stream = stub.PrepareCall(&context, method.path, &queue);
  stream->StartCall(nullptr);
  wait();
  stream->WriteLast(ToBuffer(request), grpc::WriteOptions(), nullptr);
  wait();
  grpc::ByteBuffer buffer;
  stream->Read(&buffer, nullptr);
  const bool answered = wait();
  const bool is_stream = method.descriptor->server_streaming();
  if (answered && is_stream) context.TryCancel();
  grpc::Status status;
  stream->Finish(&status, nullptr);
  wait();
  if (!status.ok() && !(answered && is_stream)) return rpc::FromGrpc(status);
  auto message = answered ? FromBuffer(method.descriptor->output_type(), buffer) : nullptr;
  if (message == nullptr) return absl::InternalError("no message in the answer");
  return message;
}

std::shared_ptr<grpc::Channel> DynamicCall::ChannelOf(const rpc::Method& method) {
  const std::string service(
      rpc::ChannelRegistry::ShortName(method.descriptor->service()->full_name()));
  auto& channel = channels_[service];
  if (channel == nullptr) channel = installation_.Channel(service);
  return channel;
}

}  // namespace wissel::testing
