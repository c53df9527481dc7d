// Past cases a second through `wissel import history`, read, checked and committed, against the
// bare SQL of the same rows in one statement: same tables, same run.

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/substitute.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "tests/bench/report.h"

ABSL_FLAG(std::string, folder, "build/bench-import", "where the files to import are made");
ABSL_FLAG(std::string, wissel, "build/release/services/wissel/wissel", "the program");
ABSL_FLAG(int, cases, 50'000, "cases of one import");
ABSL_FLAG(int, rounds, 3, "measurements; the median counts");
ABSL_DECLARE_FLAG(std::string, db);

namespace wissel::bench {
namespace {

constexpr char kMapping[] = R"(
municipality: Import
columns: {source_id: id, team: team, opened: opened, due: due, closed: closed, subject: subject}
channel: {default: phone}
)";

std::string WriteMapping(const std::string& folder) {
  const std::string path = absl::StrCat(folder, "/mapping.yaml");
  std::ofstream(path) << kMapping;
  return path;
}

// A case every ten minutes, of twenty teams, closed a day later.
std::string WriteCases(const std::string& folder, int round, int cases) {
  const std::string path = absl::StrCat(folder, "/cases-", round, ".csv");
  std::ofstream file(path);
  file << "id,team,opened,due,closed,subject\n";
  const absl::CivilMinute first(2020, 1, 1);
  for (int i = 0; i < cases; ++i) {
    const absl::CivilMinute opened = first + 10 * i;
    const auto moment = [](absl::CivilMinute at) { return absl::FormatCivilTime(at); };
    file << absl::StrFormat("bench-%d-%d,Team %d,%s,%s,%s,Losse tegel in de stoep\n", round, i,
                            i % 20, moment(opened), moment(opened + 2880), moment(opened + 1440));
  }
  return path;
}

double SecondsOf(const std::string& command) {
  const absl::Time begin = absl::Now();
  Shell(command);
  return absl::ToDoubleSeconds(absl::Now() - begin);
}

// The rows that an import stores of a case: the case, its contact and two events.
std::string BareSql(int round, int cases) {
  return absl::Substitute(R"(
    insert into directory.municipality (tenant_id, name, time_zone)
      values ('GM9903', 'Bare', 'Europe/Amsterdam') on conflict do nothing;
    insert into directory.team (tenant_id, team_id, name, is_kcc)
      select 'GM9903', 'team-' || n, 'Team ' || n, n = 0 from generate_series(0, 19) n
      on conflict do nothing;
    with given as materialized (
      select 8000000000 + $0::bigint * $1 + n as case_id, 'team-' || n % 20 as team_id,
             timestamptz '2020-01-01' + n * interval '10 minutes' as opened_at
        from generate_series(0, $1 - 1) n
    ), filed as (
      insert into cases.case_file (tenant_id, case_id, state, outcome, channel, team_id, subject,
                                   received_at, due_at, closed_at, source_id, version)
      select 'GM9903', case_id, 3, 1, 1, team_id, 'Losse tegel in de stoep', opened_at,
             opened_at + interval '2 days', opened_at + interval '1 day', case_id::text, 2
        from given
    ), noted as (
      insert into cases.contact (tenant_id, case_id, contact_no, channel, subject, received_at)
      select 'GM9903', case_id, 1, 1, 'Losse tegel in de stoep', opened_at from given
    )
    insert into cases.case_event (tenant_id, case_id, sequence, at, kind, actor_id, actor_name,
                                  team_id, outcome, due_at, channel, first_attempt_counts,
                                  no_verdict)
    select 'GM9903', case_id, 1, opened_at, 1, 'import', 'Import', team_id, 0,
           opened_at + interval '2 days', 1, false, false from given
    union all
    select 'GM9903', case_id, 2, opened_at + interval '1 day', 8, 'import', 'Import', team_id, 1,
           null, null, null, null from given;)",
                          round, cases);
}

}  // namespace

int Main() {
  const std::string folder = absl::GetFlag(FLAGS_folder);
  std::filesystem::create_directories(folder);
  const std::string mapping = WriteMapping(folder);
  const int cases = absl::GetFlag(FLAGS_cases);
  std::vector<double> ours;
  std::vector<double> theirs;
  for (int round = 0; round < absl::GetFlag(FLAGS_rounds); ++round) {
    const std::string file = WriteCases(folder, round, cases);
    ours.push_back(cases / SecondsOf(absl::StrCat(
                               absl::GetFlag(FLAGS_wissel), " --db='", absl::GetFlag(FLAGS_db),
                               "' import history --tenant GM9904 --mapping ", mapping, " ", file)));
    const absl::Time begin = absl::Now();
    RunSql(BareSql(round, cases));
    theirs.push_back(cases / absl::ToDoubleSeconds(absl::Now() - begin));
  }
  std::filesystem::remove_all(folder);
  Report({.name = "import of past cases",
          .unit = "1/s",
          .value = Median(ours),
          .reference_name = "the bare SQL of the same rows",
          .reference = Median(theirs),
          .aim = "at least 0.3"});
  return 0;
}

}  // namespace wissel::bench

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return wissel::bench::Main();
}
