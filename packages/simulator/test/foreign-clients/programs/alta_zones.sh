#!/bin/sh
# Posts JSON without saying so: curl then sends the type of a form.
set -eu
jar=$(mktemp)
trap 'rm -f "$jar"' EXIT

status=$(curl -s -o /dev/null -w '%{http_code}' -c "$jar" \
  -d "{\"username\":\"$USERNAME\",\"password\":\"$PASSWORD\"}" "$BASE_URL/api/v1/dologin")
if [ "$status" != 200 ]; then
  printf '{"refused": %s}\n' "$status"
  exit 1
fi
curl -s -b "$jar" "$BASE_URL/api/v1/alarmZones"
