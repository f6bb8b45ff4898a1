#!/bin/sh
# Signs in and lists the administrators.
set -eu
answer=$(curl -s -w '\n%{http_code}' -H 'Content-Type: application/json' -H 'Accept: application/json' \
  -d "{\"login\": \"$USERNAME\", \"password\": \"$PASSWORD\"}" "$BASE_URL/api/admin/v1/auth/token")
status=$(printf '%s' "$answer" | tail -n 1)
if [ "$status" != 200 ]; then
  printf '%s' "$answer" | sed '$d'
  exit 1
fi
token=$(printf '%s' "$answer" | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
curl -s -H 'Accept: application/json' -H "Authorization: Bearer $token" "$BASE_URL/api/admin/v1/admins?per_page=25&page=1"
