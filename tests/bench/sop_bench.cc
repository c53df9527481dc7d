// Decisions of compiled SOPs of 100, 1,000 and 10,000 rules, on one thread, beside zen-engine
// (tests/bench/zen) on the same rules and contacts.

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "libs/decision/compiled_sop.h"
#include "libs/sop/sop_vocabulary.h"
#include "tests/bench/report.h"

ABSL_FLAG(std::string, folder, "/tmp/wissel-bench-sop", "where rules, contacts and answers go");
ABSL_FLAG(std::string, zen, "tests/bench/zen/zen.mjs", "the reference; empty: without");
ABSL_FLAG(int, contacts, 100000, "random contacts");
ABSL_FLAG(int, zen_contacts, 5000, "of these, how many zen-engine gets at 10,000 rules");
ABSL_FLAG(int, rounds, 9, "times that all contacts are decided; the median counts");

namespace wissel::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kTopics = 500;
constexpr int kTeams = 50;
constexpr int kMunicipalities = 12;
// In one of the two other rules has a keyword, and in one of two a municipality.
constexpr const char* kWords[] = {
    "paspoort",   "rijbewijs", "verhuizing", "afval",      "container", "lantaarnpaal",
    "stoeptegel", "parkeren",  "boete",      "vergunning", "dakkapel",  "uitkering",
    "schulden",   "belasting", "bezwaar",    "school",     "jeugdhulp", "markt",
    "terras",     "geluid",    "boom",       "riool",      "speeltuin", "trouwen",
    "geboorte",   "afspraak",  "adres",      "kosten",     "aanvraag",  "formulier"};
constexpr const char* kFiller[] = {"ik",   "heb",     "een",  "vraag", "over",   "de",  "het",
                                   "mijn", "kunt",    "u",    "mij",   "helpen", "met", "graag",
                                   "hoor", "wanneer", "dank", "voor",  "niet",   "meer"};

double Seconds(Clock::duration duration) { return std::chrono::duration<double>(duration).count(); }

struct Contact {
  int channel = 0;
  std::string topic;
  std::string text;
  std::string municipality;
};

// The same rules and contacts in every run. Small letters only: zen-engine tells cases apart.
class Workload {
 public:
  std::vector<sop::SopRule> Rules(int count) {
    std::vector<sop::SopRule> rules;
    for (int i = 0; i < count; ++i) {
      sop::SopRule rule = {.rule_id = absl::StrCat("regel-", i)};
      rule.when.channels = {static_cast<common::v1::Channel>(1 + Upto(8))};
      rule.when.topics = {Topic()};
      if (Upto(1)) rule.when.keywords = {kWords[Upto(std::size(kWords) - 1)]};
      if (Upto(1)) rule.when.municipalities = {Municipality()};
      rule.then.outcome = routing::v1::OUTCOME_QUEUE;
      rule.then.team_id = absl::StrCat("team-", Upto(kTeams - 1));
      rules.push_back(std::move(rule));
    }
    sop::SopRule rest = {.rule_id = "overig"};
    rest.then.outcome = routing::v1::OUTCOME_QUEUE;
    rest.then.team_id = sop::kDefaultTeam;
    rules.push_back(std::move(rest));
    return rules;
  }

  Contact MakeContact() {
    std::vector<std::string> words;
    for (int i = 6 + Upto(18); i > 0; --i) {
      words.push_back(Upto(5) ? kFiller[Upto(std::size(kFiller) - 1)]
                              : kWords[Upto(std::size(kWords) - 1)]);
    }
    return {1 + Upto(8), Topic(), absl::StrJoin(words, " "), Municipality()};
  }

 private:
  int Upto(int most) { return static_cast<int>(random_() % (most + 1)); }
  std::string Topic() { return absl::StrCat("onderwerp-", Upto(kTopics - 1)); }
  std::string Municipality() { return absl::StrCat("GM", 9901 + Upto(kMunicipalities - 1)); }

  // Gives the same numbers everywhere, unlike the distributions of the library.
  std::mt19937 random_{1};
};

sop::Sop SopOf(std::vector<sop::SopRule> rules) {
  sop::Sop sop;
  for (int i = 0; i < kTopics; ++i) {
    sop.topics.push_back({.topic_id = absl::StrCat("onderwerp-", i), .name = "Onderwerp"});
  }
  sop.rules = std::move(rules);
  return sop;
}

