"""Ends the offline sessions of all devices. Follows `next_page` as a URL, and also by its parameter `page`."""

import base64
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

base = os.environ["BASE_URL"]
pair = "%s:%s" % (os.environ["USERNAME"], os.environ["PASSWORD"])


def call(method, url, authorization, body=None):
    headers = {"Authorization": authorization, "Accept": "application/json"}
    data = None
    if body is not None:
        data = json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
    answer = urllib.request.urlopen(urllib.request.Request(url, data=data, headers=headers, method=method)).read()
    return json.loads(answer) if answer else None


try:
    basic = "Basic " + base64.b64encode(pair.encode("utf-8")).decode()
    token = call("POST", base + "/auth/login/", basic, {"uuid": "foreign-client"})["token"]
except urllib.error.HTTPError as error:
    print(json.dumps({"refused": error.code, "code": json.load(error)["code"]}))
    sys.exit(1)
authorization = "Token " + token

by_url = []
url = base + "/sessions/?" + urllib.parse.urlencode({"status": "offline", "limit": 2})
while url:
    page = call("GET", url, authorization)
    by_url += [session["id"] for session in page["results"]]
    url = page["next_page"]

by_cursor = []
cursor = None
while True:
    query = {"status": "offline", "limit": 2, **({"page": cursor} if cursor else {})}
    page = call("GET", base + "/sessions/?" + urllib.parse.urlencode(query), authorization)
    by_cursor += [session["id"] for session in page["results"]]
    if page["next_page"] is None:
        break
    cursor = urllib.parse.parse_qs(urllib.parse.urlsplit(page["next_page"]).query)["page"][0]

one = call("GET", base + "/sessions/%s/" % by_url[0], authorization)
call("POST", base + "/sessions/delete/", authorization, {"id_in": by_url})
left = [session["uuid"] for session in call("GET", base + "/sessions/", authorization)["results"]]
me = call("GET", base + "/users/me/", authorization)
call("POST", base + "/auth/logout/", authorization)
print(json.dumps({"same": by_url == by_cursor, "ended": len(by_url), "first": one["uuid"], "left": left, "me": me["name"]}))
