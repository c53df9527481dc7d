#include "libs/sop/sop.h"

#include <algorithm>
#include <numeric>

namespace wissel::sop {

std::vector<size_t> DecisionOrder(const Sop& sop) {
  std::vector<size_t> order(sop.rules.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return sop.rules[a].priority > sop.rules[b].priority;
  });
  return order;
}

}  // namespace wissel::sop
