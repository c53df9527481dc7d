// The paragraph of an explanation: many rules failed, so they are counted by how.

#include <algorithm>
#include <utility>

#include "absl/numeric/bits.h"
#include "absl/strings/str_cat.h"
#include "libs/decision/dutch_phrases.h"
#include "libs/decision/reason_text.h"

namespace wissel::decision {
namespace {

// As many are told one by one, and as many of those that came near.
constexpr size_t kFew = 3;

struct Group {
  uint32_t aspect;
  absl::string_view one;
  absl::string_view more;
};

// The first that failed tells most about a rule.
constexpr Group kGroups[] = {
    {kByTopic, "gaat over een ander thema", "gaan over een ander thema"},
    {kByMunicipality, "is voor een andere gemeente", "zijn voor een andere gemeente"},
    {kByArea, "is voor een ander gebied", "zijn voor een ander gebied"},
    {kByChannel, "is voor een ander kanaal", "zijn voor een ander kanaal"},
    {kByMenu, "is voor een andere keuze in het menu", "zijn voor een andere keuze in het menu"},
    {kByCustomer, "is voor andere klanten", "zijn voor andere klanten"},
    {kByUrgency, "is voor vragen met een andere spoed", "zijn voor vragen met een andere spoed"},
    {kByWeekday, "is voor andere dagen", "zijn voor andere dagen"},
    {kByHours, "is voor andere tijden", "zijn voor andere tijden"},
    {kByKeyword, "heeft trefwoorden die niet in de vraag staan",
     "hebben trefwoorden die niet in de vraag staan"},
    {kByException, "heeft een uitzondering die hier geldt",
     "hebben een uitzondering die hier geldt"},
};

std::string Counted(const std::vector<RuleEvaluation>& evaluations) {
  std::vector<std::pair<size_t, std::string>> counts;
  uint32_t told = 0;
  for (const Group& group : kGroups) {
    const size_t count =
        std::count_if(evaluations.begin(), evaluations.end(), [&](const RuleEvaluation& v) {
          return (v.failed & group.aspect) != 0 && (v.failed & told) == 0;
        });
    told |= group.aspect;
    if (count == 0) continue;
    counts.emplace_back(count, absl::StrCat(count, " ", count == 1 ? group.one : group.more));
  }
  std::stable_sort(counts.begin(), counts.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> parts;
  for (auto& [count, part] : counts) parts.push_back(std::move(part));
  return Listed(std::move(parts), "en", kEveryName);
}

// One line of the list under the paragraph.
std::string Told(const v1::LosingRule& rule) {
  return absl::StrCat("\n- ", Quoted(rule.rule_id()), ": ", rule.reason());
}

}  // namespace

std::string Paragraph(const v1::Decision& decision,
                      const std::vector<RuleEvaluation>& evaluations) {
  std::string text = decision.reason();
  if (!decision.rule_id().empty()) {
    absl::StrAppend(&text, " Dat staat in afspraak ", Quoted(decision.rule_id()));
    // A document that is tried is no version yet.
    if (decision.sop_version() == 0) {
      absl::StrAppend(&text, " van dit document.");
    } else {
      absl::StrAppend(&text, " van versie ", decision.sop_version(), " van de werkafspraken.");
    }
  }
  const auto& losers = decision.losing_rules();
  if (evaluations.empty()) return absl::StrCat(text, " Er is geen afspraak die eerder komt.");
  if (evaluations.size() <= kFew) {
    absl::StrAppend(&text, evaluations.size() == 1
                               ? "\nDeze afspraak komt eerder en past niet:"
                               : "\nDeze afspraken komen eerder en passen niet:");
    for (const v1::LosingRule& loser : losers) absl::StrAppend(&text, Told(loser));
    return text;
  }
  absl::StrAppend(&text, " Eerst zijn ", evaluations.size(),
                  " andere afspraken bekeken: ", Counted(evaluations), ".");
  // The later ones are the more general, and so the more surprising.
  std::vector<size_t> near;
  for (size_t i = evaluations.size(); i-- > 0 && near.size() < kFew;) {
    if (absl::popcount(evaluations[i].failed) == 1 && absl::popcount(evaluations[i].asked) > 1) {
      near.push_back(i);
    }
  }
  if (!near.empty()) {
    absl::StrAppend(&text, near.size() == 1 ? "\nDeze afspraak paste bijna:"
                                            : "\nDeze afspraken pasten bijna:");
  }
  for (auto i = near.rbegin(); i != near.rend(); ++i) absl::StrAppend(&text, Told(losers[*i]));
  return text;
}

}  // namespace wissel::decision
