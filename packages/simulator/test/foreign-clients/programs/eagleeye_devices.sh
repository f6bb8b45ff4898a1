#!/bin/sh
# Signs in with `curl -F`, keeps the cookies in a file, and lists the ids of the bridges.
set -eu
jar=$(mktemp)
trap 'rm -f "$jar"' EXIT

answer=$(curl -s -w '\n%{http_code}' -F "username=$USERNAME" -F "password=$PASSWORD" "$BASE_URL/g/aaa/authenticate")
status=$(printf '%s' "$answer" | tail -n 1)
if [ "$status" != 200 ]; then
  printf '{"refused": %s}\n' "$status"
  exit 1
fi
token=$(printf '%s' "$answer" | sed -n 's/.*"token":"\([^"]*\)".*/\1/p')

curl -s -o /dev/null -c "$jar" --form-string "token=$token" "$BASE_URL/g/aaa/authorize"
curl -s -b "$jar" "$BASE_URL/g/device/list?t=bridge"
