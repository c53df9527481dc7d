#include "services/router/keywords.h"

#include <cstdlib>
#include <new>
#include <random>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "services/router/random_sop.h"
#include "services/router/test_sops.h"

namespace wissel::router {
namespace {

thread_local size_t allocations = 0;

}  // namespace
}  // namespace wissel::router

// ThreadSanitizer has allocation functions of its own: there nothing is counted.
#if !__has_feature(thread_sanitizer)
// Counts what the whole program allocates, by thread.
void* operator new(size_t size, const std::nothrow_t&) noexcept {
  ++wissel::router::allocations;
  return std::malloc(size);
}
void* operator new(size_t size) {
  if (void* memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
#endif

namespace wissel::router {
namespace {

// What RE2 itself says.
bool Oracle(const std::string& pattern, absl::string_view subject, absl::string_view text) {
  RE2::Options options;
  options.set_case_sensitive(false);
  const std::string joined = absl::StrCat(subject, "\n", text);
  return RE2::PartialMatch(joined, RE2(pattern, options));
}

bool Finds(const std::string& pattern, absl::string_view subject, absl::string_view text) {
  Keywords keywords;
  const uint32_t number = keywords.Add(pattern).value();
  Keywords::Search search(keywords, subject, text);
  const bool found = search.Finds(number);
  EXPECT_EQ(search.Finds(number), found);
  return found;
}

TEST(Keywords, AreFoundAsRe2FindsThem) {
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

TEST(KeywordsProperty, EqualRe2) {
  const char* const kBits[] = {
      "a",   "B", "k", "S",   "pas", "en ", "(a|s)", "[kb]", "?", "*", "+", "{2}", "|", "\\b", ".",
      "\\.", "é", "ſ", "(b)", "^",   "\\d", "[^]a]", "(?:",  ")", "$", "-", "\\",  "[", "{",   "}"};
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
                                "\xC5",
                                "-",
                                "{2}",
                                "9",
                                "aaaaaaaaaaaaaaaaa"};
  std::mt19937 random(7);
  const auto pick = [&random](const auto& from) { return from[random() % std::size(from)]; };
  int patterns = 0;
  int found = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string pattern;
    for (size_t bits = 1 + random() % 5; bits > 0; --bits) absl::StrAppend(&pattern, pick(kBits));
    RE2::Options options;
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    const RE2 oracle(pattern, options);
    Keywords keywords;
    const absl::StatusOr<uint32_t> number = keywords.Add(pattern);
    // What RE2 refuses has no plain words alone.
    ASSERT_EQ(number.ok(), oracle.ok()) << pattern;
    if (!oracle.ok()) continue;
    ++patterns;
    for (int t = 0; t < 8; ++t) {
      std::string subject = pick(kWords);
      std::string text;
      for (size_t words = random() % 12; words > 0; --words) absl::StrAppend(&text, pick(kWords));
      const bool expected = RE2::PartialMatch(absl::StrCat(subject, "\n", text), oracle);
      Keywords::Search search(keywords, subject, text);
      ASSERT_EQ(search.Finds(*number), expected) << pattern << " in " << subject << " / " << text;
      found += expected;
    }
  }
  EXPECT_GT(patterns, 5000);
  EXPECT_GT(found, 10000);
}

TEST(Keywords, ARequiredWordIsToldFromWhatMayBeAbsent) {
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

TEST(Keywords, ADecisionAllocatesNothing) {
  size_t made = 0;
  for (int seed = 0; seed < 300; ++seed) {
    RandomSop random(seed);
    const auto sop = CompiledSop::Compile(random.Make(), 1).value();
    const Inquiry inquiry = random.MakeInquiry();
    // The first time a text as long is seen, and RE2 prepares itself.
    sop->Match(inquiry);
    const size_t before = allocations;
    sop->Match(inquiry);
    made += allocations - before;
  }
  EXPECT_EQ(made, 0u);
}

}  // namespace
}  // namespace wissel::router
