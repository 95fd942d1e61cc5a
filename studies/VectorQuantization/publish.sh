#!/usr/bin/env bash
# Compiles vq-benchmark to bin/ beside this file (or to the folder given): one program for AVX2 and, on x86-64, one for AVX-512
# beside it, which the first goes over into where the machine has it.
# Without a C linker ($EXPFLOW_NO_AOT set) it is published self-contained: slower to start, equal otherwise.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
to=${1:-$here/bin}
compile() {
  local folder=$1
  shift
  dotnet publish "$here/VectorQuantization.csproj" -c Release -o "$folder" --nologo -v quiet "$@"
}
case $(uname -m) in
  aarch64) rid=linux-arm64 ;;
  *) rid=linux-x64 ;;
esac
if [ -n "${EXPFLOW_NO_AOT:-}" ]; then
  compile "$to" -r "$rid" -p:PublishAot=false --self-contained
elif [ "$rid" = linux-arm64 ]; then
  compile "$to" -r "$rid"
else
  compile "$to" -r "$rid" -p:Simd=avx2
  compile "$to/avx512" -r "$rid" -p:Simd=avx512
  mv "$to/avx512/vq-benchmark" "$to/vq-benchmark-avx512"
  rm -r "$to/avx512"
fi
