#!/usr/bin/env bash
# Builds everything and runs every test. The last line is 'N passed, N failed'; the exit code is 0 only without failures.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/eng/setup.sh"
. "$root/eng/clusters.sh"
cd "$root" || exit 1
logs=$root/artifacts/test-logs
rm -rf "$logs"
mkdir -p "$logs"
passed=0 failed=0 skipped=0

finish() {
  local line="$passed passed, $failed failed"
  [ "$skipped" -eq 0 ] || line+=", $skipped skipped"
  echo "$line"
  [ "$failed" -eq 0 ]
  exit
}

# stage NAME COMMAND…: runs it with its output in a log, tells the seconds, and shows the log only when it fails.
stage() {
  local name=$1 start=$SECONDS
  shift
  if "$@" >"$logs/$name.log" 2>&1; then
    printf '%-12s %4d s\n' "$name" $((SECONDS - start))
    return 0
  fi
  printf '%-12s %4d s  FAILED\n' "$name" $((SECONDS - start))
  tail -n 100 "$logs/$name.log" | sed 's/^/  /'
  echo "  All of it: $logs/$name.log"
  return 1
}

# A stage that all others stand on.
must() {
  stage "$@" || {
    failed=$((failed + 1))
    finish
  }
}

# A stage that tells something of its own, and counts only when it fails.
ought() { stage "$@" || failed=$((failed + 1)); }

# Adds up what the last stage's runner said: 'Total: 54, Errors: 0, Failed: 0, Skipped: 0, …'.
count() {
  local line total errors fails skips
  line=$(grep -ao 'Total: [0-9]*, Errors: [0-9]*, Failed: [0-9]*, Skipped: [0-9]*' "$logs/$1.log" | tail -n 1)
  if [ -z "$line" ]; then
    echo "  '$1' ended before it could say how many tests passed."
    failed=$((failed + 1))
    return
  fi
  read -r total errors fails skips <<<"$(tr -cd '0-9 \n' <<<"$line")"
  passed=$((passed + total - fails - skips))
  failed=$((failed + errors + fails))
  skipped=$((skipped + skips))
}

suite() {
  local name=$1
  shift
  stage "$name" "$@"
  local rc=$? before=$failed
  count "$name"
  [ "$rc" -eq 0 ] || [ "$failed" -gt "$before" ] || failed=$((failed + 1))
  return "$rc"
}

runner=artifacts/bin/Expflow.ClusterTests/debug/Expflow.ClusterTests

# Its tests mostly wait: on two cores, four clusters take little more than half the time of two.
cluster_suite() {
  if ! stage clusters await_clusters; then
    failed=$((failed + 1))
    return
  fi
  local before=$failed
  suite cluster "$runner" -noColor -parallelMode all -maxThreads 4 -result-xml "$logs/cluster.xml" ||
    try_alone $((failed - before))
  ought down stop_clusters
  slowest "$logs/cluster.xml" | head -n 5
}

# A real Slurm on two busy cores may take longer than a test waits. Up to three tests that failed beside others are run once
# more, alone; they are named, and stay failed if they fail again.
try_alone() {
  local -a failures choice=()
  local one
  [ "$1" -le 3 ] || return
  mapfile -t failures < <(failures_of "$logs/cluster.xml")
  [ ${#failures[@]} -eq "$1" ] || return
  for one in "${failures[@]}"; do choice+=(-method "$one"); done
  stage alone "$runner" -noColor -maxThreads 1 "${choice[@]}" || return
  printf '  failed beside others, passed alone: %s\n' "${failures[@]}"
  passed=$((passed + ${#failures[@]})) failed=$((failed - ${#failures[@]}))
}

# failures_of XML: Namespace.Class.Method of each test that failed.
failures_of() {
  grep -o '<test [^>]*result="Fail"[^>]*' "$1" | sed -n 's/.* type="\([^"]*\)".* method="\([^"]*\)".*/\1.\2/p' | sort -u
}

# slowest XML: tests that took more than 10 s, the slowest first.
slowest() {
  grep -o '<test [^>]*' "$1" | sed -n 's/.* time="\([0-9]\{2,\}\)[.0-9]*".* method="\([^"]*\)".*/  \1 s  \2/p' | sort -rn
}

# Where there can't be a cluster, its tests are skipped by name; where a machine is made for testing, that is a failure.
skip_cluster_suite() {
  local before=$skipped
  EXPFLOW_CLUSTER='' EXPFLOW_CLUSTER_SKIP=$1 "$runner" -noColor >"$logs/cluster.log" 2>&1
  count cluster
  echo "cluster skipped: $1 ($((skipped - before)) tests)"
  [ "${CI:-}" != true ] || failed=$((failed + 1))
}

restore() {
  dotnet tool restore && dotnet restore Expflow.slnx --locked-mode
}

publish() {
  publish_expflow artifacts/publish --no-restore &&
    examples/quickstart/program/build.sh artifacts/publish-digits &&
    studies/VectorQuantization/publish.sh artifacts/publish-vq
}

trap stop_clusters EXIT
trap 'exit 130' INT TERM
need_sdk_and_git
ensure_linker
prepare_clusters "$logs/cluster-install.log" >"$logs/no-cluster.txt" &
preparing=$!
must restore restore
ought format dotnet csharpier check .
must build dotnet build Expflow.slnx --no-restore --nologo -v quiet -warnaserror

# Compiling the native binary keeps one core busy, and the unit tests the other.
stage publish publish &
publishing=$!
suite unit artifacts/bin/Expflow.Tests/debug/Expflow.Tests -noColor
if wait "$publishing"; then
  export EXPFLOW_BINARY="$root/artifacts/publish/expflow" QUICKSTART_BINARY="$root/artifacts/publish-digits/digits"
  export VQ_BINARY="$root/artifacts/publish-vq/vq-benchmark"
  ought data "$VQ_BINARY" data fashion-mnist
  wait "$preparing" && start_clusters 4
  suite studies artifacts/bin/VectorQuantization.Tests/debug/VectorQuantization.Tests -noColor
  suite end-to-end artifacts/bin/Expflow.EndToEnd/debug/Expflow.EndToEnd -noColor
  if [ -n "$starting" ]; then cluster_suite; else skip_cluster_suite "$(cat "$logs/no-cluster.txt")"; fi
else
  failed=$((failed + 1))
fi
finish
