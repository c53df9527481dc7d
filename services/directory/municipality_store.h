// Municipalities and their calendars. The transaction says which municipality. A trigger counts the
// version of the directory up with every change here that may move a due date.

#ifndef WISSEL_SERVICES_DIRECTORY_MUNICIPALITY_STORE_H_
#define WISSEL_SERVICES_DIRECTORY_MUNICIPALITY_STORE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/pg/pool.h"
#include "services/directory/municipality.h"

namespace wissel::directory {

// Statements of this store, to prepare with the pool.
std::vector<pg::Statement> MunicipalityStatements();

// All of the installation, by name; works in a transaction without municipality too.
absl::StatusOr<std::vector<Municipality>> ListAllMunicipalities(pg::Transaction& transaction);

// The one of the transaction, locked: changes of its teams and calendars come one after another.
// NOT_FOUND `unknown_municipality`.
absl::StatusOr<Municipality> LockMunicipality(pg::Transaction& transaction);

// Whether it is new; one that is there stays as it is. Waits for whoever makes the same one.
absl::StatusOr<bool> InsertMunicipality(pg::Transaction& transaction,
                                        const Municipality& municipality);

// Name and time zone of the one of the transaction; touches nothing when they are the same.
absl::Status UpdateMunicipality(pg::Transaction& transaction, const Municipality& municipality);

// Notes that the agreements of a version of the SOP are applied; whether none of this or a later
// version were before. REQUIRES the lock.
absl::StatusOr<bool> AdvanceSop(pg::Transaction& transaction, int64_t version);

// Puts a calendar in force; its version. REQUIRES the lock.
absl::StatusOr<int64_t> InsertCalendar(pg::Transaction& transaction, const v1::Calendar& calendar);

// The calendar in force with its version. NOT_FOUND `unknown_municipality`.
absl::StatusOr<v1::GetCalendarResponse> FindCalendar(pg::Transaction& transaction);

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_MUNICIPALITY_STORE_H_
