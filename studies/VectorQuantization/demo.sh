#!/usr/bin/env bash
# The table and the pictures of the README: builds vq-benchmark, finds or installs Fashion-MNIST, and measures eight codecs, with
# three seeds where there is chance in them. What is measured already is left out, so that the same command goes on after a Ctrl-C.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../eng/setup.sh"
need_sdk_and_git
ensure_linker
to=$root/artifacts/vq
"$here/publish.sh" "$to/bin"
vq=$to/bin/vq-benchmark
"$vq" data fashion-mnist
export DB_PATH=$to/fashion-mnist.db
measure() { "$vq" sweep --dataset fashion-mnist --train base --repeats 1 "$@"; }
measure --seed 1..3 --method pq:m=8 pq:m=16 pq:m=56 opq:m=16 pq:m=98,bits=4 rabitq:bits=1 rabitq:bits=4
measure --method sq:bits=4 # nothing in it is random
"$vq" table
"$vq" plot --out "$to/plots" --format png
