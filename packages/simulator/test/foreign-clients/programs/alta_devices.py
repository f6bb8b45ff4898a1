"""Sends the login as JSON without a content type and with an empty code, and sends back the first cookie that it gets."""

import http.client
import json
import os
import sys
import urllib.parse

server = urllib.parse.urlsplit(os.environ["BASE_URL"])


def call(method, path, body=None, headers={}):
    connection = http.client.HTTPConnection(server.hostname, server.port)
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    return response, response.read()


fields = {"username": os.environ["USERNAME"], "password": os.environ["PASSWORD"], "code": ""}
response, _ = call("POST", "/api/v1/dologin", json.dumps(fields).encode())
if response.status != 200:
    print(json.dumps({"refused": response.status}))
    sys.exit(1)
cookie = {"Cookie": response.getheader("Set-Cookie").split(";")[0]}
_, devices = call("GET", "/api/v1/devices", headers=cookie)
signed_out, _ = call("POST", "/api/v1/logout", headers=cookie)
after, _ = call("GET", "/api/v1/devices", headers=cookie)
print(json.dumps({"devices": len(json.loads(devices)), "signed_out": signed_out.status, "after": after.status}))
