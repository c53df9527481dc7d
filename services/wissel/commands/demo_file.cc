#include "services/wissel/commands/demo_file.h"

#include <yaml-cpp/yaml.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel {
namespace {

absl::Status Invalid(const YAML::Mark& mark, absl::string_view why) {
  return InvalidField("demo", "invalid_demo", absl::StrCat("line ", mark.line + 1, ": ", why));
}

std::string Text(const YAML::Node& node, const char* key) { return node[key].as<std::string>(""); }

void ReadTeam(const YAML::Node& node, directory::v1::Team* team) {
  team->set_team_id(Text(node, "team_id"));
  team->set_name(Text(node, "name"));
  team->set_mailbox(Text(node, "mailbox"));
  team->set_transfer_number(Text(node, "transfer_number"));
}

absl::StatusOr<directory::v1::PutAccountRequest> ReadAccount(const YAML::Node& node) {
  directory::v1::PutAccountRequest account;
  account.set_login(Text(node, "login"));
  account.set_display_name(Text(node, "display_name"));
  account.set_password(Text(node, "password"));
  for (const auto& role : node["roles"]) {
    options::v1::Role value;
    if (!options::v1::Role_Parse(
            absl::StrCat("ROLE_", absl::AsciiStrToUpper(role.as<std::string>())), &value)) {
      return Invalid(role.Mark(), "unknown role");
    }
    account.add_roles(value);
  }
  for (const auto& team : node["teams"]) account.add_team_ids(team.as<std::string>());
  return account;
}

// The part that every kind of contact has.
template <typename Request>
Request ReadContact(const YAML::Node& node) {
  Request request;
  request.set_idempotency_key(Text(node, "key"));
  common::v1::Customer* customer = request.mutable_customer();
  customer->set_given_name(Text(node, "given_name"));
  customer->set_name_prefix(Text(node, "name_prefix"));
  customer->set_family_name(Text(node, "family_name"));
  customer->set_organisation(Text(node, "organisation"));
  customer->set_phone(Text(node, "phone"));
  customer->set_email(Text(node, "email"));
  common::v1::Question* question = request.mutable_question();
  question->set_subject(Text(node, "subject"));
  question->set_text(Text(node, "text"));
  question->set_internal_note(Text(node, "internal_note"));
  question->set_topic_id(Text(node, "topic"));
  return request;
}

template <typename Request>
Request ReadMessage(const YAML::Node& node) {
  Request request = ReadContact<Request>(node);
  request.set_account(Text(node, "account"));
  request.set_external_id(Text(node, "external_id"));
  return request;
}

absl::StatusOr<intake::v1::RegisterAnsweredRequest> ReadAnswered(const YAML::Node& node) {
  auto request = ReadContact<intake::v1::RegisterAnsweredRequest>(node);
  request.set_answer(Text(node, "answer"));
  common::v1::Channel channel;
  intake::v1::AnsweredKind kind;
  if (!common::v1::Channel_Parse(
          absl::StrCat("CHANNEL_", absl::AsciiStrToUpper(node["channel"].as<std::string>("phone"))),
          &channel)) {
    return Invalid(node.Mark(), "unknown channel");
  }
  if (!intake::v1::AnsweredKind_Parse(
          absl::StrCat("ANSWERED_KIND_",
                       absl::AsciiStrToUpper(node["answered_kind"].as<std::string>("answered"))),
          &kind)) {
    return Invalid(node.Mark(), "unknown answered_kind");
  }
  request.set_channel(channel);
  request.set_kind(kind);
  return request;
}

absl::Status ReadContactInto(const YAML::Node& node, DemoFile* file) {
  const std::string kind = Text(node, "kind");
  if (kind == "callback") {
    file->callbacks.push_back(ReadContact<intake::v1::RegisterCallbackRequest>(node));
  } else if (kind == "answered") {
    WISSEL_ASSIGN_OR_RETURN(file->answered.emplace_back(), ReadAnswered(node));
  } else if (kind == "form") {
    file->forms.push_back(ReadContact<intake::v1::SubmitFormRequest>(node));
    file->forms.back().set_form_id("contact");
  } else if (kind == "email") {
    file->emails.push_back(ReadMessage<intake::v1::RegisterEmailRequest>(node));
  } else if (kind == "social") {
    file->social.push_back(ReadMessage<intake::v1::RegisterSocialMessageRequest>(node));
  } else {
    return Invalid(node.Mark(), absl::StrCat("unknown kind \"", kind, "\""));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<DemoFile> ParseDemoFile(const std::string& yaml) {
  DemoFile file;
  try {
    const YAML::Node root = YAML::Load(yaml);
    file.municipality.mutable_municipality()->set_tenant_id(Text(root, "tenant_id"));
    file.municipality.mutable_municipality()->set_name(Text(root, "name"));
    file.municipality.set_kcc_mailbox(Text(root, "kcc_mailbox"));
    for (const auto& team : root["teams"]) ReadTeam(team, file.teams.add_teams());
    for (const auto& account : root["accounts"]) {
      WISSEL_ASSIGN_OR_RETURN(file.accounts.emplace_back(), ReadAccount(account));
    }
    if (file.accounts.empty()) return Invalid(root.Mark(), "accounts is missing");
    for (const auto& contact : root["contacts"]) {
      WISSEL_RETURN_IF_ERROR(ReadContactInto(contact, &file));
    }
  } catch (const YAML::Exception& error) {
    return Invalid(error.mark, error.msg);
  }
  return file;
}

}  // namespace wissel
