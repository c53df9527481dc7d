#include <memory>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/idempotency/request_hash.h"
#include "libs/idempotency/response_store.h"
#include "libs/testing/postgres.h"

namespace wissel::idempotency {
namespace {

constexpr char kPlant[] = R"(
  insert into directory.municipality (tenant_id, name, time_zone)
  select t, t, 'Europe/Amsterdam' from unnest(array['GM1', 'GM2']) as t)";

class ResponseStoreTest : public ::testing::Test {
 protected:
  using Found = absl::StatusOr<std::optional<std::string>>;

  // Up to but not with the migration whose number is `first_missing`.
  explicit ResponseStoreTest(int first_missing = 10000) : database_(first_missing) {
    database_.Admin(kPlant);
  }

  // As a write does it: finds, or stores `response`, and then ends with `end`.
  Found Write(absl::string_view key, absl::string_view hash, absl::string_view response,
              const absl::Status& end = absl::OkStatus(), absl::string_view tenant = "GM1") {
    if (pool_ == nullptr) {
      pool_ = pg::Pool::Open({.conninfo = database_.ConnInfo("router"),
                              .size = 2,
                              .statements = responses_.Statements()})
                  .value();
    }
    std::optional<std::string> found;
    const absl::Status status =
        pool_->InTenant(tenant, absl::Now() + absl::Seconds(60), pg::Access::kWrite,
                        [&](pg::Transaction& transaction) -> absl::Status {
                          WISSEL_ASSIGN_OR_RETURN(found, responses_.Find(transaction, key, hash));
                          if (found) return absl::OkStatus();
                          WISSEL_RETURN_IF_ERROR(responses_.Store(transaction, key, response));
                          return end;
                        });
    if (!status.ok()) return status;
    return found;
  }

  int64_t DeleteOld(int limit) {
    int64_t deleted = -1;
    EXPECT_TRUE(pool_
                    ->InTenant("GM1", absl::Now() + absl::Seconds(60), pg::Access::kWrite,
                               [&](pg::Transaction& transaction) -> absl::Status {
                                 WISSEL_ASSIGN_OR_RETURN(deleted,
                                                         responses_.DeleteOld(transaction, limit));
                                 return absl::OkStatus();
                               })
                    .ok());
    return deleted;
  }

  const testing::TestDatabase database_;
  // As if another table of the service had the key.
  const ResponseStore responses_{
      "router", "select 'elsewhere'::bytea as request_hash where $1::text = 'taken-elsewhere'"};
  std::unique_ptr<pg::Pool> pool_;
};

TEST_F(ResponseStoreTest, AKeyGivesItsFirstAnswerAgain) {
  EXPECT_EQ(Write("key-0001", "hash", "first"), Found(std::nullopt));
  EXPECT_EQ(Write("key-0001", "hash", "second"), Found("first"));
  EXPECT_EQ(Write("key-0002", "hash", "third"), Found(std::nullopt)) << "another key";
  EXPECT_EQ(Write("key-0001", "hash", "fourth", absl::OkStatus(), "GM2"), Found(std::nullopt))
      << "another municipality";
}

TEST_F(ResponseStoreTest, AKeyOfAnotherRequestIsRefused) {
  ASSERT_TRUE(Write("key-0001", "hash", "first").ok());
  EXPECT_EQ(Write("key-0001", "other", "second").status(), KeyReused());
  EXPECT_EQ(Write("taken-elsewhere", "hash", "first").status(), KeyReused());
}

TEST_F(ResponseStoreTest, AWriteThatFailedLeavesItsKeyFree) {
  EXPECT_FALSE(Write("key-0001", "hash", "first", absl::InternalError("no")).ok());
  EXPECT_EQ(Write("key-0001", "other", "second"), Found(std::nullopt));
}

TEST_F(ResponseStoreTest, OldKeysGoTheOldestFirst) {
  for (const char* key : {"key-0001", "key-0002", "key-0003"}) {
    ASSERT_TRUE(Write(key, "hash", key).ok());
  }
  database_.Admin(
      "update router.idempotency_key set created_at = now() - interval '31 days' "
      "where key <> 'key-0003'; "
      "update router.idempotency_key set created_at = created_at - interval '1 day' "
      "where key = 'key-0002'");
  EXPECT_EQ(DeleteOld(1), 1);
  EXPECT_EQ(Write("key-0001", "hash", ""), Found("key-0001"));
  EXPECT_EQ(DeleteOld(100), 1);
  EXPECT_EQ(DeleteOld(100), 0);
  EXPECT_EQ(Write("key-0003", "hash", ""), Found("key-0003"));
}

class OlderReleaseTest : public ResponseStoreTest {
 protected:
  OlderReleaseTest() : ResponseStoreTest(71) {}
};

// What a client sends again after an upgrade is answered, though the hash was another one then.
TEST_F(OlderReleaseTest, KeysOfBeforeGiveTheirAnswer) {
  database_.Admin(
      "insert into router.idempotency_key (tenant_id, key, request_hash, response) "
      "values ('GM1', 'key-0001', sha256('1'), 'of before'); "
      "insert into cases.idempotency_key (tenant_id, key, request_hash, response, created_at) "
      "values ('GM1', 'action', sha256('1') || 'kim', '', now()), "
      "('GM1', 'registration', sha256('1'), '', now())");
  database_.Migrate();
  EXPECT_EQ(Write("key-0001", "hash", ""), Found("of before"));
  EXPECT_EQ(database_.Admin("select string_agg(key || length(request_hash), ' ' order by key) "
                            "from cases.idempotency_key"),
            "action0 registration32");
}

}  // namespace
}  // namespace wissel::idempotency
