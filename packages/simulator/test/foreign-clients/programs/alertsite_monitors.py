"""Lists monitors of two types and where each runs, as the sample program of the login page would go on."""

import base64
import json
import os
import sys
import urllib.request

base = os.environ["BASE_URL"]
login = os.environ["USERNAME"]
payload = json.dumps({"login": login, "password": os.environ["PASSWORD"]}).encode()
request = urllib.request.Request(base + "/login", data=payload, headers={"Content-Type": "application/json"})
result = json.load(urllib.request.urlopen(request))["metadata"]
if int(result["status"]) != 0:
    print(json.dumps({"refused": result["status"], "message": result["message"]}))
    sys.exit(1)

token = base64.b64encode((login + ":" + result["session"]).encode("ascii")).decode()


def get(path):
    return json.load(urllib.request.urlopen(urllib.request.Request(base + path, headers={"Authorization": "Bearer " + token})))


monitors = get("/devices?site_type=website,soapui")["results"]
places = {monitor["name"]: [location["name"] for location in monitor["locations"]] for monitor in monitors}
one = get("/devices?id=" + monitors[0]["id"])["results"]
unknown = get("/devices?id=1")["metadata"]["status"]
print(json.dumps({"places": places, "one": len(one), "unknown": unknown}))
