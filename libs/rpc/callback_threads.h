// The threads of gRPC on which the callbacks of calls run.

#ifndef WISSEL_LIBS_RPC_CALLBACK_THREADS_H_
#define WISSEL_LIBS_RPC_CALLBACK_THREADS_H_

namespace wissel::rpc {

// Keeps them until the process ends. gRPC 1.51 joins them when the last channel goes that made such
// a call; if that happens on one of them, as when a callback drops what its call held, it frees
// their queue twice. Thread-safe; again changes nothing.
void KeepCallbackThreads();

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_CALLBACK_THREADS_H_
