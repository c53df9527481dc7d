#include "services/directory/directory_proto.h"

namespace wissel::directory {

Team FromProto(const v1::Team& team) {
  Team value = {.team_id = team.team_id(),
                .name = team.name(),
                .mailbox = team.mailbox(),
                .transfer_number = team.transfer_number(),
                .is_kcc = team.is_kcc()};
  for (const v1::Norm& norm : team.norms()) {
    value.norms.push_back({.channel = norm.channel(),
                           .working_days = norm.working_days(),
                           .target_share = norm.target_share(),
                           .statutory = norm.statutory(),
                           .first_attempt_counts = norm.first_attempt_counts()});
  }
  return value;
}

void ToProto(const Team& team, v1::Team* out) {
  out->set_team_id(team.team_id);
  out->set_name(team.name);
  out->set_mailbox(team.mailbox);
  out->set_transfer_number(team.transfer_number);
  out->set_is_kcc(team.is_kcc);
  for (const Norm& norm : team.norms) {
    v1::Norm* added = out->add_norms();
    added->set_channel(norm.channel);
    added->set_working_days(norm.working_days);
    added->set_target_share(norm.target_share);
    added->set_statutory(norm.statutory);
    added->set_first_attempt_counts(norm.first_attempt_counts);
  }
}

}  // namespace wissel::directory
