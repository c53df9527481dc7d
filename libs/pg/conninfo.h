// What every connection gets. Internal to libs/pg.

#ifndef WISSEL_LIBS_PG_CONNINFO_H_
#define WISSEL_LIBS_PG_CONNINFO_H_

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace wissel::pg {

// `conninfo` in keyword form, with limits that find a dead peer within half a minute; what it says
// itself comes last and wins. A URI is left as it is.
inline std::string WithDefaults(const std::string& conninfo) {
  if (absl::StrContains(conninfo, "://")) return conninfo;
  return absl::StrCat(
      "connect_timeout=5 keepalives_idle=10 keepalives_interval=5 keepalives_count=3 "
      "tcp_user_timeout=15000 application_name=wissel ",
      conninfo);
}

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_CONNINFO_H_
