// A set of small numbers, as a condition of a rule sees one dimension of contacts.

#ifndef WISSEL_LIBS_VERIFY_BIT_SET_H_
#define WISSEL_LIBS_VERIFY_BIT_SET_H_

#include <cstddef>
#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "absl/numeric/bits.h"

namespace wissel::router {

// A value: cheap to copy up to 128 atoms, right for any number. Sets that meet must have been made
// for the same number of atoms.
class AtomSet {
 public:
  // Of the atoms 0 .. size-1, none.
  explicit AtomSet(size_t size = 0) : words_((size + 63) / 64), size_(size) {}

  // Of the atoms 0 .. size-1, all.
  static AtomSet All(size_t size) {
    AtomSet all(size);
    for (size_t atom = 0; atom < size; ++atom) all.Add(atom);
    return all;
  }

  void Add(size_t atom) { words_[atom / 64] |= uint64_t{1} << (atom % 64); }
  bool Has(size_t atom) const { return (words_[atom / 64] >> (atom % 64) & 1) != 0; }
  size_t size() const { return size_; }

  bool empty() const {
    for (const uint64_t word : words_) {
      if (word != 0) return false;
    }
    return true;
  }

  // The smallest atom of a set that is not empty.
  size_t First() const {
    size_t place = 0;
    while (words_[place] == 0) ++place;
    return place * 64 + absl::countr_zero(words_[place]);
  }

  bool Meets(const AtomSet& other) const {
    for (size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i] & other.words_[i]) != 0) return true;
    }
    return false;
  }

  bool IsWithin(const AtomSet& other) const {
    for (size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i] & ~other.words_[i]) != 0) return false;
    }
    return true;
  }

  void Include(const AtomSet& other) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  }

  void Keep(const AtomSet& other) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  }

  void Drop(const AtomSet& other) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
  }

 private:
  absl::InlinedVector<uint64_t, 2> words_;
  size_t size_;
};

}  // namespace wissel::router

#endif  // WISSEL_LIBS_VERIFY_BIT_SET_H_
