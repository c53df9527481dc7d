// What routing takes from the snapshot of a municipality. Pure.

#ifndef WISSEL_SERVICES_ROUTER_ACTIVE_ROUTING_FACTS_H_
#define WISSEL_SERVICES_ROUTER_ACTIVE_ROUTING_FACTS_H_

#include "libs/decision/service_hours.h"
#include "libs/decision/team_directory.h"
#include "libs/municipality/municipality_snapshot.h"

namespace wissel::router {

// The hours of the service calendar; only the zone where there is none. Copies the calendar, so
// once a snapshot or a question, not once a contact.
decision::ServiceHours HoursOf(const municipality::MunicipalitySnapshot& municipality);

// What an SOP is compiled with.
decision::TeamDirectory TeamDirectoryOf(const municipality::MunicipalitySnapshot& municipality);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ACTIVE_ROUTING_FACTS_H_
