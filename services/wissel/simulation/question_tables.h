// The two halves of the question bank; everybody else asks question_bank.h.

#ifndef WISSEL_SERVICES_WISSEL_SIMULATION_QUESTION_TABLES_H_
#define WISSEL_SERVICES_WISSEL_SIMULATION_QUESTION_TABLES_H_

#include "absl/types/span.h"
#include "services/wissel/simulation/question_bank.h"

namespace wissel::simulation {

// Documents, moving, parking, income, care.
absl::Span<const KnownTopic> QuestionsOfPeople();
// Building, enterprise, streets, waste, taxes, youth, and all the rest.
absl::Span<const KnownTopic> QuestionsOfTheTown();

}  // namespace wissel::simulation

#endif  // WISSEL_SERVICES_WISSEL_SIMULATION_QUESTION_TABLES_H_
