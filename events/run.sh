#!/usr/bin/env bash
# events/run.sh [--engine sam|rie|isolated] [--once] [--only FUNCTION,...]: runs every event file by the function that
# it is for, on the embedded services, and checks each answer's status and body (events/expected/answers.json). Prints a
# line an event; exits with 1 if an answer is wrong.
#   rie       AWS's runtime interface emulator, which RIE names, without containers
#   isolated  AWS's runtime interface client on Facet's own Runtime API, as ./facet serve --isolated
#   sam       sam local invoke: needs the SAM CLI and Docker or Podman; SAM_OPTIONS are handed to it, --skip-pull-image
#             for instance. While it runs, the embedded services are relayed to the containers' bridge, no further.
# --once takes of each function the first event only, --only the events of these functions only.
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

# containers COMMAND...: Docker's command line, or Podman's, which takes the same
containers() {
  if command -v docker >/dev/null; then
    docker "$@"
  else
    podman "$@"
  fi
}

# Sets `host`, where SAM's containers meet this machine: the gateway of the engine's bridge. A container that sleeps
# holds the bridge, which Podman has only while there is a container on it.
meet_containers() {
  keeper=$(containers run --detach --rm --entrypoint sleep public.ecr.aws/lambda/java:25 3600)
  trap 'containers rm --force "$keeper" >/dev/null' EXIT
  host=$(containers inspect --format '{{range .NetworkSettings.Networks}}{{.Gateway}}{{end}}' "$keeper")
}

prepare
case ${1:-} in
  --engine) engine=${2:-} && shift 2 ;;
  *) engine=$(choose) ;;
esac
echo "engine: $engine"
# builds what is missing
"$root/facet" keys --help >/dev/null
classpath=$root/checks/events/target/classpath.txt
if [ ! -e "$classpath" ] || [ -n "$(find "$root/checks/events/src" "$root/local/src/main" -newer "$classpath" -print | head -n 1)" ]; then
  (cd "$root" && mvn -B -ntp -q -Dmaven.test.skip -Dspotless.check.skip -pl checks/events -am package)
fi
host=
if [ "$engine" = sam ]; then
  meet_containers
fi
jdk=$("$root/facet" jdk)
"$jdk/bin/java" "@$root/local/jvm.options" "-Dfacet.home=$root" \
  -cp "$root/checks/events/target/classes:$(cat "$classpath")" dev.facet.checks.events.RunEvents \
  --engine "$engine" ${host:+"--host=$host"} "$@"
