#!/usr/bin/env bash
# Measures every promise on the native binary beside its peer, and prints one Markdown table. Needs a quiet machine; takes about five minutes.
# Peers that are missing are named: apt-get install parallel snakemake python3.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../eng/setup.sh"
cd "$root"
need_sdk_and_git
ensure_linker
publish_expflow artifacts/publish
dotnet publish bench/Expflow.Bench -c Release -r "$rid" -o artifacts/publish-bench --nologo -v quiet
# A Slurm of its own, where there can be one; else its rows are named as skipped.
if [ "$(id -u)" = 0 ] && command -v sbatch >/dev/null && tests/cluster/cluster --number 9 possible >&2; then
  trap 'tests/cluster/cluster --number 9 down >&2' EXIT
  tests/cluster/cluster --number 9 up >&2 </dev/null
  eval "$(tests/cluster/cluster --number 9 env)"
fi
echo "$(uname -srm), $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(date -u +%F), load $(cut -d' ' -f1 /proc/loadavg)"
echo
artifacts/publish-bench/Expflow.Bench compare "$root/artifacts/publish/expflow" "$(mktemp -d)"
