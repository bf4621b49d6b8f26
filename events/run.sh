#!/usr/bin/env bash
# events/run.sh [--engine sam|rie|isolated]: runs every event file by the function that it is for, on the embedded
# services, and checks each answer's status and body (events/expected/answers.json). Prints a line an event; exits
# with 1 if an answer is wrong.
#   rie       AWS's runtime interface emulator, which RIE names, without containers
#   isolated  AWS's runtime interface client on Facet's own Runtime API, as ./facet serve --isolated
#   sam       sam local invoke: needs the SAM CLI and a container engine whose containers reach this machine's loopback;
#             SAM_OPTIONS are handed to it, --skip-pull-image for instance
# Without --engine: rie where there is an emulator, else isolated.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)

# Where a tool of the test data prepares SAM and the emulator, it prints how they are reached.
prepare() {
  local tool=${FACET_TESTDATA:-$root/../shared}/tools/sam-local prepared
  if [ -x "$tool" ] && prepared=$("$tool" setup); then
    eval "$prepared"
    export SAM_OPTIONS=${SAM_OPTIONS:---skip-pull-image}
  fi
}

choose() {
  if [ -n "${RIE:-}" ]; then
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
"$root/facet" keys --help >/dev/null
jdk=$("$root/facet" jdk)
exec "$jdk/bin/java" "@$root/local/jvm.options" "-Dfacet.home=$root" \
  -cp "$root/local/target/classes:$(cat "$root/local/target/classpath.txt")" dev.facet.local.events.RunEvents "$@"
