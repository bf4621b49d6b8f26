#!/usr/bin/env bash
# events/run.sh [--engine sam|rie|isolated] [--once] [--only FUNCTION,...]
#
# Runs each event file with its function, on the embedded services, and compares status and body of the response with
# events/expected/answers.json. Prints one line per event; exits with 1 if a response differs.
#
#   rie       AWS's runtime interface emulator (its path is in RIE), without containers
#   isolated  AWS's runtime interface client on Facet's own Runtime API, as in ./facet serve --isolated
#   sam       sam local invoke: needs the SAM CLI and Docker or Podman; SAM_OPTIONS is passed to it, for example
#             --skip-pull-image. During the run the embedded services are relayed to the containers' bridge only.
#
# --once runs the first event of each function, --only the events of these functions.
# Default engine: rie if RIE is set, otherwise isolated.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)

# A tool in the test data folder, if present, prepares SAM and the emulator and prints their environment.
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

# containers COMMAND...: Docker, or Podman, whose command line is compatible
containers() {
  if command -v docker >/dev/null; then
    docker "$@"
  else
    podman "$@"
  fi
}

# Sets `host` to the address of this machine for SAM's containers: the gateway of the engine's bridge. A sleeping
# container keeps the bridge up, since Podman removes a bridge without containers.
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
# builds missing modules
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
