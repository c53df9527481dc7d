#include "services/gateway/json_check.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "wissel/directory/v1/directory.pb.h"
#include "wissel/intake/v1/intake.pb.h"

namespace wissel::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// As an object whose names are free.
absl::Status CheckFree(absl::string_view text) {
  return CheckJsonObject(text, *google::protobuf::Struct::descriptor());
}

TEST(JsonCheckTest, TakesWhatIsJson) {
  for (const char* text :
       {"{}", " {} \n", R"({"a":1})", R"({"a":[],"b":{},"c":[1,2,[3]]})",
        R"({"a":-0,"b":0.5,"c":-1.5e+10,"d":1E-2})", R"({"":null,"t":true,"f":false})",
        R"({"a":"\"\\\/\b\f\n\r\té\ud83d\ude00"})",
        "{\"a\":\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"}", R"({ "a" : [ 1 , 2 ] , "b" : "c" })"}) {
    EXPECT_TRUE(CheckFree(text).ok()) << text << CheckFree(text);
  }
}

TEST(JsonCheckTest, RefusesTheRestAndSaysWhere) {
  struct Case {
    std::string text;
    const char* place;
  };
  for (const Case& c :
       std::vector<Case>{{"", "line 1, column 1: expected an object"},
                         {"[]", "line 1, column 1"},
                         {"null", "line 1, column 1"},
                         {"{", "line 1, column 2: expected a name"},
                         {"{'a':1}", "column 2: expected a name in double quotes"},
                         {"{a:1}", "column 2"},
                         {R"({"a" 1})", "column 6: expected :"},
                         {R"({"a":})", "column 6: expected a value"},
                         {R"({"a":1,})", "column 8: expected a name"},
                         {R"({"a":[1,]})", "column 9: expected a value"},
                         {R"({"a":1 "b":2})", "column 8: expected , or }"},
                         {R"({"a":[1 2]})", "column 9: expected , or ]"},
                         {R"({"a":01})", "column 7: expected , or }"},
                         {R"({"a":1.})", "column 8: expected a digit"},
                         {R"({"a":.5})", "column 6: expected a value"},
                         {R"({"a":1e})", "column 8: expected a digit"},
                         {R"({"a":-})", "column 7: expected a digit"},
                         {R"({"a":+1})", "column 6: expected a value"},
                         {R"({"a":NaN})", "column 6: expected a value"},
                         {R"({"a":tru})", "column 6: expected a value"},
                         {"{\"a\":\n\n \"x}", "line 3, column 5: a text is not closed"},
                         {"{\"a\":\"x\ny\"}", "line 1, column 8: control character"},
                         {R"({"a":"\x"})", "column 7: unknown escape"},
                         {R"({"a":"\u12"})", "column 7: expected four"},
                         {R"({"a":"\ud83d"})", "half a character"},
                         {R"({"a":"\ud83dA"})", "half a character"},
                         {R"({"a":"\ude00"})", "half a character"},
                         {"{\"a\":\"\xff\"}", "column 7: no valid UTF-8"},
                         {"{\"a\":\"\xc0\xaf\"}", "no valid UTF-8"},
                         {"{\"a\":\"\xed\xa0\x80\"}", "no valid UTF-8"},
                         {"{\"a\":\"\xf4\x90\x80\x80\"}", "no valid UTF-8"},
                         {"{\"a\":\"\xe2\x82\"}", "no valid UTF-8"},
                         {std::string("{\"a\":\"b\0c\"}", 11), "control character"},
                         {std::string("{\"a\":1}\0", 8), "column 8: expected nothing after"},
                         {"{} {}", "column 4: expected nothing after"},
                         {"\xef\xbb\xbf{}", "column 1: expected an object"}}) {
    const absl::Status status = CheckFree(c.text);
    EXPECT_EQ(ReasonOf(status), "invalid_json") << c.text;
    EXPECT_THAT(std::string(status.message()), HasSubstr(c.place)) << c.text;
  }
}

TEST(JsonCheckTest, TellsNothingOfTheText) {
  const absl::Status status = CheckFree(R"({"naam":"Jan Jansen" "telefoon":"0612345678"})");
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("an")));
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("06")));
}

TEST(JsonCheckTest, TakesEachFieldOnceAndNoOther) {
  struct Case {
    const char* text;
    const char* reason;
    const char* field;
    const char* place;
  };
  for (const Case& c : std::vector<Case>{
           {R"({"BSN123456782":1})", "unknown_field", "", "column 2"},
           {R"({"customer":{"phone":"06","BSN123456782":1}})", "unknown_field", "customer",
            "column 27"},
           {R"({"customer":{"phone":{"BSN123456782":1}}})", "", "", ""},
           {R"({"custom\u0065r":{}})", "unknown_field", "", "column 2"},
           {R"({"idempotencyKey":"a","idempotencyKey":"a"})", "duplicate_field", "idempotency_key",
            "column 23"},
           {R"({"idempotencyKey":"a","idempotency_key":"a"})", "duplicate_field", "idempotency_key",
            "column 23"},
           {R"({"question":{"topicId":"a","topic_id":"b"}})", "duplicate_field",
            "question.topic_id", "column 28"},
           {R"({"customer":{},"customer":null})", "duplicate_field", "customer", "column 16"}}) {
    const absl::Status status =
        CheckJsonObject(c.text, *intake::v1::RegisterCallbackRequest::descriptor());
    EXPECT_EQ(ReasonOf(status), c.reason) << c.text;
    EXPECT_EQ(status.ok() ? "" : DetailsOf(status)[0].field, c.field) << c.text;
    EXPECT_THAT(std::string(status.message()), HasSubstr(c.place)) << c.text;
    EXPECT_THAT(status.ToString(), Not(HasSubstr("BSN"))) << c.text;
  }
  const absl::Status in_a_list =
      CheckJsonObject(R"({"teams":[{},{"norms":[{"channel":1,"channel":2}]}]})",
                      *directory::v1::EnsureTeamsRequest::descriptor());
  EXPECT_EQ(DetailsOf(in_a_list)[0].field, "teams[1].norms[0].channel");
  EXPECT_EQ(ReasonOf(CheckFree(R"({"free":{"a":1,"a":2}})")), "duplicate_field");
}

TEST(JsonCheckTest, LimitsTheDepth) {
  const auto nested = [](int depth) {
    return "{\"a\":" + std::string(static_cast<size_t>(depth - 1), '[') +
           std::string(static_cast<size_t>(depth - 1), ']') + "}";
  };
  EXPECT_TRUE(CheckFree(nested(kMaxJsonDepth)).ok());
  EXPECT_THAT(std::string(CheckFree(nested(kMaxJsonDepth + 1)).message()),
              HasSubstr("nested too deep"));
  EXPECT_THAT(std::string(CheckFree("{\"a\":" + std::string(1'000'000, '[')).message()),
              HasSubstr("nested too deep"));
}

}  // namespace
}  // namespace wissel::gateway