std::string ChannelWord(int channel) {
  return std::string(sop::WordFor(sop::ChannelWords(), static_cast<common::v1::Channel>(channel)));
}

void WriteRules(const std::string& path, const std::vector<sop::SopRule>& rules) {
  const auto first = [](const auto& values) {
    return values.empty() ? std::string() : std::string(values.front());
  };
  std::vector<std::string> rows;
  for (const sop::SopRule& rule : rules) {
    rows.push_back(absl::StrFormat(
        R"({"channel":"%s","topic":"%s","keyword":"%s","municipality":"%s","team":"%s"})",
        rule.when.channels.empty() ? "" : ChannelWord(rule.when.channels.front()),
        first(rule.when.topics), first(rule.when.keywords), first(rule.when.municipalities),
        rule.then.team_id));
  }
  std::ofstream(path) << "[" << absl::StrJoin(rows, ",\n") << "]\n";
}

void WriteContacts(const std::string& path, const std::vector<Contact>& contacts) {
  std::vector<std::string> rows;
  for (const Contact& contact : contacts) {
    rows.push_back(absl::StrFormat(
        R"({"channel":"%s","topic":"%s","text":"%s","municipality":"%s"})",
        ChannelWord(contact.channel), contact.topic, contact.text, contact.municipality));
  }
  std::ofstream(path) << "[" << absl::StrJoin(rows, ",\n") << "]\n";
}

struct Measured {
  double compile_ms = 0;
  double per_second = 0;
  double p50_ns = 0;
  double p99_ns = 0;
  // Of the contacts from the first on.
  std::vector<std::string> teams;
};

// Reads a contact, as whoever asks for a decision has just done.
size_t Read(const decision::RoutingRequest& request) {
  size_t sum = 0;
  for (const absl::string_view text : {request.topic_id, request.text, request.municipality}) {
    for (const char c : text) sum += static_cast<unsigned char>(c);
  }
  return sum;
}

// The sizes of SOP that are measured, each with its rules.
struct Size {
  int count = 0;
  std::vector<sop::SopRule> rules;
  std::shared_ptr<const decision::CompiledSop> sop;
  Measured ours;
};

void Compile(Size* size) {
  sop::Sop sop = SopOf(size->rules);
  const auto begin = Clock::now();
  auto compiled = decision::CompiledSop::Compile(std::move(sop), 1);
  size->ours.compile_ms = 1e3 * Seconds(Clock::now() - begin);
  if (!compiled.ok()) Die(compiled.status().message());
  size->sop = *std::move(compiled);
}

// All sizes in turn, block by block, so that what else the machine does meets each of them alike.
void MeasureRates(const std::vector<decision::RoutingRequest>& requests, std::vector<Size>* sizes) {
  constexpr size_t kBlock = 1000;
  std::vector<std::vector<double>> rates(sizes->size());
  size_t sum = 0;
  for (int round = 0; round < absl::GetFlag(FLAGS_rounds); ++round) {
    std::vector<Clock::duration> spent(sizes->size());
    for (size_t from = 0; from < requests.size(); from += kBlock) {
      const size_t end = std::min(from + kBlock, requests.size());
      for (size_t turn = 0; turn < sizes->size(); ++turn) {
        const size_t size = (turn + round) % sizes->size();
        const decision::CompiledSop& sop = *(*sizes)[size].sop;
        for (size_t i = from; i < end; ++i) sum += Read(requests[i]);
        const auto begin = Clock::now();
        for (size_t i = from; i < end; ++i) sum += sop.Match(requests[i]);
        spent[size] += Clock::now() - begin;
      }
    }
    for (size_t i = 0; i < spent.size(); ++i) {
      rates[i].push_back(requests.size() / Seconds(spent[i]));
    }
  }
  // The sum keeps the compiler from leaving decisions out.
  if (sum == 0) Die("every contact went by the first rule");
  for (size_t i = 0; i < sizes->size(); ++i) (*sizes)[i].ours.per_second = Median(rates[i]);
}

