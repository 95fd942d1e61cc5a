#!/usr/bin/env bash
# Compiles the program once, to bin/digits beside the experiment file (or to the folder given).
# Without a C linker ($EXPFLOW_NO_AOT set) it is published self-contained: a little slower to start, equal otherwise.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
case $(uname -m) in aarch64) rid=linux-arm64 ;; *) rid=linux-x64 ;; esac
mode=()
[ -z "${EXPFLOW_NO_AOT:-}" ] || mode=(-p:PublishAot=false --self-contained)
dotnet publish "$here/Digits.csproj" -c Release -r "$rid" -o "${1:-$here/../bin}" --nologo -v quiet "${mode[@]}"
