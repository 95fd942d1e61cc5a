# Sourced by test.sh: Slurm clusters for the cluster tests. Numbers from 11 on, so that a developer's own stay as they are.
# Slurm takes neither blanks nor long paths: they live in /tmp, whatever TMPDIR says.

cluster=$root/tests/cluster/cluster
cluster_numbers=$root/artifacts/test-logs/clusters.txt
starting=

# prepare_clusters LOG: what takes minutes on a machine that has no Slurm yet. Says why there can't be clusters, if so.
prepare_clusters() {
  "$cluster" possible || return 1
  "$cluster" install >"$1" 2>&1 </dev/null && return
  echo "Slurm's packages can't be installed, see $1"
  return 1
}

# start_clusters COUNT: in the background. A number is noted before its cluster starts, so that it's ended in any case.
start_clusters() {
  up_clusters "$1" >"$cluster_numbers.log" 2>&1 </dev/null &
  starting=$!
}

up_clusters() {
  local number left=$1
  for ((number = 11; number < 100 && left > 0; number++)); do
    [ ! -e "/tmp/expflow-cluster-$number" ] && [ ! -e "/sys/class/net/expflow$number" ] || continue
    echo "$number" >>"$cluster_numbers"
    TMPDIR=/tmp "$cluster" --number "$number" up || return 1
    left=$((left - 1))
  done
}

# Waits until they are up, and sets EXPFLOW_CLUSTER.
await_clusters() {
  wait "$starting" || { cat "$cluster_numbers.log"; return 1; }
  EXPFLOW_CLUSTER=$(sed 's|^|/tmp/expflow-cluster-|' "$cluster_numbers" | paste -sd:)
  export EXPFLOW_CLUSTER
}

stop_clusters() {
  local number
  jobs -pr | grep -qx "${starting:-none}" && kill "$starting"
  [ -e "$cluster_numbers" ] || return 0
  for number in $(<"$cluster_numbers"); do TMPDIR=/tmp "$cluster" --number "$number" down </dev/null; done
  rm -f "$cluster_numbers"
}
