// Real data of other people, which stands beside the project and is never copied into it.

#ifndef WISSEL_TESTS_SUPPORT_REAL_DATA_H_
#define WISSEL_TESTS_SUPPORT_REAL_DATA_H_

#include <string>

namespace wissel::testing {

// Path of a file of ../shared/data (seen from the project's root); empty when it is not there.
// Where CI is set the test has failed then, with a sentence that says so; elsewhere it says that it
// was left out and counts as skipped.
std::string RealData(const std::string& name);

}  // namespace wissel::testing

#endif  // WISSEL_TESTS_SUPPORT_REAL_DATA_H_
