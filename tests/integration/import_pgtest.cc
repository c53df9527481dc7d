// The import as an administrator meets it: files as they are, the list of what was wrong, the
// tally.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "libs/testing/postgres.h"
#include "tests/support/installation.h"

namespace wissel {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string ReadFile(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

class ImportTest : public ::testing::Test {
 protected:
  // In a folder of this process: several of them may test at once.
  static std::string Path(const std::string& name) {
    static const std::string* const folder = [] {
      std::string made = ::testing::TempDir() + "/import-XXXXXX";
      EXPECT_NE(mkdtemp(made.data()), nullptr);
      return new std::string(made);
    }();
    return *folder + "/" + name;
  }

  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = Path(name);
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  absl::Status Import(const std::string& csv, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words = {"import", "history", "--tenant=OLD", "--mapping=" + mapping_,
                                      Write("history.csv", csv)};
    words.insert(words.end(), more.begin(), more.end());
    return installation_.Run(words);
  }

  void Map(const std::string& yaml) { mapping_ = Write("mapping.yaml", yaml); }

  std::string Count(const std::string& where) {
    return database_.Admin("select count(*) from cases.case_file where " + where);
  }

  testing::TestDatabase database_;
  testing::Installation installation_{testing::Shape::kAll, database_.BaseConnInfo()};
  const std::string rejects_ = Path("history.csv.rejects.csv");
  std::string mapping_ =
      Write("mapping.yaml",
            "columns: {source_id: id, team: team, opened: opened, due: due, closed: closed}\n");
};

TEST_F(ImportTest, BadRowsAreReportedAndTheRestIsStored) {
  ASSERT_EQ(Import("id,team,opened,due,closed\n"
                   "1,Parkeren,2026-01-05 09:00:00,2026-01-07 17:00:00,2026-01-06 10:00:00\n"
                   "2,Parkeren,vandaag,,\n"
                   "3,,2026-01-05 09:00:00,,\n"
                   "4,Parkeren,2026-01-05 09:00:00,,2026-01-04 09:00:00\n"
                   "5,Parkeren\n"
                   "6,\"Team, met komma\",2026-01-05 09:00:00,,\n"),
            absl::OkStatus());
  EXPECT_THAT(installation_.output(), HasSubstr("2 stored, 0 known already, 4 rejected"));
  EXPECT_THAT(installation_.output(), HasSubstr("teams made: Parkeren, Team, met komma"));
  // Beside the file (B8).
  const std::string rejects = ReadFile(rejects_);
  EXPECT_THAT(rejects, HasSubstr("line,field,reason,expected,result\n"));
  EXPECT_THAT(rejects, HasSubstr("\n3,opened,"));
  EXPECT_THAT(rejects, HasSubstr("03-11-2025 09:15"));
  EXPECT_THAT(rejects, HasSubstr("\n4,team,"));
  EXPECT_THAT(rejects, HasSubstr("\n5,closed,closed before it was received,"));
  EXPECT_THAT(rejects, HasSubstr("\n6,,"));
  // A clean run leaves none.
  ASSERT_EQ(Import("id,team,opened,due,closed\n7,Parkeren,2026-01-05 09:00:00,,\n"),
            absl::OkStatus());
  EXPECT_FALSE(std::filesystem::exists(rejects_));
}

TEST_F(ImportTest, AMissingFileOrColumnIsSaidInASentence) {
  EXPECT_FALSE(Import("id,team\n1,Parkeren\n").ok());
  EXPECT_THAT(installation_.output(), HasSubstr("the file has no column \"opened\""));
  EXPECT_EQ(database_.Admin("select count(*) from directory.municipality"), "0");
  EXPECT_FALSE(
      installation_
          .Run({"import", "history", "--tenant=OLD", "--mapping=" + mapping_, "/nonexistent.csv"})
          .ok());
  EXPECT_THAT(installation_.output(), HasSubstr("cannot read the file"));
  EXPECT_THAT(installation_.output(), Not(HasSubstr("usage")));
}

TEST_F(ImportTest, NoFileOfSomebodyElseIsOverwritten) {
  const std::string other = Write("other.csv", "mine\n");
  EXPECT_FALSE(Import("id,team,opened,due,closed\n1,,2026-01-05,,\n", {"--rejects=" + other}).ok());
  EXPECT_THAT(installation_.output(), HasSubstr("is no list of rejected rows"));
  EXPECT_EQ(ReadFile(other), "mine\n");
  // Where nothing can be written, that is said as soon as there is something to write.
  const std::string nowhere = "--rejects=/nonexistent/rejects.csv";
  EXPECT_EQ(Import("id,team,opened,due,closed\n1,kcc,2026-01-05,,\n", {nowhere}), absl::OkStatus());
  EXPECT_FALSE(Import("id,team,opened,due,closed\n1,,2026-01-05,,\n", {nowhere}).ok());
  EXPECT_THAT(installation_.output(), AllOf(HasSubstr("give another place with --rejects"),
                                            HasSubstr("0 stored, 0 known already, 1 rejected")));
}

// (C3) Team names that no team can have, in another case, and a cell in another encoding.
TEST_F(ImportTest, OneOddRowNeverEndsTheImport) {
  database_.Admin(
      "insert into directory.municipality (tenant_id, name, time_zone) values "
      "('OLD', 'Oud', 'Europe/Amsterdam');"
      "insert into directory.team (tenant_id, team_id, name, is_kcc) values "
      "('OLD', 'kcc', 'Klantcontact', true), ('OLD', 'beheer', 'Beheer  Openbare ruimte', false)");
  std::string csv = "id,team,opened,due,closed\n";
  for (int i = 0; i < 1200; ++i) absl::StrAppend(&csv, "r", i, ",kcc,2026-01-05 09:00,,\n");
  absl::StrAppend(&csv, "a,KCC,2026-01-05 09:00,,\n",
                  "b,beheer openbare  RUIMTE,2026-01-05 09:00,,\n", "c,", std::string(81, 'x'),
                  ",2026-01-05 09:00,,\n", "d,privé,2026-01-05 09:00,,\n",
                  "e,café,2026-01-05 09:00,,\n", "f,priv\xE9,2026-01-05 09:00,,\n",
                  "g,kcc,2026-01-05 09:00,,\n", "h\x01,kcc,2026-01-05 09:00,,\n");
  ASSERT_EQ(Import(csv), absl::OkStatus());
  EXPECT_THAT(installation_.output(), HasSubstr("1206 stored, 0 known already, 2 rejected"));
  EXPECT_EQ(Count("team_id = 'kcc'"), "1203");
  // What nobody can see is no part of an id.
  EXPECT_EQ(Count("source_id = 'h'"), "1");
  EXPECT_EQ(Count("team_id = 'beheer'"), "1");
  EXPECT_EQ(database_.Admin("select count(*) from directory.team"), "4");
  EXPECT_THAT(ReadFile(rejects_), AllOf(HasSubstr("\n1204,team,no team can be called this"),
                                        HasSubstr("\n1207,team,")));
}

// (B8) With a damaged file too: what came before is stored, and told.
TEST_F(ImportTest, ATallyAlsoWhenItEndsEarly) {
  std::string csv = "id,team,opened,due,closed\n";
  for (int i = 0; i < 20000; ++i) {
    absl::StrAppend(&csv, "r", i * 7919 % 104729, ",kcc,2026-01-05 09:00,,\n");
  }
  const std::string path = ::testing::TempDir() + "/damaged.csv.gz";
  gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, csv.data(), csv.size());
  gzclose(file);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  EXPECT_FALSE(
      installation_.Run({"import", "history", "--tenant=OLD", "--mapping=" + mapping_, path}).ok());
  EXPECT_THAT(installation_.output(), AllOf(HasSubstr(" stored, 0 known already, 0 rejected"),
                                            HasSubstr("the compressed file is damaged (at line ")));
  EXPECT_THAT(installation_.output(), HasSubstr(Count("true") + " stored"));
  EXPECT_NE(Count("true"), "0");
}

// (B8) --check tells the same and stores nothing, not even a municipality.
TEST_F(ImportTest, CheckReportsBeforeAnythingIsStored) {
  const std::string csv =
      "id,team,opened,due,closed\n"
      "1,Parkeren,2026-01-05 09:00:00,2026-01-07 17:00:00,2026-01-06 10:00:00\n"
      "1,Parkeren,2026-01-05 09:00:00,2026-01-07 17:00:00,2026-01-06 10:00:00\n"
      "2,Parkeren,vandaag,,\n" +
      ("3," + std::string(81, 'x') + ",2026-01-05 09:00:00,,\n") +
      "4,Parkeren,2999-01-05 09:00:00,,\n";
  EXPECT_THAT(Import(csv, {"--check"}).message(), HasSubstr("ended with 1"));
  EXPECT_THAT(installation_.output(),
              AllOf(HasSubstr("1 would be stored, 1 known already, 3 rejected"),
                    HasSubstr("teams that would be made: Parkeren")));
  EXPECT_THAT(ReadFile(rejects_),
              AllOf(HasSubstr("\n4,opened,"), HasSubstr("\n5,team,"), HasSubstr("\n6,opened,")));
  EXPECT_EQ(database_.Admin("select count(*) from directory.municipality"), "0");
  EXPECT_EQ(Count("true"), "0");
  ASSERT_EQ(Import(csv), absl::OkStatus());
  EXPECT_THAT(installation_.output(), HasSubstr("1 stored, 1 known already, 3 rejected"));
  ASSERT_EQ(Import("id,team,opened,due,closed\n1,Parkeren,2026-01-05 09:00:00,,\n", {"--check"}),
            absl::OkStatus());
  EXPECT_THAT(installation_.output(), HasSubstr("1 known rows with another content"));
  EXPECT_EQ(ReadFile(rejects_),
            "line,field,reason,expected,result\n"
            "2,due closed,\"known already, with another content; left as it is\",,changed\n");
}

// (B8, C4) The page docs/import.md alone: its mapping and its file, in each encoding of Excel.
class ExcelTest : public ImportTest {
 protected:
  // The first block of the page after a line that begins with ```<language>.
  static std::string Block(const std::string& language) {
    const std::string page = ReadFile(WISSEL_SOURCE_DIR "/docs/import.md");
    const std::string fence = "\n```" + language + "\n";
    const size_t from = page.find(fence) + fence.size();
    return page.substr(from, page.find("\n```", from) + 1 - from);
  }