// One decision at a time; the clock, some 20 ns, is in it.
void MeasureEach(const std::vector<decision::RoutingRequest>& requests, Size* size) {
  std::vector<double> times;
  times.reserve(requests.size());
  size_t sum = 0;
  for (const decision::RoutingRequest& request : requests) {
    sum += Read(request);
    const auto begin = Clock::now();
    const size_t rule = size->sop->Match(request);
    times.push_back(1e9 * Seconds(Clock::now() - begin));
    size->ours.teams.push_back(size->rules[rule].then.team_id);
  }
  if (sum == 0) Die("the contacts are empty");
  std::sort(times.begin(), times.end());
  size->ours.p50_ns = times[times.size() / 2];
  size->ours.p99_ns = times[times.size() * 99 / 100];
}

// Ends the program if zen-engine decides otherwise.
Measured MeasureZen(const Size& size) {
  Measured measured;
  if (absl::GetFlag(FLAGS_zen).empty()) return measured;
  const std::string folder = absl::GetFlag(FLAGS_folder);
  const int contacts =
      size.count < 10000 ? absl::GetFlag(FLAGS_contacts) : absl::GetFlag(FLAGS_zen_contacts);
  Shell(absl::StrFormat("UV_THREADPOOL_SIZE=1 node %s %s %d %d", absl::GetFlag(FLAGS_zen), folder,
                        size.count, contacts));
  std::ifstream answers(absl::StrFormat("%s/zen-%d.txt", folder, size.count));
  answers >> measured.compile_ms >> measured.per_second >> measured.p50_ns >> measured.p99_ns;
  for (std::string team; answers >> team;) measured.teams.push_back(team);
  const auto& ours = size.ours.teams;
  if (measured.teams.empty() ||
      !std::equal(measured.teams.begin(), measured.teams.end(), ours.begin(),
                  ours.begin() + std::min(ours.size(), measured.teams.size()))) {
    Die(absl::StrCat("zen-engine decides otherwise at ", size.count, " rules"));
  }
  return measured;
}

void ReportPair(int rules, const Measured& ours, const Measured& zen) {
  const std::string of = absl::StrCat("zen-engine, ", zen.teams.size(), " contacts");
  const bool most = rules == 10000;
  Report({absl::StrCat("SOP decisions, ", rules, " rules"), "/s", ours.per_second, of,
          zen.per_second, most ? "at least 100" : ""});
  Report(
      {absl::StrCat("SOP decision p50, ", rules, " rules"), "ns", ours.p50_ns, of, zen.p50_ns, ""});
  Report({absl::StrCat("SOP decision p99, ", rules, " rules"), "ns", ours.p99_ns, of, zen.p99_ns,
          most ? "less than 2000 ns" : ""});
  Report({absl::StrCat("SOP compile, ", rules, " rules"), "ms", ours.compile_ms, "zen-engine",
          zen.compile_ms, most ? "less than 100 ms" : ""});
}

}  // namespace

int Main() {
  const std::string folder = absl::GetFlag(FLAGS_folder);
  std::filesystem::create_directories(folder);
  Workload workload;
  std::vector<Contact> contacts;
  for (int i = 0; i < absl::GetFlag(FLAGS_contacts); ++i) {
    contacts.push_back(workload.MakeContact());
  }
  WriteContacts(folder + "/contacts.json", contacts);
  std::vector<decision::RoutingRequest> requests;
  for (const Contact& contact : contacts) {
    requests.push_back({.channel = static_cast<common::v1::Channel>(contact.channel),
                        .topic_id = contact.topic,
                        .text = contact.text,
                        .municipality = contact.municipality});
  }
  std::vector<Size> sizes(3);
  for (int count = 100; Size & size : sizes) {
    size.count = std::exchange(count, 10 * count);
    size.rules = workload.Rules(size.count);
    WriteRules(absl::StrFormat("%s/rules-%d.json", folder, size.count), size.rules);
    Compile(&size);
  }
  MeasureRates(requests, &sizes);
  for (Size& size : sizes) MeasureEach(requests, &size);
  for (const Size& size : sizes) ReportPair(size.count, size.ours, MeasureZen(size));
  Report({"SOP decision, 10000 rules", "ns", 1e9 / sizes.back().ours.per_second,
          "the same with 100 rules", 1e9 / sizes.front().ours.per_second, "at most 1.50"});
  return 0;
}

}  // namespace wissel::bench

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return wissel::bench::Main();
}
