// What registrations are measured against: the schema before it was made lean, in a database of its
// own, and pgbench that writes its seven rows naively. It stays as it is, whatever becomes of the
// schema.

#ifndef WISSEL_TESTS_BENCH_REFERENCE_H_
#define WISSEL_TESTS_BENCH_REFERENCE_H_

namespace wissel::bench {

inline constexpr char kReference[] = "wissel_bench_reference";

// Makes that database on the cluster of --db, from the migrations below 60.
void MakeReference();

// For pgbench: the rows of one registration, each with an INSERT of its own, in one transaction.
extern const char kSevenRows[];

}  // namespace wissel::bench

#endif  // WISSEL_TESTS_BENCH_REFERENCE_H_
