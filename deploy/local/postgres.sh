# The private PostgreSQL of an installation. Sourced after lib.sh and use_state.
#
# It listens on a unix socket only, in a folder that only its owner can enter; that is why everybody
# who can reach it is trusted. Run as root, the cluster belongs to the user `postgres`, because
# PostgreSQL refuses to run as root.
# shellcheck shell=bash
# shellcheck disable=SC2154  # root, state, binary, pg_bin, database, log_dir: set by lib.sh

as_db() {
  if [[ $EUID -eq 0 ]]; then
    (cd / && runuser -u postgres -- "$@" 9>&-)
  else
    "$@" 9>&-
  fi
}

make_db_dir() {
  mkdir -p "$1" && chmod 700 "$1"
  [[ $EUID -ne 0 ]] || chown postgres: "$1"
}

# Below this folder clusters live that `postgres` cannot reach in their checkouts.
homes_below=/var/lib/wissel-local

# Where the cluster lives: in the state folder, or, when `postgres` cannot get there (a checkout
# below /root, say), below /var/lib. Decided once and written down.
pg_home() {
  local home
  if [[ ! -f $state/pg_home ]]; then
    home=$state/pg
    make_db_dir "$home"
    if ! as_db test -w "$home"; then
      rmdir "$home"
      # Whatever the umask: `postgres` walks through it.
      install -d -m 711 "$homes_below"
      home=$homes_below/$(printf '%s' "$state" | sha256sum | cut -c1-12)
      make_db_dir "$home"
    fi
    echo "$home" >"$state/pg_home"
  fi
  cat "$state/pg_home"
}

# A unix socket's path holds 107 characters at most: a deep checkout gets a folder in /tmp.
pg_socket_dir() {
  local dir
  dir=$(cat "$state/pg_socket_dir" 2>/dev/null || true)
  if [[ -z $dir || ! -d $dir ]]; then
    dir=$(pg_home)/socket
    [[ ${#dir} -le 90 ]] || dir=$(mktemp -d /tmp/wissel-pg-XXXXXX)
    make_db_dir "$dir"
    echo "$dir" >"$state/pg_socket_dir"
  fi
  echo "$dir"
}

# Connection string without a user: each service adds its own role.
conninfo() { echo "host=$(pg_socket_dir) dbname=$database"; }

# Runs a command of the program on the installation's database. A flag that the caller repeats wins.
run_wissel() {
  "$binary" --db="$(conninfo)" --admin_db="$(conninfo) user=postgres" \
    --migrations="$root/migrations" --demo_dir="$root/deploy/demo" "$@"
}

pg_running() { [[ -f $state/pg_home ]] && as_db "$pg_bin/pg_ctl" -D "$(pg_home)/data" status >/dev/null 2>&1; }

write_pg_conf() { # DATA
  local memory_mb buffers_mb
  memory_mb=$(awk '/MemTotal/ {print int($2 / 1024)}' /proc/meminfo)
  buffers_mb=$((memory_mb / 16 < 64 ? 64 : memory_mb / 16 > 512 ? 512 : memory_mb / 16))
  as_db tee "$1/wissel.conf" >/dev/null <<CONF
# Written by deploy/local/up at every start.
listen_addresses = ''
unix_socket_directories = '$(pg_socket_dir)'
unix_socket_permissions = 0700
fsync = on
synchronous_commit = on
shared_buffers = ${buffers_mb}MB
effective_cache_size = $((memory_mb / 2))MB
max_connections = 200
max_wal_size = 2GB
wal_compression = on
random_page_cost = 1.1
jit = off
log_line_prefix = '%m [%p] %u@%d '
CONF
}

start_postgres() {
  local home data
  home=$(pg_home)
  data=$home/data
  if ! as_db test -f "$data/PG_VERSION"; then
    step "Making a private PostgreSQL cluster in $home"
    run_logged "$log_dir/initdb.log" "PostgreSQL could not make its cluster in $data" \
      as_db "$pg_bin/initdb" -D "$data" --username=postgres --auth=trust --encoding=UTF8 \
      --locale=C.UTF-8 --data-checksums
    echo "include 'wissel.conf'" | as_db tee -a "$data/postgresql.conf" >/dev/null
  fi
  if ! pg_running; then
    step "Starting PostgreSQL"
    write_pg_conf "$data"
    run_logged "$log_dir/pg_ctl.log" "PostgreSQL did not start; $home/postgres.log tells why" \
      as_db "$pg_bin/pg_ctl" -D "$data" -l "$home/postgres.log" -w -t 120 start
  fi
  if [[ -z $(psql_admin postgres -c "select 1 from pg_database where datname = '$database'") ]]; then
    psql_admin postgres -c "create database $database" >/dev/null
  fi
}

psql_admin() { # DATABASE ARGUMENT...
  local dbname=$1
  shift
  as_db "$pg_bin/psql" -X -A -t -q -v ON_ERROR_STOP=1 -h "$(pg_socket_dir)" -U postgres -d "$dbname" "$@"
}

stop_postgres() {
  ! pg_running || as_db "$pg_bin/pg_ctl" -D "$(pg_home)/data" -m fast -w -t 120 stop >/dev/null
}

# Removes all data of the installation. PostgreSQL must be stopped.
delete_data() {
  local home socket_dir
  home=$(pg_home)
  socket_dir=$(pg_socket_dir)
  rm -rf "$home/data" "$home/postgres.log"
  rmdir "$socket_dir"
  rmdir "$home"
  rm -f "$state/pg_home" "$state/pg_socket_dir"
}
