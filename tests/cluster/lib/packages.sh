# What the cluster is made of, and whether it can run here.

packages=(slurmctld slurmd slurmdbd slurm-client munge mariadb-server-core iproute2 util-linux)
programs=(munged mariadbd slurmdbd slurmctld slurmd sbatch sacctmgr ip unshare nsenter)

missing() {
  local program
  for program in "${programs[@]}"; do
    command -v "$program" >/dev/null || echo "$program"
  done
}

install() {
  local policy=/usr/sbin/policy-rc.d attempt
  [ -n "$(missing)" ] || return 0
  [ "$EUID" = 0 ] || die "Slurm isn't installed, and only root can install it."
  command -v apt-get >/dev/null || die "Slurm isn't installed, and there is no apt-get to install it with."
  # Packages that start their daemons would occupy the machine.
  if [ ! -e "$policy" ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  for attempt in 1 2 3; do
    if apt-get -o DPkg::Lock::Timeout=120 update -qq &&
      DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 install -qq -y --no-install-recommends "${packages[@]}"; then
      return 0
    fi
    sleep $((attempt * 3))
  done
  die "Slurm's packages can't be installed: apt-get fails, see above."
}

installable() {
  command -v apt-get && { simulate || { apt-get update -qq && simulate; }; }
} >/dev/null 2>&1

simulate() { apt-get --simulate -qq install --no-install-recommends "${packages[@]}"; }

# Says in one line why there can't be a cluster here; nothing when there can.
possible() {
  if [ "$EUID" != 0 ]; then
    echo "a cluster's network and process namespaces need root, and this is $(id -un 2>/dev/null || id -u)"
  elif ! command -v unshare >/dev/null || ! unshare --mount --uts --ipc --net --pid --fork --propagation slave -- mount -t proc proc /proc 2>/dev/null; then
    echo "this system lets not even root make network, process and mount namespaces (an unprivileged container)"
  elif [ -n "$(missing)" ] && ! installable; then
    echo "$(missing | paste -sd' ') missing, and the packages can't be installed"
  elif command -v ip >/dev/null && ! unshare --net -- ip link add br0 type bridge 2>/dev/null; then
    echo "this system's kernel has no network bridges"
  else
    return 0
  fi
  return 1
}
