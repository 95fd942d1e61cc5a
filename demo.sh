#!/usr/bin/env bash
# Builds the native binary and runs the quickstart with it: 36 trainings on real data, one table, one picture, one file.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/eng/setup.sh"
cd "$root"

need_sdk_and_git
ensure_linker
echo "Building expflow and the quickstart's program …"
publish_expflow artifacts/publish
examples/quickstart/program/build.sh artifacts/publish-digits

# A copy, and a git repository of its own, so that the code of the runs can be frozen and nothing here is touched.
project=$root/artifacts/demo/quickstart
rm -rf "$root/artifacts/demo"
mkdir -p "$project/bin"
cp -r examples/quickstart/{expflow.yaml,digits.yaml,data,program} "$project/"
cp artifacts/publish-digits/digits* "$project/bin/"
cd "$project"
printf 'bin/\nruns/\n.expflow/\n' >.gitignore
git init -q
git add -A
git -c user.name=demo -c user.email=demo@localhost commit -q -m "The quickstart"

export PATH="$root/artifacts/publish:$PATH" EXPFLOW_CACHE="$root/artifacts/demo/cache"
echo
echo "\$ expflow run digits.yaml"
expflow run digits.yaml
echo
echo "All of it is in artifacts/demo/quickstart; 'expflow' itself is in artifacts/publish."
