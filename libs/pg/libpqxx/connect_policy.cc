#include "libs/pg/libpqxx/connect_policy.h"

#include <new>

#include "absl/strings/string_view.h"

namespace wissel::pg {

ConnectPolicy::handle ConnectPolicy::do_startconnect(handle original) {
  if (original != nullptr) return original;
  handle_ = pqxx::connect_direct::do_startconnect(original);
  if (PQregisterEventProc(handle_, &ConnectPolicy::OnEvent, "wissel", this) == 0) {
    do_disconnect(handle_);
    throw std::bad_alloc();
  }
  PQsetNoticeReceiver(handle_, &ConnectPolicy::OnNotice, this);
  // The verbose form tells where in a script the error is.
  PQsetErrorVerbosity(handle_, PQERRORS_VERBOSE);
  return handle_;
}

ConnectPolicy::handle ConnectPolicy::do_disconnect(handle original) noexcept {
  handle_ = nullptr;
  return pqxx::connect_direct::do_disconnect(original);
}

void ConnectPolicy::SendWithoutWaiting(const char* sql) {
  if (handle_ == nullptr || PQsendQuery(handle_, sql) == 0) is_spoilt_ = true;
}

// Results outlive the connection and tell of their end: `self` may be gone by then.
int ConnectPolicy::OnEvent(PGEventId event, void* details, void* self) {
  if (event != PGEVT_RESULTCREATE) return 1;
  const PGresult* const result = static_cast<const PGEventResultCreate*>(details)->result;
  if (PQresultStatus(result) == PGRES_FATAL_ERROR) {
    static_cast<ConnectPolicy*>(self)->failure_ = FailureOf(result);
  }
  return 1;
}

void ConnectPolicy::OnNotice(void* self, const PGresult* notice) {
  ConnectPolicy& policy = *static_cast<ConnectPolicy*>(self);
  const char* const field = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
  const absl::string_view severity = field == nullptr ? "" : field;
  if (severity == "WARNING") ++policy.warnings_;
  if (severity == "FATAL" || severity == "PANIC") policy.is_spoilt_ = true;
}

}  // namespace wissel::pg
