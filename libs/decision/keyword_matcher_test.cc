#include "libs/decision/keyword_matcher.h"

#include <cstdlib>
#include <new>
#include <random>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "libs/decision/compiled_sop.h"
#include "libs/decision/random_request.h"
#include "libs/decision/word_boundaries.h"
#include "libs/sop/test_sops.h"
#include "libs/text/normal_form.h"
#include "libs/text/utf8.h"

namespace wissel::decision {
namespace {

thread_local size_t allocations = 0;

}  // namespace
}  // namespace wissel::decision

// ThreadSanitizer has allocation functions of its own: there nothing is counted.
#if !__has_feature(thread_sanitizer)
// Counts what the whole program allocates, by thread.
void* operator new(size_t size, const std::nothrow_t&) noexcept {
  ++wissel::decision::allocations;
  return std::malloc(size);
}
void* operator new(size_t size) {
  if (void* memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
#endif

namespace wissel::decision {
namespace {

// A text as RE2 knows words, for the letters of these tests: q, which it does not hold
// otherwise, for é, and a sign for a dash.
std::string StandIn(absl::string_view text) {
  return absl::StrReplaceAll(text::Nfc(text), {{"é", "q"}, {"É", "Q"}, {"–", "%"}, {"ſ", "s"}});
}

// What RE2 says of them.
bool Oracle(const std::string& pattern, absl::string_view subject, absl::string_view text) {
  RE2::Options options;
  options.set_case_sensitive(false);
  const std::string joined = absl::StrCat(subject, "\n", text);
  return RE2::PartialMatch(StandIn(joined), RE2(StandIn(pattern), options));
}

bool Finds(const std::string& pattern, absl::string_view subject, absl::string_view text) {
  KeywordMatcher keywords;
  const uint32_t number = keywords.Add(pattern).value();
  KeywordMatcher::Search search(keywords, subject, text);
  const bool found = search.Finds(number);
  EXPECT_EQ(search.Finds(number), found);
  return found;
}

TEST(KeywordMatcher, AreFoundAsRe2FindsThem) {
  const char* const kPatterns[] = {"paspoort",
                                   "PASPOORT",
                                   "pas",
                                   "k",
                                   "straks",
                                   "é",
                                   "caf\xC3\xA9",
                                   "\\bpas\\b",
                                   "^een",
                                   "eind$",
                                   "een$",
                                   "a.b",
                                   "x*paspoort",
                                   "(?-i)Paspoort",
                                   "pa[rs]poort",
                                   "p(as|en)poort",
                                   "paspoort|afval",
                                   "pasp?oort",
                                   "foto's",
                                   "a\\.b",
                                   "[[:alpha:]]{9}",
                                   "\\Qa.b\\E",
                                   "a{2}b",
                                   "a{,2}",
                                   "a+b",
                                   "\\x41",
                                   "@",
                                   "`",
                                   "een\ntwee"};
  const char* const kTexts[] = {"",
                                "Mijn PASPOORT is kwijt",
                                "een paſpoort",
                                "strak\xC5\xBF en \xE2\x84\xAA",
                                "\xE2\x84\xAA",
                                "CAFÉ",
                                "a.b aab AAB a{,2}",
                                "foto's en nog heel veel meer tekst, tot aan het eind",
                                "een tekst van meer dan zestien tekens met aan het eind: paspoor",
                                "xxxxxxxxxxxxxxxpaspoort",
                                "xxxxxxxxxxxxxxxxpaspoor\xFFt",
                                "twee"};
  for (const char* pattern : kPatterns) {
    for (const char* subject : kTexts) {
      for (const char* text : kTexts) {
        EXPECT_EQ(Finds(pattern, subject, text), Oracle(pattern, subject, text))
            << pattern << " in " << subject << " / " << text;
      }
    }
  }
}

// (C6)
TEST(KeywordMatcher, LettersWithAccentsArePartsOfWords) {
  for (const char* pattern : {"\\bprivé\\b", "\\bPRIVÉ\\b", "\\bprive\u0301\\b", "(^|\\W)privé\\b",
                              "\\b\\w+é\\b", "\\bpriv[eé]\\b"}) {
    EXPECT_TRUE(Finds(pattern, "Mijn privé e-mail", "")) << pattern;
    EXPECT_TRUE(Finds(pattern, "", "privé")) << pattern;
    EXPECT_TRUE(Finds(pattern, "", "PRIVE\u0301, graag")) << pattern;
    EXPECT_FALSE(Finds(pattern, "", "privéles")) << pattern;
    EXPECT_FALSE(Finds(pattern, "", "priv")) << pattern;
  }
  EXPECT_TRUE(Finds("\\bpas\\b", "", "één pas"));
  EXPECT_FALSE(Finds("\\bpas\\b", "", "pasé"));
  EXPECT_FALSE(Finds("\\bpas\\b", "", "épas"));
  EXPECT_FALSE(Finds("\\been\\b", "", "één"));
  EXPECT_TRUE(Finds("\\Bé", "", "privé"));
  EXPECT_TRUE(Finds("naïef", "", "NAI\u0308EF"));
  EXPECT_FALSE(Finds("nai", "", "nai\u0308ef"));
  EXPECT_TRUE(Finds("\\bПаспорт\\b", "", "где паспорт?"));
  EXPECT_TRUE(Finds("(?m)^pas$", "é", "pas\npas"));
}

// Whether the stand-ins make another pattern of it: what is escaped, a range, and a `\W` in
// brackets.
bool HasNoStandIn(absl::string_view pattern) {
  const bool odd_class = absl::StrContains(pattern, "[") &&
                         (absl::StrContains(pattern, "-") || absl::StrContains(pattern, "\\W"));
  return odd_class || RE2::PartialMatch(std::string(pattern), R"(\\[^\x00-\x7F])");
}

// Everything that RE2 finds, with letters beyond ASCII as parts of words.
TEST(KeywordsProperty, EqualRe2) {
  const char* const kBits[] = {
      "a",   "B",    "k",   "S",   "pas",    "en ",  "(a|s)", "[kb]",     "?",       "*",    "+",
      "{2}", "|",    "\\b", "\\b", ".",      "\\.",  "é",     "ſ",        "(b)",     "^",    "\\d",
      "(?:", ")",    "$",   "-",   "\\",     "[",    "{",     "}",        "\\B",     "\\w",  "\\W",
      "[é]", "[^é]", "É",   "–",   "[\\wk]", "(?m)", "(é|–)", "\\Qé.\\E", "e\u0301", "[^]a]"};
  const char* const kWords[] = {"a",
                                "b",
                                "k",
                                "s",
                                "S",
                                "K",
                                "pas",
                                "en ",
                                ".",
                                "é",
                                "É",
                                "ſ",
                                "\xE2\x84\xAA",
                                "\n",
                                "kb",
                                "–",
                                "-",
                                "{2}",
                                "9",
                                "e\u0301",
                                "_",
                                " ",
                                "aaaaaaaaaaaaaaaaa"};
  std::mt19937 random(7);
  const auto pick = [&random](const auto& from) { return from[random() % std::size(from)]; };
  int patterns = 0;
  int words = 0;
  int found = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string pattern;
    for (size_t bits = 1 + random() % 6; bits > 0; --bits) absl::StrAppend(&pattern, pick(kBits));
    if (HasNoStandIn(text::Nfc(pattern))) continue;
    RE2::Options options;
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    const RE2 oracle(StandIn(pattern), options);
    KeywordMatcher keywords;
    const absl::StatusOr<uint32_t> number = keywords.Add(pattern);
    // What RE2 refuses has no plain words alone.
    ASSERT_EQ(number.ok(), oracle.ok()) << pattern;
    if (!oracle.ok()) continue;
    ++patterns;
    for (int t = 0; t < 8; ++t) {
      std::string subject = pick(kWords);
      std::string text;
      for (size_t bits = random() % 12; bits > 0; --bits) absl::StrAppend(&text, pick(kWords));
      const bool expected = RE2::PartialMatch(StandIn(absl::StrCat(subject, "\n", text)), oracle);
      KeywordMatcher::Search search(keywords, subject, text);
      ASSERT_EQ(search.Finds(*number), expected) << pattern << " in " << subject << " / " << text;
      found += expected;
      words += AsksForWords(pattern) && !text::IsAscii(text);
    }
  }
  EXPECT_GT(patterns, 5000);
  EXPECT_GT(found, 10000);
  EXPECT_GT(words, 5000);
}

TEST(KeywordMatcher, ARequiredWordIsToldFromWhatMayBeAbsent) {
  const auto word = [](absl::string_view pattern) {
    bool is_all = false;
    const std::string required = RequiredWord(pattern, &is_all);
    return is_all ? required + "!" : required;
  };
  EXPECT_EQ(word("Paspoort"), "paspoort!");
  EXPECT_EQ(word("a\\.b"), "a.b!");
  EXPECT_EQ(word("\\bgevaar"), "gevaar");
  EXPECT_EQ(word("vrijblijvend(e)? aanbod"), "vrijblijvend");
  EXPECT_EQ(word("boom (ligt|is) (op|om)"), "boom ");
  EXPECT_EQ(word("link-?building"), "building");
  EXPECT_EQ(word("a|b"), "");
  EXPECT_EQ(word("ab{2}c"), "a");
  EXPECT_EQ(word("[abc]d"), "d");
  EXPECT_EQ(word("(abc)"), "");
}

TEST(KeywordMatcher, ADecisionAllocatesNothing) {
  size_t made = 0;
  for (int seed = 0; seed < 300; ++seed) {
    RandomRequest random(seed);
    const auto sop = CompiledSop::Compile(random.Make(), 1).value();
    const RoutingRequest request = random.MakeRequest();
    // The first time a text as long is seen, and RE2 prepares itself.
    sop->Match(request);
    const size_t before = allocations;
    sop->Match(request);
    made += allocations - before;
  }
  EXPECT_EQ(made, 0u);
}

}  // namespace
}  // namespace wissel::decision
