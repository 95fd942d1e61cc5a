# Starting and stopping daemons, called inside the namespaces of the head or of a node.

# running PROGRAM NAME
running() {
  local pid
  pid=$(cat "$state/run/$2.pid" 2>/dev/null) && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "$1" ]
}

stop_daemon() {
  ! running "$1" "$2" || kill -TERM "$(cat "$state/run/$2.pid")"
  within 30 fails running "$1" "$2" || die "'$2' doesn't stop."
}

start_munged() {
  running munged munged || munged --force --num-threads=4 --key-file="$state/etc/munge.key" \
    --socket="$state/run/munge.socket" --pid-file="$state/run/munged.pid" \
    --seed-file="$state/run/munged.seed" --log-file="$state/log/munged.log"
}

start_mariadbd() {
  local options=(--no-defaults --user=root --datadir="$state/db" --innodb-log-file-size=32M
    --innodb-flush-log-at-trx-commit=0 --log-error="$state/log/mariadbd.log")
  if running mariadbd mariadbd; then return; fi
  [ -d "$state/db/mysql" ] || create_database "${options[@]}"
  rm -f "$state/db/mariadbd.socket"
  setsid mariadbd "${options[@]}" --skip-networking --socket="$state/db/mariadbd.socket" \
    --pid-file="$state/run/mariadbd.pid" --innodb-buffer-pool-size=64M --innodb-lock-wait-timeout=900 \
    </dev/null >/dev/null 2>&1 &
  within 30 test -S "$state/db/mariadbd.socket"
}

# What mariadb-install-db does, without test tables, time zones and help.
create_database() {
  local share
  share=$(mariadbd --no-defaults --verbose --help 2>/dev/null | awk '$1 == "character-sets-dir" { print $2 }')
  {
    printf '%s\n' 'create database mysql;' 'use mysql;'
    cat "$share/../mysql_system_tables.sql"
    printf '%s\n' 'flush privileges;' 'create user root@localhost identified via unix_socket;' \
      'grant all on *.* to root@localhost with grant option;'
  } | mariadbd "$@" --bootstrap
}

start_slurmdbd() {
  if running slurmdbd slurmdbd; then return; fi
  MYSQL_UNIX_PORT=$state/db/mariadbd.socket slurmdbd
  within 30 sacctmgr -n show cluster
  [ -n "$(sacctmgr -nP show cluster "$cluster" format=Cluster)" ] || sacctmgr -i -Q add cluster "$cluster" >/dev/null
}

start_slurmctld() {
  running slurmctld slurmctld || slurmctld
  within 30 scontrol ping
}

restart_slurmctld() {
  stop_daemon slurmctld slurmctld
  start_slurmctld
}

start_slurmd() { running slurmd "slurmd.$1" || slurmd -N "$1"; }
