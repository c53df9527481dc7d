// One link to PostgreSQL on which commands are sent ahead of their answers. Internal to libs/pg.

#ifndef WISSEL_LIBS_PG_PIPELINE_H_
#define WISSEL_LIBS_PG_PIPELINE_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "libs/pg/link.h"
#include "libs/pg/statement.h"

namespace wissel::pg {

// Not thread-safe. A row of commands ends with Await or Forget; after the first one that fails the
// server skips the rest of its row.
class Pipeline {
 public:
  // What a row of commands came to.
  struct Outcome {
    // The first that failed; null if none did. Also null when the link was lost.
    AnswerPtr failure;
    // Place in the row of what failed.
    size_t failed = 0;
    // One a command; empty unless all went well.
    std::vector<AnswerPtr> answers;

    bool ok() const { return !answers.empty(); }
  };

  // Takes over a link that stands and waits for nothing.
  explicit Pipeline(LinkPtr link);
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  // Adds a command to the row. Values are null or end in \0; they are sent before this returns or
  // copied.
  void Prepare(const Statement& statement);
  void Execute(const char* statement, absl::Span<const char* const> values);

  // Sends the row and waits for its answers.
  Outcome Await();
  // Sends the row; its answers are read before those of the next row. A failure breaks the link.
  void Forget();

  // Sends any number of statements as one text and waits: the answer of the last, or of the one
  // that failed. Not within a row; null when the link was lost.
  AnswerPtr Script(const std::string& sql);

  // Whether the server is still there, as far as can be seen without asking it.
  bool CheckIdle();
  // False once the link is of no more use.
  bool usable() const;

  // Warnings so far; their texts may hold personal data and are not kept.
  int warnings() const { return warnings_; }

 private:
  static void Notice(void* self, const PGresult* notice);
  void Send(int sent);
  // Reads the answers to one row.
  Outcome Read();
  void ReadForgotten();

  LinkPtr link_;
  bool broken_ = false;
  int warnings_ = 0;
  // Rows whose answers are still to be read.
  int forgotten_ = 0;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_PIPELINE_H_
