// A set of small numbers, as a condition of a rule sees one dimension of contacts.

#ifndef WISSEL_LIBS_VERIFY_BIT_SET_H_
#define WISSEL_LIBS_VERIFY_BIT_SET_H_

#include <cstddef>
#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "absl/numeric/bits.h"

namespace wissel::verify {

// A value: cheap to copy up to 128 members, right for any number. Sets that meet must have been
// made for the same number of members.
class BitSet {
 public:
  // Of the members 0 .. size-1, none.
  explicit BitSet(size_t size = 0) : words_((size + 63) / 64), size_(size) {}

  // Of the members 0 .. size-1, all.
  static BitSet All(size_t size) {
    BitSet all(size);
    for (size_t member = 0; member < size; ++member) all.Add(member);
    return all;
  }

  void Add(size_t member) { words_[member / 64] |= uint64_t{1} << (member % 64); }
  bool Has(size_t member) const { return (words_[member / 64] >> (member % 64) & 1) != 0; }
  size_t size() const { return size_; }

  bool empty() const {
    for (const uint64_t word : words_) {
      if (word != 0) return false;
    }
    return true;
  }

  // The smallest member of a set that is not empty.
  size_t First() const {
    size_t index = 0;
    while (words_[index] == 0) ++index;
    return index * 64 + absl::countr_zero(words_[index]);
  }

  bool Meets(const BitSet& other) const {
    for (size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i] & other.words_[i]) != 0) return true;
    }
    return false;
  }

  bool IsWithin(const BitSet& other) const {
    for (size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i] & ~other.words_[i]) != 0) return false;
    }
    return true;
  }

  void Include(const BitSet& other) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  }

  void Keep(const BitSet& other) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  }

  void Drop(const BitSet& other) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
  }

 private:
  absl::InlinedVector<uint64_t, 2> words_;
  size_t size_;
};

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_BIT_SET_H_
