// Finds the open cases of a customer.

#ifndef WISSEL_SERVICES_CASES_QUESTIONS_OPEN_QUESTIONS_STORE_H_
#define WISSEL_SERVICES_CASES_QUESTIONS_OPEN_QUESTIONS_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/pg/pool.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

// For the pool, besides QueueStatements().
std::vector<pg::Statement> OpenQuestionStatements();

// What is known of a customer, in the form in which it is stored; empty: not known.
struct KnownCustomer {
  std::string phone;
  // Capitals do not count.
  std::string email;
  // Counts with a postcode only. Compared as cases.comparable_name() of the migrations folds it:
  // neither capitals, accents, dashes nor quotes count.
  std::string family_name;
  std::string postcode;
};

// Open cases of which a contact was made by this customer, with all that matches, in no order.
// Looks at the latest 50 contacts of each number, address and household, whatever there are.
absl::StatusOr<std::vector<v1::OpenQuestion>> FindOpenCases(pg::Transaction& transaction,
                                                            const KnownCustomer& customer);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUESTIONS_OPEN_QUESTIONS_STORE_H_
