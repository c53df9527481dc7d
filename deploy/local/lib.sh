# Shared by up, down, wissel and tests/run: where an installation lives, how packages, the server,
# the web pages and the private PostgreSQL come to be. Sourced, never run.
# shellcheck shell=bash
# shellcheck disable=SC2034  # what looks unused is used by those who source this

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
self=${0##*/}
binary=$root/build/release/services/wissel/wissel
web_root=$root/services/web/apps/desk/dist
pg_bin=/usr/lib/postgresql/15/bin
database=wissel

# --- what the person at the screen sees ---

step() { printf '%3d:%02d  %s\n' $((SECONDS / 60)) $((SECONDS % 60)) "$*"; }

die() {
  printf '\n%s: %s\n' "$self" "$*" >&2
  exit 1
}

# run_logged LOG WHAT_TO_DO_ON_FAILURE COMMAND...: quiet when it works, the end of its output when not.
run_logged() {
  local log=$1 advice=$2
  shift 2
  mkdir -p "$(dirname "$log")"
  if ! "$@" >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    die "$advice (all of the output: $log)"
  fi
}

# --- an installation: .wissel/<port>, or the folder of --state ---

use_state() { # PORT [STATE]
  port=$1
  state=${2:-$root/.wissel/$port}
  [[ $port =~ ^[0-9]+$ && $port -ge 1 && $port -le 65535 ]] ||
    die "'$port' is no port. Give a number from 1 to 65535, for example --port 8081."
  address=http://localhost:$port
  pid_file=$state/wissel.pid
  log_dir=$state/log
}

# Two commands on one installation at once wait for each other, up to ten minutes.
lock_state() {
  mkdir -p "$log_dir" 2>/dev/null || true
  [[ -w $state ]] || die "$state is not yours to write. It was probably made by another user (root?):
run this command as that user, or use another installation with --port."
  exec 9>"$state/lock"
  flock -w 600 9 || die "another command has been busy with $state for ten minutes. Wait for it, or end it."
}

# From here on what is made is for its owner only, and so is what an earlier version made. As root
# the folder itself stays open to walk through: the cluster in it belongs to `postgres`.
keep_private() {
  umask 077
  chmod "$([[ $EUID -eq 0 ]] && echo 711 || echo 700)" "$state"
  find "$state" -maxdepth 2 -user "$(id -un)" \( -type f -o -path "$log_dir" \) -exec chmod go= {} +
}

service_pid() {
  local pid
  pid=$(cat "$pid_file" 2>/dev/null) || return 1
  [[ -r /proc/$pid/cmdline ]] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q "serve .*--http_port=$port " &&
    echo "$pid"
}

stop_service() {
  local pid
  pid=$(service_pid) || return 0
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 100); do
    [[ -d /proc/$pid ]] || break
    sleep 0.1
  done
  kill -9 "$pid" 2>/dev/null || true
  rm -f "$pid_file"
}

# --- packages ---

missing_packages() { # FILE...
  local package command installed
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n')
  while read -r package command; do
    [[ -z $package || $package == \#* ]] && continue
    [[ -n $command ]] && command -v "$command" >/dev/null && continue
    grep -qxF "installed $package" <<<"$installed" || echo "$package"
  done < <(cat "$@")
}

install_packages() { # FILE...
  command -v apt-get >/dev/null ||
    die "this is made for Debian 12 and found no apt-get. Install the packages of deploy/local/packages-*.txt by hand."
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  if [[ ${#missing[@]} -gt 0 ]]; then
    step "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    if [[ $EUID -ne 0 ]]; then
      command -v sudo >/dev/null ||
        die "these packages are missing and there is no sudo. As root: apt-get install ${missing[*]}"
      sudo -n true 2>/dev/null || sudo -v || die "these packages are missing and sudo refused. As root: apt-get install ${missing[*]}"
      as_root=(sudo)
    fi
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)
    mkdir -p "$root/build"
    run_logged "$root/build/apt.log" "apt-get could not read the package lists. Is there a network?" \
      "${apt[@]}" update
    run_logged "$root/build/apt.log" "apt-get could not install the packages above. Is this Debian 12 with 'main' in its sources?" \
      "${apt[@]}" install --no-install-recommends "${missing[@]}"
  fi
  local node_major
  node_major=$(node -p 'process.versions.node.split(".")[0]')
  [[ $node_major -ge 18 ]] ||
    die "$(command -v node) is version $node_major, and 18 or newer is needed. Take it off the PATH, or update it."
}

# --- the server ---

# Jobs that fit: a compiler of gRPC and Boost code takes up to a gigabyte and a half.
build_jobs() {
  local by_memory
  by_memory=$(awk '/MemAvailable/ {print int($2 / 1500000)}' /proc/meminfo)
  echo $((by_memory < 1 ? 1 : by_memory < $(nproc) ? by_memory : $(nproc)))
}

# On a terminal ninja draws its own progress; into a file one line per twentieth is enough.
with_progress() {
  if [[ -t 1 ]]; then
    "$@"
  else
    "$@" 2>&1 | awk '
      match($0, /^\[[0-9]+\/[0-9]+\]/) {
        split(substr($0, 2, RLENGTH - 2), n, "/"); part = int(20 * n[1] / n[2])
        if (n[2] > 20 && part != shown) { printf "       %d%% (%d of %d)\n", 5 * part, n[1], n[2]; shown = part; fflush() }
        next
      }
      !/^(-- |ninja: (Entering|no work))/ { print; fflush() }'
  fi
}

build_server() { # PRESET TARGET...
  local preset=$1 dir=$root/build/$1
  shift
  mkdir -p "$dir" 2>/dev/null || true
  [[ -w $dir ]] || die "$dir is not yours to write. Remove it as the user who made it, or: sudo chown -R $USER '$root'"
  if [[ ! -f $dir/build.ninja ]]; then
    run_logged "$dir/configure.log" "CMake could not configure the build" \
      cmake -S "$root" --preset "$preset"
  fi
  with_progress ninja -C "$dir" -j "$(build_jobs)" "$@" || return 1
}

# --- the pages ---

install_web() {
  local web=$root/services/web
  if [[ ! $web/node_modules/.package-lock.json -nt $web/package-lock.json ]]; then
    step "Installing the npm packages of the pages"
    run_logged "$root/build/npm.log" "npm could not install the packages of services/web. Is there a network?" \
      npm --prefix "$web" ci --no-audit --no-fund
    touch "$web/node_modules/.package-lock.json"
  fi
}

build_web() {
  local web=$root/services/web stamp=$root/build/web.stamp
  if [[ -f $web_root/index.html && -f $stamp ]] &&
    [[ -z $(find "$web" "$root/proto" \( -name node_modules -o -name dist -o -name gen \) -prune -o \
      -type f -newer "$stamp" -print -quit) ]]; then
    return 0
  fi
  install_web
  step "Building the pages"
  run_logged "$root/build/web.log" "the pages could not be built" npm --prefix "$web" run build
  touch "$stamp"
}
