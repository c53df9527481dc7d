// How a bench tells its figure: as a row of a table, and as a line of JSON.

#ifndef WISSEL_TESTS_BENCH_REPORT_H_
#define WISSEL_TESTS_BENCH_REPORT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace wissel::bench {

// One figure beside the reference that was measured in the same run. Only the ratio means something
// on another machine.
struct Figure {
  // "registrations, 8 clients"
  std::string name;
  std::string unit;
  double value = 0;
  // "pgbench, one contact a transaction"
  std::string reference_name;
  double reference = 0;
  // "at least 2.0"
  std::string aim;

  double ratio() const { return reference == 0 ? 0 : value / reference; }
};

// Prints a row on standard output, and adds a line to the file of --json if there is one.
void Report(const Figure& figure);

// The value in the middle.
double Median(std::vector<double> values);

// What a shell command printed on standard output. Ends the program with a sentence if it fails.
std::string Shell(const std::string& command);

// Runs statements as the superuser on the database of --db, or on another one of its cluster;
// returns what they print. Ends the program if one fails.
std::string RunSql(const std::string& sql, const std::string& database = "");

// Transactions a second of pgbench for `script` (SQL of one transaction, in its own language) in a
// session of role wissel_cases, on the database of --db or on another one of its cluster.
double PgbenchPerSecond(const std::string& script, int clients, int seconds,
                        const std::string& database = "");

// Ends the program with `why`.
[[noreturn]] void Die(absl::string_view why);

}  // namespace wissel::bench

#endif  // WISSEL_TESTS_BENCH_REPORT_H_
