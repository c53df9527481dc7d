// By which library a pool talks to PostgreSQL.

#ifndef WISSEL_LIBS_PG_ENGINE_H_
#define WISSEL_LIBS_PG_ENGINE_H_

namespace wissel::pg {

// Both keep the same contract (pool.h); they differ in round trips only.
enum class Engine {
  // libpqxx, for everything but the calls that many wait for. One round trip to begin, one for each
  // statement, and one for the commit of a transaction that writes.
  kLibpqxx,
  // libpq's pipeline mode. Begin goes ahead of the first statement in the same round trip, RunAll
  // takes one for all its statements, and a transaction that writes one more for its commit.
  kPipelined,
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_ENGINE_H_
