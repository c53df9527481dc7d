// wissel simulate: makes up the past of a municipality.

#include <cstdio>
#include <optional>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/sop/sop_reader.h"
#include "services/cases/history/case_history_store.h"
#include "services/cases/history/simulation_store.h"
#include "services/cases/registration/reference_store.h"
#include "services/router/active/routing_facts.h"
#include "services/wissel/command_app.h"
#include "services/wissel/commands/commands.h"
#include "services/wissel/commands/stop_signal.h"
#include "services/wissel/settings.h"
#include "services/wissel/simulation/history_writer.h"
#include "services/wissel/simulation/new_municipality.h"
#include "services/wissel/simulation/simulator.h"
#include "wissel/directory/v1/directory.grpc.pb.h"
#include "wissel/routing/v1/routing.grpc.pb.h"

ABSL_FLAG(int64_t, seed, 1, "what chance begins with; the same seed gives the same past");
ABSL_FLAG(int64_t, inhabitants, 45'000, "how large the municipality is, 1,000 to 20,000,000");
ABSL_FLAG(int, months, 13, "how many months the past is long, 1 to 240");
ABSL_FLAG(int, teams, 12, "departments of a municipality that is made, 1 to 60");
ABSL_FLAG(std::optional<double>, in_time, std::nullopt,
          "share of cases that every team answers in time, 0 to 1; each has its own unless given");
ABSL_FLAG(bool, once, false, "leave a municipality that has its past already, and call that fine");

namespace wissel {
namespace {

using directory::v1::DirectoryService;
using routing::v1::RouterService;

constexpr char kHasPast[] = "has_a_past";

// How long before now a municipality may have its first contact of its own: a demonstration that
// was just loaded.
constexpr absl::Duration kOwnPastMax = absl::Hours(24);

absl::Status Between(const char* flag, int64_t value, int64_t least, int64_t most) {
  if (value >= least && value <= most) return absl::OkStatus();
  return InvalidField(
      flag, "out_of_range",
      absl::StrCat("--", flag, " is ", value, "; it is from ", least, " to ", most));
}

absl::Status CheckFlags() {
  WISSEL_RETURN_IF_ERROR(
      Between("inhabitants", absl::GetFlag(FLAGS_inhabitants), 1'000, 20'000'000));
  WISSEL_RETURN_IF_ERROR(Between("months", absl::GetFlag(FLAGS_months), 1, 240));
  WISSEL_RETURN_IF_ERROR(Between("teams", absl::GetFlag(FLAGS_teams), 1, simulation::kMostTeams));
  const std::optional<double> share = absl::GetFlag(FLAGS_in_time);
  if (!share || (*share >= 0 && *share <= 1)) return absl::OkStatus();
  return InvalidField("in_time", "out_of_range", "--in-time is a share from 0 to 1, such as 0.9");
}

// Fills one municipality.
class SimulateCommand {
 public:
  SimulateCommand(std::unique_ptr<App> app, std::string tenant_id)
      : app_(std::move(app)), tenant_id_(std::move(tenant_id)) {}

  absl::Status Run() {
    WISSEL_RETURN_IF_ERROR(MakeMunicipality());
    WISSEL_RETURN_IF_ERROR(OpenPool());
    WISSEL_ASSIGN_OR_RETURN(const std::string sop, GetSop());
    // What the services do of their own accord would stand in the way.
    app_.reset();
    WISSEL_RETURN_IF_ERROR(InTenant([&](pg::Transaction& t) { return Begin(t); }));
    if (simulation_.finished) return HasPast("a past that was simulated");
    simulation::SimulatedMunicipality municipality;
    WISSEL_RETURN_IF_ERROR(InTenant([&](pg::Transaction& transaction) -> absl::Status {
      WISSEL_ASSIGN_OR_RETURN(municipality.facts, municipality::ReadSnapshot(transaction));
      WISSEL_ASSIGN_OR_RETURN(municipality.accounts, cases::ListColleagues(transaction));
      return absl::OkStatus();
    }));
    WISSEL_ASSIGN_OR_RETURN(municipality.sop, Compile(sop, *municipality.facts));
    return Write(std::move(municipality));
  }

 private:
  // One that is there stays as it is.
  absl::Status MakeMunicipality() {
    const absl::Status found = TimeZoneOf(*app_, tenant_id_).status();
    if (!absl::IsNotFound(found)) return found;
    const simulation::NewMunicipality plan =
        simulation::PlanMunicipality(tenant_id_, absl::GetFlag(FLAGS_teams));
    auto directory = DirectoryService::NewStub(app_->channels().For("directory"));
    auto router = RouterService::NewStub(app_->channels().For("routing"));
    directory::v1::EnsureMunicipalityResponse made;
    directory::v1::EnsureTeamsResponse teams;
    routing::v1::LoadSopRequest load;
    routing::v1::LoadSopResponse loaded;
    load.set_document(plan.sop);
    WISSEL_RETURN_IF_ERROR(CallAs(*app_, tenant_id_, *directory,
                                  &DirectoryService::Stub::EnsureMunicipality, plan.municipality,
                                  &made));
    WISSEL_RETURN_IF_ERROR(CallAs(*app_, tenant_id_, *directory,
                                  &DirectoryService::Stub::EnsureTeams, plan.teams, &teams));
    return CallAs(*app_, tenant_id_, *router, &RouterService::Stub::LoadSop, load, &loaded);
  }

  absl::Status OpenPool() {
    WISSEL_ASSIGN_OR_RETURN(const Settings settings, ReadSettings());
    pg::PoolOptions options = {.conninfo = settings.ConnInfo("cases"),
                               .size = simulation::HistoryWriter::kLanes + 1};
    for (const auto& statements :
         {cases::SimulationStatements(), cases::CaseHistoryStatements(),
          cases::ReferenceStatements(), municipality::SnapshotStatements()}) {
      options.statements.insert(options.statements.end(), statements.begin(), statements.end());
    }
    WISSEL_ASSIGN_OR_RETURN(pool_, pg::Pool::Open(std::move(options)));
    return absl::OkStatus();
  }

  absl::Status InTenant(pg::Pool::Body body) {
    return pool_->InTenant(tenant_id_, absl::Now() + absl::Minutes(1), pg::Access::kWrite, body);
  }

  absl::StatusOr<std::string> GetSop() {
    auto router = RouterService::NewStub(app_->channels().For("routing"));
    routing::v1::GetSopResponse response;
    WISSEL_RETURN_IF_ERROR(
        CallAs(*app_, tenant_id_, *router, &RouterService::Stub::GetSop, {}, &response));
    sop_version_ = response.version();
    return response.document();
  }

  // Goes on with one that was stopped halfway, with what that began with.
  absl::Status Begin(pg::Transaction& transaction) {
    WISSEL_ASSIGN_OR_RETURN(const auto begun, cases::FindSimulation(transaction));
    if (begun) {
      simulation_ = *begun;
      return absl::OkStatus();
    }
    const absl::Time now = absl::Now();
    WISSEL_ASSIGN_OR_RETURN(const auto first_receipt, cases::FirstReceipt(transaction));
    if (first_receipt && *first_receipt < now - kOwnPastMax) return HasPast("cases of its own");
    WISSEL_ASSIGN_OR_RETURN(const auto facts, municipality::ReadSnapshot(transaction));
    // What was made up ends where what people did begins.
    simulation_.until = absl::FromUnixMicros(
        absl::ToUnixMicros(std::min(now, first_receipt.value_or(now) - absl::Seconds(1))));
    simulation_.seed = absl::GetFlag(FLAGS_seed);
    simulation_.inhabitants = absl::GetFlag(FLAGS_inhabitants);
    const absl::CivilDay today = absl::ToCivilDay(simulation_.until, facts->zone);
    simulation_.first_day =
        absl::CivilDay(absl::CivilMonth(today) - absl::GetFlag(FLAGS_months)) + (today.day() - 1);
    simulation_.share_in_time = absl::GetFlag(FLAGS_in_time);
    return cases::BeginSimulation(transaction, simulation_);
  }

  absl::Status HasPast(absl::string_view what) const {
    return Error(absl::StatusCode::kFailedPrecondition, kHasPast,
                 absl::StrCat(tenant_id_, " has ", what, "; choose a new code"), "tenant");
  }

  absl::StatusOr<std::shared_ptr<const decision::CompiledSop>> Compile(
      const std::string& document, const municipality::MunicipalitySnapshot& facts) const {
    WISSEL_ASSIGN_OR_RETURN(sop::Sop sop, sop::ParseSop(document));
    return decision::CompiledSop::Compile(std::move(sop), sop_version_,
                                          router::TeamDirectoryOf(facts));
  }

  absl::Status Write(simulation::SimulatedMunicipality municipality) {
    simulation::Simulator simulator(simulation_, std::move(municipality));
    simulation::HistoryWriter writer(*pool_, tenant_id_, simulator);
    const absl::Time began = absl::Now();
    absl::Status status = writer.Run(StopAsked);
    const double seconds = absl::ToDoubleSeconds(absl::Now() - began);
    const simulation::WriterTally tally = writer.tally();
    std::printf("%s\n",
                absl::StrFormat("%s: %d cases since %s stored, %d known already, in %.1f s",
                                tenant_id_, tally.stored,
                                absl::FormatCivilTime(simulation_.first_day), tally.known, seconds)
                    .c_str());
    WISSEL_RETURN_IF_ERROR(status);
    if (StopAsked()) {
      return Error(absl::StatusCode::kCancelled, "stopped", "stopped; the same command goes on");
    }
    return InTenant(
        [](pg::Transaction& transaction) { return cases::FinishSimulation(transaction); });
  }

  // Until the municipality and its SOP are there.
  std::unique_ptr<App> app_;
  const std::string tenant_id_;
  std::unique_ptr<pg::Pool> pool_;
  cases::Simulation simulation_;
  int64_t sop_version_ = 0;
};

}  // namespace

absl::Status Simulate(const std::vector<std::string>& operands) {
  WISSEL_RETURN_IF_ERROR(NeedOperands(operands, 0));
  WISSEL_ASSIGN_OR_RETURN(const std::string tenant, TenantFlag());
  WISSEL_RETURN_IF_ERROR(CheckFlags());
  WISSEL_ASSIGN_OR_RETURN(std::unique_ptr<App> app, StartForCommand());
  WatchStopSignals();
  const absl::Status status = SimulateCommand(std::move(app), tenant).Run();
  if (!absl::GetFlag(FLAGS_once) || ReasonOf(status) != kHasPast) return status;
  std::printf("%s has its past already\n", tenant.c_str());
  return absl::OkStatus();
}

}  // namespace wissel
