#include "tests/bench/report.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "absl/flags/flag.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

ABSL_FLAG(std::string, json, "", "file to which a line of JSON is added for each figure");
ABSL_FLAG(std::string, db, "", "PostgreSQL, as a libpq connection string without a user");
ABSL_FLAG(std::string, psql, "/usr/lib/postgresql/15/bin/psql", "the program psql");
ABSL_FLAG(std::string, pgbench, "/usr/lib/postgresql/15/bin/pgbench", "the program pgbench");

namespace wissel::bench {
namespace {

// Of two names of a database the last one counts.
std::string ConnInfo(const std::string& database) {
  const std::string db = absl::GetFlag(FLAGS_db);
  return database.empty() ? db : absl::StrCat(db, " dbname=", database);
}

}  // namespace

void Report(const Figure& figure) {
  std::printf("%s\n", absl::StrFormat("%-32s %12.1f %-6s  %-44s %12.1f  ratio %5.2f  aim: %s",
                                      figure.name, figure.value, figure.unit, figure.reference_name,
                                      figure.reference, figure.ratio(), figure.aim)
                          .c_str());
  std::fflush(stdout);
  if (absl::GetFlag(FLAGS_json).empty()) return;
  std::ofstream(absl::GetFlag(FLAGS_json), std::ios::app) << absl::StrFormat(
      R"({"figure":"%s","unit":"%s","value":%.2f,"reference":"%s","reference_value":%.2f,)"
      R"("ratio":%.3f,"aim":"%s"})"
      "\n",
      figure.name, figure.unit, figure.value, figure.reference_name, figure.reference,
      figure.ratio(), figure.aim);
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

std::string Shell(const std::string& command) {
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) Die(command);
  std::string output;
  char buffer[4096];
  while (const size_t size = std::fread(buffer, 1, sizeof(buffer), pipe)) {
    output.append(buffer, size);
  }
  if (pclose(pipe) != 0) Die(absl::StrCat("failed: ", command, "\n", output));
  return output;
}

std::string RunSql(const std::string& sql, const std::string& database) {
  return Shell(absl::StrCat(absl::GetFlag(FLAGS_psql), " -qAt -v ON_ERROR_STOP=1 '",
                            ConnInfo(database), " user=postgres' <<'SQL'\n", sql, "\nSQL\n"));
}

double PgbenchPerSecond(const std::string& script, int clients, int seconds,
                        const std::string& database) {
  std::string path = "/tmp/wissel-bench-XXXXXX";
  if (mkstemp(path.data()) < 0) Die("cannot write to /tmp");
  std::ofstream(path) << script;
  const std::string output = Shell(
      absl::StrFormat("%s -n -M prepared -c %d -j 2 -T %d -f %s '%s user=wissel_cases' 2>&1",
                      absl::GetFlag(FLAGS_pgbench), clients, seconds, path, ConnInfo(database)));
  std::remove(path.c_str());
  const size_t at = output.find("tps = ");
  double tps = 0;
  if (at == std::string::npos ||
      !absl::SimpleAtod(output.substr(at + 6, output.find(' ', at + 6) - at - 6), &tps)) {
    Die("pgbench printed no figure:\n" + output);
  }
  return tps;
}

void Die(absl::string_view why) {
  std::fprintf(stderr, "%s\n", std::string(why).c_str());
  std::exit(1);
}

}  // namespace wissel::bench
