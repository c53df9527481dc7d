// What in the schema of a database could let a municipality reach the rows of another, or a service
// write what is not its own. Read from PostgreSQL's own catalogue, so that a new table, view, role
// or grant cannot forget the rules of docs/database.md.

#ifndef WISSEL_LIBS_TESTING_CATALOGUE_H_
#define WISSEL_LIBS_TESTING_CATALOGUE_H_

#include <string>
#include <vector>

namespace wissel::testing {

// Every breach as "rule: subject", sorted; the rules stand in catalogue.cc. All schemas are looked
// at but PostgreSQL's own and the ledger of migrations. `plant` is SQL that is run first and undone
// afterwards, roles included: for showing that a breach is found. Fails the test when it cannot be
// run. `admin_conninfo` is a superuser's. Changes nothing. Thread-safe.
std::vector<std::string> CatalogueBreaches(const std::string& admin_conninfo,
                                           const std::string& plant = "");

}  // namespace wissel::testing

#endif  // WISSEL_LIBS_TESTING_CATALOGUE_H_
