"""Signs in with multipart forms, reads the cookie auth_key and positions of each camera, as sample programs do."""

import http.cookiejar
import json
import os
import sys
import urllib.error
import urllib.request
import uuid

base = os.environ["BASE_URL"]
key = os.environ.get("API_KEY")
jar = http.cookiejar.CookieJar()
opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
headers = {"Authorization": key} if key else {}


def multipart(fields):
    boundary = uuid.uuid4().hex
    lines = []
    for name, value in fields.items():
        lines += ["--" + boundary, 'Content-Disposition: form-data; name="%s"' % name, "", value]
    lines += ["--" + boundary + "--", ""]
    return "\r\n".join(lines).encode(), {"Content-Type": "multipart/form-data; boundary=" + boundary}


def post(path, fields):
    body, content_type = multipart(fields)
    request = urllib.request.Request(base + path, data=body, headers={**headers, **content_type})
    return json.load(opener.open(request))


def get(path):
    return json.load(opener.open(urllib.request.Request(base + path, headers=headers)))


try:
    token = post("/g/aaa/authenticate", {"username": os.environ["USERNAME"], "password": os.environ["PASSWORD"]})
    user = post("/g/aaa/authorize", token)
except urllib.error.HTTPError as error:
    print(json.dumps({"refused": error.code}))
    sys.exit(1)

auth_key = {cookie.name: cookie.value for cookie in jar}["auth_key"]
cameras = [
    {"esn": device[1], "name": device[2], "address": device[14], "shared": device[15], "owner": device[16]}
    for device in get("/g/device/list?t=camera")
]
# Without cookies: a player receives the session id in the address.
by_query = json.load(urllib.request.urlopen(base + "/g/device?id=%s&A=%s" % (cameras[0]["esn"], auth_key)))
print(json.dumps({"user": user["email"], "cameras": cameras, "guid": by_query["guid"], "users": len(get("/g/user/list"))}))
