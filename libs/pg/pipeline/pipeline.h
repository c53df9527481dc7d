// A connection in libpq's pipeline mode: commands are sent without waiting for the results of those
// before them. Internal to libs/pg.

#ifndef WISSEL_LIBS_PG_PIPELINE_PIPELINE_H_
#define WISSEL_LIBS_PG_PIPELINE_PIPELINE_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "libs/pg/pipeline/libpq_ptr.h"
#include "libs/pg/statement.h"

namespace wissel::pg {

// Not thread-safe. Commands are collected in a batch, which Flush or SendWithoutWaiting ends; after
// the first one that fails the server skips the rest of its batch.
class Pipeline {
 public:
  // What became of a batch.
  struct BatchResult {
    // Of the first command that failed; null if none did. Also null when the connection was lost.
    ResultPtr failure;
    // Index in the batch of the command that failed.
    size_t failed = 0;
    // One for each command; empty unless all succeeded.
    std::vector<ResultPtr> results;

    bool ok() const { return !results.empty(); }
  };

  // Takes over a connection that is open and has no command under way.
  explicit Pipeline(ConnectionPtr connection);
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  // Adds a command to the batch. Values are null or end in \0; they are sent before this returns or
  // copied.
  void Prepare(const Statement& statement);
  void Execute(const char* statement, absl::Span<const char* const> values);

  // Sends the batch and waits for its results.
  BatchResult Flush();
  // Sends the batch; its results are read, and ignored, before those of the next batch. A command
  // of it that fails makes the connection unusable.
  void SendWithoutWaiting();

  // Sends any number of statements as one text and waits: the result of the last, or of the one
  // that failed. Not within a batch; null when the connection was lost.
  ResultPtr Script(const std::string& sql);

  // Whether the server is still there, as far as can be seen without a round trip.
  bool CheckIdle();
  // False once the connection cannot be used any more.
  bool usable() const;

  // Warnings so far; their texts may hold personal data and are not kept.
  int warnings() const { return warnings_; }

 private:
  static void Notice(void* self, const PGresult* notice);
  // `accepted` is what libpq returned for a command: 0 when it could not be sent.
  void CheckSent(int accepted);
  // Reads the results of one batch.
  BatchResult ReadBatch();
  void ReadUnreadBatches();

  ConnectionPtr connection_;
  bool broken_ = false;
  int warnings_ = 0;
  // Batches that were sent without waiting and whose results are still to be read.
  int unread_batches_ = 0;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_PIPELINE_PIPELINE_H_
