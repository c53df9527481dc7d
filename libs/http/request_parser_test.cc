#include "libs/http/request_parser.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wissel::http {
namespace {

using Progress = RequestParser::Progress;

struct Outcome {
  Progress progress = Progress::kNeedMore;
  int status = 0;
  Request request;
  std::string rest;
};

// Feeds `bytes` in pieces of `step` and stops at the first end.
Outcome Parse(const std::string& bytes, size_t step, const Limits& limits = {}) {
  RequestParser parser(limits);
  Outcome outcome;
  std::string input;
  for (size_t at = 0; at < bytes.size(); at += step) {
    input += bytes.substr(at, step);
    do {
      outcome.progress = parser.Advance(input);
    } while (outcome.progress == Progress::kHead);
    if (outcome.progress == Progress::kNeedMore) continue;
    if (outcome.progress == Progress::kRefused) outcome.status = parser.refusal().status;
    if (outcome.progress == Progress::kDone) outcome.request = parser.TakeRequest();
    outcome.rest = input + bytes.substr(std::min(bytes.size(), at + step));
    return outcome;
  }
  return outcome;
}

// Every request is read in one piece and byte by byte; both must agree.
Outcome Parse(const std::string& bytes) {
  Outcome whole = Parse(bytes, bytes.size());
  for (size_t step : {1, 2, 3, 7}) {
    Outcome pieces = Parse(bytes, step);
    EXPECT_EQ(pieces.progress, whole.progress) << bytes;
    EXPECT_EQ(pieces.status, whole.status) << bytes;
    EXPECT_EQ(pieces.request.body, whole.request.body) << bytes;
  }
  return whole;
}

TEST(RequestParserTest, ReadsPathQueryHeadersAndBody) {
  Outcome outcome = Parse(
      "POST /wissel.cases.v1.CaseService/GetCase?a=b?c HTTP/1.1\r\nHost: localhost\r\n"
      "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}GET / HTTP/1.1\r\n");
  ASSERT_EQ(outcome.progress, Progress::kDone);
  EXPECT_EQ(outcome.request.method, "POST");
  EXPECT_EQ(outcome.request.path, "/wissel.cases.v1.CaseService/GetCase");
  EXPECT_EQ(outcome.request.query, "a=b?c");
  EXPECT_EQ(outcome.request.headers.Get("content-TYPE"), "application/json");
  EXPECT_EQ(outcome.request.body, "{}");
  EXPECT_EQ(outcome.rest, "GET / HTTP/1.1\r\n") << "the next request is left alone";
}

TEST(RequestParserTest, ReadsChunkedBodyAndDropsTrailer) {
  Outcome outcome = Parse(
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nAuthorization: Bearer stolen\r\n\r\nrest");
  ASSERT_EQ(outcome.progress, Progress::kDone);
  EXPECT_EQ(outcome.request.body, "hello world");
  EXPECT_FALSE(outcome.request.headers.Has("authorization"));
  EXPECT_EQ(outcome.rest, "rest");
}

TEST(RequestParserTest, ReadsEmptyChunkedBody) {
  Outcome outcome =
      Parse("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  ASSERT_EQ(outcome.progress, Progress::kDone);
  EXPECT_EQ(outcome.request.body, "");
}

struct BadHead {
  const char* what;
  std::string lines;
  int status;
};

TEST(RequestParserTest, RefusesWhatTwoParsersCouldReadDifferently) {
  const std::vector<BadHead> heads = {
      {"both lengths", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", 400},
      {"both lengths, other order", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", 400},
      {"length twice", "Content-Length: 4\r\nContent-Length: 5\r\n", 400},
      {"length twice, equal", "Content-Length: 4\r\nContent-Length: 4\r\n", 400},
      {"length list", "Content-Length: 4, 4\r\n", 400},
      {"signed length", "Content-Length: +4\r\n", 400},
      {"negative length", "Content-Length: -4\r\n", 400},
      {"hex length", "Content-Length: 0x4\r\n", 400},
      {"empty length", "Content-Length: \r\n", 400},
      {"overflowing length", "Content-Length: 99999999999999999999\r\n", 400},
      {"space before colon", "Content-Length : 4\r\n", 400},
      {"folded line", "X: a\r\n b\r\n", 400},
      {"folded line with tab", "X: a\r\n\tb\r\n", 400},
      {"folded coding", "Transfer-Encoding:\r\n chunked\r\n", 400},
      {"bare LF", "X: a\nY: b\r\n", 400},
      {"bare LF hides a length", "X: a\nContent-Length: 4\r\n", 400},
      {"bare CR", "X: a\rY: b\r\n", 400},
      {"other coding", "Transfer-Encoding: gzip\r\n", 501},
      {"identity coding", "Transfer-Encoding: identity\r\n", 501},
      {"coding list", "Transfer-Encoding: gzip, chunked\r\n", 501},
      {"chunked twice in a list", "Transfer-Encoding: chunked, chunked\r\n", 501},
      {"coding twice", "Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n", 400},
      {"coding with a suffix", "Transfer-Encoding: xchunked\r\n", 501},
      {"coding with control",
       "Transfer-Encoding: \x0b"
       "chunked\r\n",
       400},
      {"no colon", "Content-Length 4\r\n", 400},
      {"empty name", ": 4\r\n", 400},
      {"NUL in value", std::string("X: a\0b\r\n", 8), 400},
      {"second Host", "Host: b\r\n", 400},
      {"unknown Expect", "Expect: magic\r\n", 417},
      {"body over the limit", "Content-Length: 262145\r\n", 413},
  };
  for (const BadHead& bad : heads) {
    Outcome outcome =
        Parse(absl::StrCat("POST / HTTP/1.1\r\nHost: a\r\n", bad.lines, "\r\n", "0\r\n\r\nxx"));
    EXPECT_EQ(outcome.progress, Progress::kRefused) << bad.what;
    EXPECT_EQ(outcome.status, bad.status) << bad.what;
  }
}

TEST(RequestParserTest, RefusesBadRequestLines) {
  for (const std::string& line :
       {std::string("GET / HTTP/2.0"), std::string("GET /"), std::string("GET  / HTTP/1.1"),
        std::string("GET http://other/ HTTP/1.1"), std::string("OPTIONS * HTTP/1.1"),
        std::string("CONNECT a:1 HTTP/1.1"), std::string("GET /a b HTTP/1.1"),
        std::string("GET /a#b HTTP/1.1"), std::string("GET /a\0b HTTP/1.1", 17),
        std::string("GET /\xc3\xa9 HTTP/1.1"), std::string("G@T / HTTP/1.1"),
        std::string("\x16\x03"), std::string("GET / HTTP/1.1 "), std::string("GET / http/1.1")}) {
    Outcome outcome = Parse(absl::StrCat(line, "\r\nHost: a\r\n\r\n"));
    EXPECT_EQ(outcome.progress, Progress::kRefused) << line;
    EXPECT_EQ(outcome.status, 400) << line;
  }
  EXPECT_EQ(Parse("GET / HTTP/1.1\r\n\r\n").status, 400) << "no Host";
  EXPECT_EQ(Parse("GET / HTTP/1.1\n").status, 400) << "at once, without waiting for the rest";
}

TEST(RequestParserTest, RefusesBadChunks) {
  const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const char* body :
       {"x\r\n", "-1\r\na\r\n", "1\r\nab\r\n0\r\n\r\n", "1\na\r\n0\r\n\r\n", "1\r\na\n0\r\n\r\n",
        "fffffffffffffffff\r\n", "1 \r\nab\r\n0\r\n\r\n", "0x1\r\na\r\n0\r\n\r\n"}) {
    Outcome outcome = Parse(head + body);
    EXPECT_EQ(outcome.progress, Progress::kRefused) << body;
    EXPECT_EQ(outcome.status, 400) << body;
  }
  EXPECT_EQ(Parse(head + "40001\r\n").status, 413);
}

TEST(RequestParserTest, KeepsToTheLimits) {
  std::string head = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
  std::string fits = head + std::string(16 * 1024 - head.size() - 4 - 1, 'x') + "\r\n\r\n";
  EXPECT_EQ(Parse(fits).progress, Progress::kDone);
  EXPECT_EQ(Parse(head + std::string(16 * 1024, 'x') + "\r\n\r\n").status, 431);
  EXPECT_EQ(Parse(head + std::string(16 * 1024, 'x')).status, 431) << "the end is not awaited";

  std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (int i = 0; i < 99; ++i) absl::StrAppend(&many, "X: y\r\n");
  EXPECT_EQ(Parse(many + "\r\n").progress, Progress::kDone);
  EXPECT_EQ(Parse(many + "X: y\r\n\r\n").status, 431);

  const std::string post = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  std::string chunks;
  for (int i = 0; i < 4; ++i)
    absl::StrAppend(&chunks, "10000\r\n", std::string(65536, 'x'), "\r\n");
  Outcome outcome = Parse(post + chunks + "0\r\n\r\n", 1 << 20);
  EXPECT_EQ(outcome.request.body.size(), 256u * 1024);
  EXPECT_EQ(Parse(post + chunks + "1\r\nx\r\n0\r\n\r\n", 1 << 20).status, 413);
  EXPECT_EQ(Parse(post + "1;" + std::string(20000, 'x'), 100).status, 400) << "endless size line";
  EXPECT_EQ(Parse(post + "0\r\nX: " + std::string(20000, 'x'), 100).status, 400)
      << "endless trailer";
}

TEST(RequestParserTest, KeepsAliveAsAsked) {
  struct Case {
    const char* head;
    bool keep_alive;
  };
  for (const Case& c :
       std::vector<Case>{{"GET / HTTP/1.1\r\nHost: a\r\n\r\n", true},
                         {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false},
                         {"GET / HTTP/1.0\r\nHost: a\r\n\r\n", false},
                         {"GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n", true}}) {
    RequestParser parser((Limits()));
    std::string input = c.head;
    ASSERT_EQ(parser.Advance(input), Progress::kDone);
    EXPECT_EQ(parser.keep_alive(), c.keep_alive) << c.head;
  }
}

}  // namespace
}  // namespace wissel::http
