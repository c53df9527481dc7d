// What libs/http tells /metrics. Internal to libs/http.

#ifndef WISSEL_LIBS_HTTP_METERS_H_
#define WISSEL_LIBS_HTTP_METERS_H_

#include <string>

namespace wissel::http {

// Connections that are open now, by server. All three are thread-safe.
void CountOpen(const std::string& server, int change);

// Idle connections that were closed to make room: `address_full` or `full`.
void CountClosed(const std::string& server, const std::string& reason);

// Requests and connections that libs/http answered itself, by the status that it gave.
void CountRefused(const std::string& server, int status);

}  // namespace wissel::http

#endif  // WISSEL_LIBS_HTTP_METERS_H_
