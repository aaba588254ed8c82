#!/bin/sh
# Makes sure that a container engine answers and that the base image of Reprise's images is there, for the tests, also
# where no image can be pulled: then the image is made from Debian's packages. Says what it did; does nothing twice.
#
# Starts the engine and makes the image only as root; the image is kept in Reprise's cache.
set -eu

image="${REPRISE_BASE_IMAGE:-python:3.11-slim-bookworm}"
cache="${REPRISE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/reprise}"
archive="$cache/docker-base-$(printf %s "$image" | tr -c 'A-Za-z0-9.-' _).tar.gz"
say() { echo "docker-base: $*"; }
fail() { say "$*" >&2; exit 1; }
is_root() { [ "$(id -u)" = 0 ]; }

need() {
  command -v "$1" >/dev/null 2>&1 && return
  is_root && command -v apt-get >/dev/null 2>&1 || fail "$1 is missing; install $2"
  say "installing $2"
  apt-get update -qq >/dev/null
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $2 >/dev/null
}

answers() { timeout 10 docker info >/dev/null 2>&1; }

start_engine() {
  answers && return
  need dockerd "docker.io iptables"
  is_root || fail "no container engine answers; start one (sudo systemctl start docker)"
  say "starting dockerd"
  log="$cache/dockerd.log"
  # Left running: it belongs to the machine, as if its service had been started.
  setsid dockerd >"$log" 2>&1 </dev/null &
  for _ in $(seq 60); do
    answers && return
    sleep 1
  done
  tail -20 "$log" >&2
  fail "dockerd did not start; its log is $log"
}

make_archive() {
  is_root || fail "$image can neither be pulled nor, without root, be made; load it (docker load)"
  need debootstrap debootstrap
  say "making $image from Debian's packages"
  draft=$(mktemp -d)
  trap 'rm -rf "$draft"' EXIT
  debootstrap --variant=minbase --include=python3,python3-venv,python3-pip,ca-certificates bookworm "$draft/root" \
    >"$draft/log" 2>&1 || { tail -20 "$draft/log" >&2; fail "debootstrap failed"; }
  # As in the official image: python is python3, and pip may install into it.
  ln -sf python3 "$draft/root/usr/bin/python"
  rm -f "$draft"/root/usr/lib/python3.*/EXTERNALLY-MANAGED
  rm -rf "$draft"/root/var/cache/apt/* "$draft"/root/var/lib/apt/lists/*
  tar -C "$draft/root" -c . | gzip -1 >"$archive.part"
  mv "$archive.part" "$archive"
}

mkdir -p "$cache"
command -v docker >/dev/null 2>&1 || need docker "docker.io iptables"
start_engine
if docker image inspect "$image" >/dev/null 2>&1; then
  say "$image is there"
elif [ ! -f "$archive" ] && timeout 300 docker pull -q "$image" >/dev/null 2>&1; then
  say "$image pulled"
else
  [ -f "$archive" ] || make_archive
  gzip -dc "$archive" | docker import --change 'CMD ["python3"]' - "$image" >/dev/null
  say "$image imported"
fi
