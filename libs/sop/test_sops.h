// SOPs for tests: small ones by hand, and the demo municipality's.

#ifndef WISSEL_LIBS_SOP_TEST_SOPS_H_
#define WISSEL_LIBS_SOP_TEST_SOPS_H_

#include <fstream>
#include <sstream>
#include <string>

#include "gtest/gtest.h"

namespace wissel::sop {

// Two levels of topics, each kind of condition and each outcome once.
inline constexpr char kSmallSop[] = R"(topics:
  - {id: documenten, name: Documenten}
  - {id: paspoort, name: Paspoort, parent: documenten}
  - {id: kinderpaspoort, name: Paspoort voor een kind, parent: paspoort}
  - {id: afval, name: Afval}
rules:
  - id: acquisitie
    when: {channels: [phone, email], keywords: ['vrijblijvend(e)? aanbod']}
    outcome: reject
    script: Wij kopen niet aan de telefoon.
  - id: paspoort-bellen
    when: {channels: [phone], topics: [paspoort]}
    outcome: answer
    script: U maakt een afspraak.
    team: burgerzaken
  - id: afval
    when: {topics: [afval], customer: resident}
    outcome: steer
    target: mor
    to: https://meldingen.example
  - id: bedrijf
    when: {customer: business}
    outcome: transfer
    phone: 088 000 0230
  - id: documenten
    when: {topics: [documenten]}
    outcome: queue
    team: burgerzaken
  - id: overig
    outcome: queue
    team: kcc
)";

// Text of a file of the repository, whatever directory the test runs in.
inline std::string RepositoryFile(const std::string& path) {
  std::ifstream file(std::string(WISSEL_SOURCE_DIR) + "/" + path);
  EXPECT_TRUE(file.good()) << path;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_TEST_SOPS_H_