  void ExpectThePage(const std::string& bytes, const std::string& read_as) {
    SCOPED_TRACE(read_as);
    ASSERT_EQ(Import(bytes), absl::OkStatus());
    EXPECT_THAT(installation_.output(), AllOf(HasSubstr(read_as), HasSubstr(" 0 rejected")));
    EXPECT_EQ(
        database_.Admin("select string_agg(concat_ws('|', source_id, team_id, channel, "
                        "received_at at time zone 'Europe/Amsterdam', due_at at time zone "
                        "'Europe/Amsterdam', closed_at at time zone 'Europe/Amsterdam', "
                        "topic_id, subject), E'\\n' order by source_id) from cases.case_file"),
        "2025-0001|Burgerzaken|1|2025-11-03 09:15:00|2025-11-05 17:00:00|2025-11-05 17:00:00|"
        "Paspoort|Foto; één te klein\n"
        "2025-0002|Parkeren|3|2025-11-03 09:20:00|2025-11-10 17:00:00|Vergunning|"
        "Geen café in de straat");
  }

  // Each letter of the page has at most two bytes in UTF-8.
  static std::vector<int> Letters(const std::string& utf8) {
    std::vector<int> letters;
    for (size_t i = 0; i < utf8.size(); ++i) {
      const auto byte = static_cast<unsigned char>(utf8[i]);
      letters.push_back(byte < 0x80 ? byte : (byte & 0x1F) << 6 | (utf8[++i] & 0x3F));
    }
    return letters;
  }
};

TEST_F(ExcelTest, EachEncodingWorksFromThePageAlone) {
  Map(Block("yaml"));
  const std::string file = absl::StrReplaceAll(Block("csv"), {{"\n", "\r\n"}});
  ExpectThePage(file, "read as utf-8, columns separated by ;");
  ExpectThePage("\xEF\xBB\xBF" + file, "read as utf-8, columns separated by ;");
  ExpectThePage("sep=;\r\n" + file, "read as utf-8, columns separated by ;");
  std::string windows, unicode = "\xFF\xFE";
  for (const int letter : Letters(file)) windows += static_cast<char>(letter);
  ExpectThePage(windows, "read as windows-1252, columns separated by ;");
  const std::string tabs =
      absl::StrReplaceAll(file, {{";", "\t"}, {"\"Foto; één te klein\"", "Foto; één te klein"}});
  for (const int letter : Letters(tabs)) {
    unicode += static_cast<char>(letter & 0xFF);
    unicode += static_cast<char>(letter >> 8);
  }
  ExpectThePage(unicode, "read as utf-16le, columns separated by tabs");
  EXPECT_THAT(installation_.output(), HasSubstr("0 stored, 2 known already"));
  EXPECT_THAT(installation_.output(), Not(HasSubstr("another content")));
}

// (B8) A source without due moments can be measured: our own norms and calendar say what was due.
TEST_F(ExcelTest, ByNormOldYearsShowWhatTheyWouldHaveScored) {
  Map(Block("yaml"));
  ASSERT_EQ(Import(Block("csv")), absl::OkStatus());
  ASSERT_EQ(installation_.Run({"figures", "--tenant=OLD", "--as-of=2025-11-11", "--format=csv"}),
            absl::OkStatus());
  // One was closed on the day on which it was due, the other is open.
  EXPECT_THAT(installation_.output(),
              AllOf(HasSubstr("\nBurgerzaken,1,1,0,0,0,0,"), HasSubstr("\nParkeren,1,0,1,0,0,0,")));
}

// (C4)
TEST_F(ExcelTest, ValuesThatNobodyNamedAreCounted) {
  Map(Block("yaml"));
  ASSERT_EQ(Import("Zaaknummer;Afdeling;Ontvangen;Afgehandeld;Onderwerp;Omschrijving;Kanaal;;\n"
                   "1;KCC;03-11-2025 09:15;;;;Mail \n"
                   "2;KCC;03-11-2025 09:15;;;;WhatsApp\n"
                   "3;KCC;03-11-2025 09:15;;;;whatsapp;;\n"
                   "4;KCC;03-11-2025 09:15;;;;\n"
                   "5;KCC;03-11-25 09:15;;;;Mail;;\n"),
            absl::OkStatus());
  EXPECT_THAT(installation_.output(), HasSubstr("4 stored, 0 known already, 1 rejected"));
  EXPECT_THAT(installation_.output(), HasSubstr("3 rows with a value in \"Kanaal\""));
  EXPECT_EQ(Count("channel = 3"), "1");
  EXPECT_THAT(ReadFile(rejects_), HasSubstr("has a year of two digits"));
}

// (C4)
TEST_F(ImportTest, AKnownRowThatChangedIsToldAndUpdatedWhereTheMappingSaysSo) {
  ASSERT_EQ(Import("id,team,opened,due,closed\n1,kcc,2026-01-05 09:00,07-01-2026,\n"),
            absl::OkStatus());
  const std::string ended =
      "id,team,opened,due,closed\n1,kcc,2026-01-05 09:00,07-01-2026,2026-01-06 10:00\n";
  ASSERT_EQ(Import(ended), absl::OkStatus());
  EXPECT_THAT(installation_.output(), HasSubstr("1 known rows with another content"));
  EXPECT_EQ(Count("state = 3"), "0");
  Map(ReadFile(mapping_) + "known: update\n");
  ASSERT_EQ(Import(ended), absl::OkStatus());
  EXPECT_THAT(installation_.output(), HasSubstr("1 known rows brought up to date"));
  EXPECT_EQ(Count("state = 3 and closed_at = '2026-01-06 10:00+01'"), "1");
  ASSERT_EQ(installation_.Run({"figures", "--tenant=OLD", "--as-of=2026-01-10", "--format=csv"}),
            absl::OkStatus());
  EXPECT_THAT(installation_.output(), HasSubstr("\nKCC,1,1,0,0,0,0,"));
}

}  // namespace
}  // namespace wissel
