// Teams between the contract and values. Pure.

#ifndef WISSEL_SERVICES_DIRECTORY_DIRECTORY_PROTO_H_
#define WISSEL_SERVICES_DIRECTORY_DIRECTORY_PROTO_H_

#include "services/directory/team.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::directory {

// As the request says it; nothing is checked yet.
Team FromProto(const v1::Team& team);

// For an answer; `out` is empty before.
void ToProto(const Team& team, v1::Team* out);

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_DIRECTORY_PROTO_H_
