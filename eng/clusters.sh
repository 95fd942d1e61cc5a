# Sourced by test.sh: Slurm clusters for the cluster tests. Numbers from 11 on, so that a developer's own stay as they are.
# Slurm takes neither blanks nor long paths: they live in /tmp, whatever TMPDIR says.

cluster=$root/tests/cluster/cluster
clusters=()

# prepare_clusters LOG: what takes minutes on a machine that has no Slurm yet. Says why there can't be clusters, if so.
prepare_clusters() {
  "$cluster" possible || return 1
  "$cluster" install >"$1" 2>&1 </dev/null && return
  echo "Slurm's packages can't be installed, see $1"
  return 1
}

# start_clusters COUNT: sets EXPFLOW_CLUSTER.
start_clusters() {
  local number
  export EXPFLOW_CLUSTER=
  for ((number = 11; number < 100 && ${#clusters[@]} < $1; number++)); do
    [ ! -e "/tmp/expflow-cluster-$number" ] && [ ! -e "/sys/class/net/expflow$number" ] || continue
    clusters+=("$number")
    TMPDIR=/tmp "$cluster" --number "$number" up </dev/null || return 1
    EXPFLOW_CLUSTER+=${EXPFLOW_CLUSTER:+:}/tmp/expflow-cluster-$number
  done
}

stop_clusters() {
  local number
  for number in "${clusters[@]}"; do TMPDIR=/tmp "$cluster" --number "$number" down </dev/null; done
  clusters=()
}
