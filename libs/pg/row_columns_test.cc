#include "libs/pg/row_columns.h"

#include <optional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wissel::pg {
namespace {

using ::testing::Optional;

struct Row {
  int64_t reference = 0;
  std::optional<std::string> team_id;
  bool is_urgent = false;
};

const RowColumns<Row> kColumns(std::vector<RowColumn<Row>>{
    Column<&Row::reference>("case_id", "bigint"), Column<&Row::team_id>("team_id", "text"),
    Column<&Row::is_urgent>("is_urgent", "boolean")});

TEST(RowColumns, ManyRowsAreAnArrayAColumn) {
  EXPECT_EQ(kColumns.Table("given"),
            "unnest($1::bigint[], $2::text[], $3::boolean[]) as given (case_id, team_id, "
            "is_urgent)");
  EXPECT_EQ(kColumns.After(1), "$4");
  const std::vector<Row> rows = {{17, "kcc", true}, {18, std::nullopt, false}};
  const std::vector<Param> params = kColumns.Params(rows);
  ASSERT_EQ(params.size(), 3u);
  EXPECT_EQ(params[0].text(), Param(std::vector<int64_t>{17, 18}).text());
  EXPECT_EQ(params[1].text(),
            Param(std::vector<std::optional<std::string>>{"kcc", std::nullopt}).text());
  EXPECT_EQ(params[2].text(), Param(std::vector<bool>{true, false}).text());
}

TEST(RowColumns, OneRowIsAValueAColumn) {
  EXPECT_EQ(kColumns.TableOfOne("given"),
            "(values ($1::bigint, $2::text, $3::boolean)) as given (case_id, team_id, is_urgent)");
  const std::vector<Param> params = kColumns.ParamsOfOne({.reference = 17, .is_urgent = true});
  ASSERT_EQ(params.size(), 3u);
  EXPECT_THAT(params[0].text(), Optional(std::string("17")));
  EXPECT_EQ(params[1].text(), std::nullopt);
  EXPECT_THAT(params[2].text(), Optional(std::string("t")));
}

}  // namespace
}  // namespace wissel::pg
