#!/usr/bin/env bash
# Measures vq-benchmark beside FAISS on Fashion-MNIST, in one run on the same data and cores, and prints one Markdown table.
# Needs a quiet machine; takes about fifteen minutes, most of them FAISS's. Peers: apt-get install python3-faiss libopenblas0-pthread dataset-fashion-mnist (without OpenBLAS FAISS is many times slower).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../eng/setup.sh"
cd "$root"
need_sdk_and_git
ensure_linker
studies/VectorQuantization/publish.sh artifacts/publish-vq
artifacts/publish-vq/vq-benchmark data fashion-mnist >&2
# Debian's Python, which Debian's FAISS is for.
if ! /usr/bin/python3 -c 'import faiss' 2>/dev/null && [ "$(id -u)" = 0 ]; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends python3-faiss libopenblas0-pthread; } >&2
fi
echo "$(uname -srm), $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(date -u +%F), load $(cut -d' ' -f1 /proc/loadavg)"
echo
/usr/bin/python3 bench/peers/vq_table.py "$root/artifacts/publish-vq/vq-benchmark" "$(mktemp -d)" "${1:-3}"
