#!/usr/bin/env bash
# events/run.sh [--engine sam|rie|isolated]: runs every event file by the function that it is for, on the embedded
# services, and checks each answer's status and body (events/expected/answers.json). Prints a line an event; exits
# with 1 if an answer is wrong.
#   sam       sam local invoke: needs the SAM CLI and Docker (or what DOCKER_HOST names), and Linux for its host network
#   rie       AWS's runtime interface emulator, which RIE names, without containers
#   isolated  AWS's runtime interface client on Facet's own Runtime API, as ./facet serve --isolated
# Without --engine: sam where there is a container engine, else rie where there is an emulator, else isolated.
# SAM_OPTIONS are handed to sam local invoke, --skip-pull-image for instance.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)

# Where containers and SAM are prepared by a tool of the test data, it prints how.
prepare() {
  local tool=${FACET_TESTDATA:-$root/../shared}/tools/sam-local prepared
  if [ -x "$tool" ] && prepared=$("$tool" setup); then
    eval "$prepared"
    export SAM_OPTIONS=${SAM_OPTIONS:---skip-pull-image}
  fi
}

choose() {
  if command -v sam >/dev/null && { [ -n "${DOCKER_HOST:-}" ] || docker info >/dev/null 2>&1; }; then
    echo sam
  elif [ -n "${RIE:-}" ]; then
    echo rie
  else
    echo isolated
  fi
}

prepare
if [ $# -eq 0 ]; then
  set -- --engine "$(choose)"
fi
echo "engine: ${2:-}"
# builds what is missing
"$root/facet" serve --help >/dev/null
jdk=$("$root/facet" jdk)
exec "$jdk/bin/java" "@$root/local/jvm.options" "-Dfacet.home=$root" \
  -cp "$root/local/target/classes:$(cat "$root/local/target/classpath.txt")" dev.facet.local.events.RunEvents "$@"
