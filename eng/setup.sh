# Sourced by demo.sh and test.sh: finds what they need, or says how to get it. Sets $root, $rid and, without a C linker, $aot=no.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
case $(uname -m) in aarch64 | arm64) rid=linux-arm64 ;; *) rid=linux-x64 ;; esac
aot=yes

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# Build processes that stay behind would hold this folder.
export MSBUILDDISABLENODEREUSE=1
# A home that can't be written to is no reason to fail.
if [ -z "${HOME:-}" ] || ! mkdir -p "$HOME/.nuget" 2>/dev/null || ! [ -w "$HOME/.nuget" ]; then
  mkdir -p "$root/artifacts/home"
  export HOME="$root/artifacts/home" DOTNET_CLI_HOME="$root/artifacts/home"
fi

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

need_sdk_and_git() {
  case $root in *[\"\'\;%$'\n']*) fail "The .NET SDK can't build in '$root': a quote, semicolon, percent sign or line end is in the path. Move it." ;; esac
  command -v git >/dev/null || fail "'git' is missing. Install it: apt-get install git."
  command -v dotnet >/dev/null || fail "'dotnet' is missing. Install the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0"
  dotnet --list-sdks | grep -q '^10\.' ||
    fail "The .NET SDK has no version 10: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ' -). Install it: https://dotnet.microsoft.com/download/dotnet/10.0"
}

can_link() {
  local compiler
  for compiler in clang gcc; do
    if command -v "$compiler" >/dev/null; then
      # What Native AOT does in the end: link against the C library and zlib.
      printf 'int main(void) { return 0; }' | "$compiler" -x c - -lz -o /dev/null 2>/dev/null && return 0
    fi
  done
  return 1
}

# Native AOT links with clang or gcc. Installs gcc where that is missing and allowed.
ensure_linker() {
  can_link && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Native AOT needs a C linker and zlib: installing gcc, libc6-dev and zlib1g-dev."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends gcc libc6-dev zlib1g-dev; } >/dev/null || true
    can_link && return
  fi
  aot=no
  export EXPFLOW_NO_AOT=1
  echo "No C linker (gcc or clang, with zlib1g-dev): building self-contained without Native AOT. It works the same, and starts slower."
}

# publish_expflow FOLDER [more arguments of dotnet publish]
publish_expflow() {
  local folder=$1 mode=()
  shift
  [ "$aot" = yes ] || mode=(-p:PublishAot=false --self-contained)
  dotnet publish "$root/src/Expflow.Cli/Expflow.Cli.csproj" -c Release -r "$rid" -o "$folder" --nologo -v quiet "${mode[@]}" "$@"
}
