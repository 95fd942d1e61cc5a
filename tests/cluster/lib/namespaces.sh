# The head is a set of namespaces that one process, their PID 1, holds; each node is another, within the head's. Killing
# a PID 1 kills all that runs below it, and the kernel takes its interfaces and mounts away.
#
# run/NAME.ns says 'pid start-time' of that process as seen from outside: the start time tells it from another process
# that was given the same pid since.

start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# By a PID 1 of itself, while /proc is still that of the outside.
note_pid_1() {
  local pid _
  read -r pid _ </proc/self/stat
  echo "$pid $(start_time "$pid")" >"$state/run/$1.ns.new"
  mv "$state/run/$1.ns.new" "$state/run/$1.ns"
}

pid_1_of() {
  local pid start
  { read -r pid start <"$state/run/$1.ns"; } 2>/dev/null && [ "$(start_time "$pid")" = "$start" ] && echo "$pid"
}

# create NAME COMMAND: new namespaces, whose PID 1 is `cluster COMMAND NAME`.
create() {
  setsid unshare --mount --uts --ipc --net --pid --fork --propagation slave -- \
    "$self" --state "$state" "$2" "$1" </dev/null >>"$state/log/$1.log" 2>&1 9>&- &
  within 10 pid_1_of "$1" || die "'$1' doesn't start: see $state/log/$1.log."
}

destroy() {
  local pid
  pid=$(pid_1_of "$1") || return 0
  kill -KILL "$pid"
  within 20 fails pid_1_of "$1" || die "'$1' (process $pid) doesn't die."
}

# enter NAME COMMAND…
enter() {
  local pid
  pid=$(pid_1_of "$1") || die "'$1' isn't running."
  shift
  nsenter --target "$pid" --mount --uts --ipc --net --pid --wdns="$PWD" -- "$@" 9>&-
}

# on_head COMMAND…: one of this script's own commands, inside.
on_head() { enter head "$self" --state "$state" "$@"; }

# on_node NODE COMMAND…, on the head
on_node() { enter "$1" "$self" --state "$state" "${@:2}"; }

# A PID 1 has children to bury, and never ends by itself.
sleep_for_ever() {
  while :; do
    sleep 3600 &
    wait $! || :
  done
}

boot_head() {
  local node
  note_pid_1 head
  mount -t proc proc /proc
  mount --bind "$state/etc/hosts" /etc/hosts
  hostname head
  ip link set lo up
  ip link add br0 type bridge
  ip addr add "$net.1/24" dev br0
  ip link set br0 up
  start_munged
  start_mariadbd
  start_slurmdbd
  start_slurmctld
  for node in $(nodes); do power_on "$node"; done
  touch "$state/run/booted"
  sleep_for_ever
}

boot_node() {
  note_pid_1 "$1"
  mount -t proc proc /proc
  hostname "$1"
  ip link set lo up
  within 10 ip link show eth0
  ip addr add "$(awk -v name="$1" '$2 == name { print $1 }' "$state/etc/hosts")/24" dev eth0
  ip link set eth0 up
  start_slurmd "$1"
  sleep_for_ever
}

# On the head, as are the next two.
power_on() {
  if pid_1_of "$1" >/dev/null; then return; fi
  ip link del "$1" 2>/dev/null || :
  create "$1" boot_node
  ip link add "$1" type veth peer name eth0 netns "$(pid_1_of "$1")"
  ip link set "$1" master br0 up
}

power_off() { destroy "$1"; }

revive() {
  local node
  for node in $(nodes); do
    if pid_1_of "$node" >/dev/null; then on_node "$node" start_slurmd "$node"; else power_on "$node"; fi
  done
}
