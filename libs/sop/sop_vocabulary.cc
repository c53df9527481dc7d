#include "libs/sop/sop_vocabulary.h"

namespace wissel::sop {

const Words<Channel>& ChannelWords() {
  static const auto* words = new Words<Channel>{
      {"phone", common::v1::CHANNEL_PHONE},      {"callback", common::v1::CHANNEL_CALLBACK},
      {"email", common::v1::CHANNEL_EMAIL},      {"form", common::v1::CHANNEL_FORM},
      {"chat", common::v1::CHANNEL_CHAT},        {"social", common::v1::CHANNEL_SOCIAL},
      {"counter", common::v1::CHANNEL_COUNTER},  {"post", common::v1::CHANNEL_POST},
      {"internal", common::v1::CHANNEL_INTERNAL}};
  return *words;
}

const Words<v1::Outcome>& OutcomeWords() {
  static const auto* words = new Words<v1::Outcome>{{"answer", v1::OUTCOME_ANSWER},
                                                    {"steer", v1::OUTCOME_STEER},
                                                    {"transfer", v1::OUTCOME_TRANSFER},
                                                    {"queue", v1::OUTCOME_QUEUE},
                                                    {"reject", v1::OUTCOME_REJECT}};
  return *words;
}

const Words<v1::SteerTarget>& TargetWords() {
  static const auto* words =
      new Words<v1::SteerTarget>{{"self_service", v1::STEER_TARGET_SELF_SERVICE},
                                 {"form", v1::STEER_TARGET_FORM},
                                 {"mor", v1::STEER_TARGET_MOR},
                                 {"counter", v1::STEER_TARGET_COUNTER},
                                 {"own_number", v1::STEER_TARGET_OWN_NUMBER}};
  return *words;
}

const Words<CustomerKind>& CustomerWords() {
  static const auto* words = new Words<CustomerKind>{{"resident", CustomerKind::kResident},
                                                     {"business", CustomerKind::kBusiness}};
  return *words;
}

const Words<Urgency>& UrgencyWords() {
  static const auto* words =
      new Words<Urgency>{{"urgent", Urgency::kUrgent}, {"normal", Urgency::kNormal}};
  return *words;
}

const Words<Hours>& HoursWords() {
  static const auto* words = new Words<Hours>{{"open", Hours::kOpen}, {"closed", Hours::kClosed}};
  return *words;
}

const Words<int>& DayWords() {
  static const auto* words = new Words<int>{{"mon", 0}, {"tue", 1}, {"wed", 2}, {"thu", 3},
                                            {"fri", 4}, {"sat", 5}, {"sun", 6}};
  return *words;
}

}  // namespace wissel::sop
