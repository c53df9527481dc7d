// Wiring of the directory: municipalities, teams, norms, calendars, accounts and who is signed in.

#ifndef WISSEL_SERVICES_DIRECTORY_DIRECTORY_H_
#define WISSEL_SERVICES_DIRECTORY_DIRECTORY_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "libs/pg/pool.h"
#include "libs/rpc/dispatcher.h"
#include "services/directory/directory_service.h"

namespace wissel::directory {

// What the service needs to know.
struct DirectoryOptions {
  // With the role wissel_directory.
  std::string conninfo;
  // Connections at most.
  int pool_size = 4;
};

// Owns the service and its connections. `dispatcher` outlives it.
class Directory {
 public:
  // Errors are those of pg::Pool::Open.
  static absl::StatusOr<std::unique_ptr<Directory>> Build(const DirectoryOptions& options,
                                                          rpc::Dispatcher& dispatcher);

  grpc::Service& service() { return service_; }

 private:
  Directory(std::unique_ptr<pg::Pool> pool, rpc::Dispatcher& dispatcher)
      : pool_(std::move(pool)), service_(*pool_, dispatcher) {}

  std::unique_ptr<pg::Pool> pool_;
  DirectoryService service_;
};

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_DIRECTORY_H_
