// Real data of other people, which stands beside the project and is never copied into it.

#ifndef WISSEL_TESTS_SUPPORT_REAL_DATA_H_
#define WISSEL_TESTS_SUPPORT_REAL_DATA_H_

#include <string>

namespace wissel::testing {

// Path of a file of ../shared/data (seen from the project's root). When it is not there the test
// fails with a sentence that says so, and the path is empty.
std::string RealData(const std::string& name);

}  // namespace wissel::testing

#endif  // WISSEL_TESTS_SUPPORT_REAL_DATA_H_
