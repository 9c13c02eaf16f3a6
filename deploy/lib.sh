# What deploy/up, deploy/down and tests/run share. Sourced by bash with `set -euo pipefail`; `program` is the name that
# messages begin with.
# shellcheck shell=bash

tree=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034  # read by those who source this
default_data=$tree/.data
# shellcheck disable=SC2034
services=(registry matching console) # in the order in which they start

note() { printf '%s\n' "$*" >&2; }

fail() {
  printf '%s: %s\n' "${program:-deploy}" "$*" >&2
  exit 1
}

# wrong_usage MESSAGE: for mistakes on the command line.
wrong_usage() {
  printf '%s: %s\nTry "%s --help".\n' "$program" "$*" "$program" >&2
  exit 2
}

# --- Building -------------------------------------------------------------------------------------------------------

# How many compilers at once: one a core, and a gigabyte of memory for each.
build_jobs() {
  local cores kilobytes
  cores=$(nproc)
  kilobytes=$(awk '$1 == "MemAvailable:" {print $2}' /proc/meminfo)
  local roomy=$((kilobytes / 1048576))
  ((roomy >= 1)) || roomy=1
  printf '%d\n' $((cores < roomy ? cores : roomy))
}

# build PRESET [TARGET...]: configures and builds, everything when no target is named. One build of a tree at a time.
build() {
  local preset=$1 targets=()
  shift
  (($# == 0)) || targets=(--target "$@")
  # The compiler cache stays bounded, and lies in the tree when there is no home to keep it in.
  export CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-3G}
  [[ -n ${CCACHE_DIR:-} || -w ${HOME:-/nonexistent} ]] || export CCACHE_DIR=$tree/.cache/ccache
  one_at_a_time cmake_build "$preset" "${targets[@]}"
}
cmake_build() {
  local preset=$1
  shift
  cmake --preset "$preset" >"build/$preset.configure.log" 2>&1 ||
    { cat "build/$preset.configure.log" >&2; fail "cannot configure the build"; }
  cmake --build "build/$preset" -j "$(build_jobs)" "$@"
}

# one_at_a_time COMMAND...: runs it at the top of the tree, when no other build of this tree runs.
one_at_a_time() {
  mkdir -p "$tree/build"
  (
    flock -n 8 || { note "Waiting for another build of this tree ..."; flock 8; }
    cd "$tree" && "$@" 8>&-
  ) 8>"$tree/build/lock"
}

# npm_install FOLDER: installs what FOLDER/package-lock.json names, unless that is there.
npm_install() {
  local mark=$1/node_modules/.installed-lock
  if cmp -s "$1/package-lock.json" "$mark"; then return; fi
  (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) ||
    fail "npm could not install what $1/package-lock.json names"
  cp "$1/package-lock.json" "$mark"
}

# build_console: builds the web console into build/console, once for all presets.
build_console() { one_at_a_time console_build; }
console_build() {
  local version
  version=$(node --version) || fail "there is no Node.js"
  version=${version#v}
  ((${version%%.*} >= 18)) || fail "Node.js $version is too old for the console: it needs 18 or newer"
  npm_install apps/console
  node apps/console/build.mjs
}

# --- The data folder ------------------------------------------------------------------------------------------------

# take_data DIR: makes DIR, or takes one that is ours or empty, for the present user alone.
take_data() {
  local dir=$1 mark=$1/.volunteer-brokerage
  if [[ -e $dir && ! -d $dir ]]; then fail "$dir is not a folder"; fi
  if [[ -d $dir && ! -O $dir ]]; then
    fail "$dir belongs to $(stat -c %U "$dir"), not to $(id -un): choose another with --data"
  fi
  if [[ -d $dir && ! -e $mark ]]; then
    # Another may be taking it at this moment: the mark is the first thing that it puts there.
    [[ -z $(ls -A "$dir") || -e $mark ]] ||
      fail "$dir holds something else: choose an empty folder, or a new one, with --data"
  fi
  (
    umask 077
    mkdir -p "$dir" && chmod 700 "$dir" &&
      printf 'The data of a Volunteer Brokerage. docs/operations.md says what is where.\n' >"$mark" &&
      mkdir -p "$dir"/{run,log,credentials,places,backups/registry,backups/matching,registry,matching,console}
  ) || fail "cannot write in $dir"
}

# lock_data DIR: waits until nobody else starts or stops what lies there. Held on descriptor 9 until this process ends.
lock_data() {
  exec 9>"$1/run/lock"
  flock -n 9 || {
    note "Waiting for another deploy/up or deploy/down on $1 ..."
    flock 9
  }
}

# --- Processes ------------------------------------------------------------------------------------------------------
# DATA/run/SERVICE.pid holds: process id, its start time in clock ticks, the boot it belongs to, address, metrics address
# ("-" where there is none).
# A number that was given to another process since has another start time, so that one is never taken for ours.

# start_ticks PID: prints when the process started; fails when there is none or it has ended and was not yet reaped.
start_ticks() {
  local line fields
  { IFS= read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  read -ra fields <<<"${line##*) }"
  [[ ${fields[0]} != [ZX] ]] || return 1
  printf '%s\n' "${fields[19]}"
}

boot_id() { cat /proc/sys/kernel/random/boot_id; }

# write_pid_file FILE ADDRESS METRICS: about the (sub)shell that calls it.
write_pid_file() {
  local pid=$BASHPID
  printf '%s %s %s %s %s\n' "$pid" "$(start_ticks "$pid")" "$(boot_id)" "$2" "$3" >"$1.new"
  mv -f "$1.new" "$1"
}

# running DIR SERVICE: prints "PID ADDRESS METRICS" of the service if it runs; fails if not.
running() {
  local pid ticks boot address metrics
  { read -r pid ticks boot address metrics <"$1/run/$2.pid"; } 2>/dev/null || return 1
  [[ $boot == "$(boot_id)" && $ticks == "$(start_ticks "$pid")" ]] || return 1
  printf '%s %s %s\n' "$pid" "$address" "$metrics"
}

# --- Ports ----------------------------------------------------------------------------------------------------------

# port_user PORT: prints who listens where a server on 127.0.0.1:PORT would; fails when nobody does.
port_user() {
  local inode pid user
  read -r inode user < <(
    awk -v port="$(printf '%04X' "$1")" '
      $4 == "0A" {
        split($2, local, ":")
        if (local[2] == port && (local[1] ~ /^0+$/ || local[1] ~ /^(0000000000000000FFFF0000)?0100007F$/)) {
          print $10, $8
          exit
        }
      }' /proc/net/tcp /proc/net/tcp6 2>/dev/null
  ) || return 1
  for pid in /proc/[0-9]*; do
    if find "$pid/fd" -lname "socket:\[$inode\]" 2>/dev/null | grep -q .; then
      printf '%s (process %s)\n' "$(basename -- "$(readlink "$pid/exe")")" "${pid#/proc/}"
      return
    fi
  done
  printf 'a process of %s\n' "$(id -un "$user" 2>/dev/null || printf 'user %s' "$user")"
}

# --- Output ---------------------------------------------------------------------------------------------------------

# json_string TEXT: prints TEXT as a JSON string; json_string_of FILE: its first line, or null without such a file.
json_string() {
  local text=$1 out='' i char
  for ((i = 0; i < ${#text}; i++)); do
    char=${text:i:1}
    case $char in
      '"' | \\) out+=\\$char ;;
      [[:cntrl:]]) out+=$(printf '\\u%04x' "'$char") ;;
      *) out+=$char ;;
    esac
  done
  printf '"%s"' "$out"
}
json_string_of() {
  local line
  if { read -r line <"$1"; } 2>/dev/null || [[ -n ${line:-} ]]; then json_string "$line"; else printf null; fi
}
