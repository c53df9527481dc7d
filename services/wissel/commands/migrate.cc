// wissel migrate: applies what is missing of migrations/.

#include "libs/pg/migrate.h"

#include <cstdio>

#include "absl/flags/flag.h"
#include "libs/base/status.h"
#include "services/wissel/commands/commands.h"

ABSL_FLAG(std::string, admin_db, "host=/var/run/postgresql dbname=wissel user=postgres",
          "PostgreSQL with the right to create roles and schemas");
ABSL_FLAG(std::string, migrations, "migrations", "folder of the migrations");

namespace wissel {

absl::Status Migrate(const std::vector<std::string>& operands) {
  WISSEL_RETURN_IF_ERROR(NeedOperands(operands, 0));
  WISSEL_ASSIGN_OR_RETURN(
      const std::vector<std::string> applied,
      pg::Migrate(absl::GetFlag(FLAGS_admin_db), absl::GetFlag(FLAGS_migrations)));
  for (const std::string& name : applied) std::printf("applied %s\n", name.c_str());
  if (applied.empty()) std::printf("the database is up to date\n");
  return absl::OkStatus();
}

}  // namespace wissel
