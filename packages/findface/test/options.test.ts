import { testOptions } from "@vms-tooling/testing";
import { expect, test } from "vitest";
import { createFindFaceSession, describe } from "../src/index.ts";
import { face as canary, host, password, username } from "./vendor.ts";

const user = { username };
const credentials = { username, password };
const face = new Blob([canary]);

testOptions({
  description: describe,
  create: createFindFaceSession,
  valid: { baseUrl: host, credentials },
  malformed: [
    ["baseUrl", { baseUrl: undefined }],
    ["password", { credentials: user }],
    ["uuid", { uuid: "" }],
    ["uuid", { uuid: "x".repeat(257) }],
    ["uuid", { uuid: 7 }],
    ["videoAuthToken", { videoAuthToken: "" }],
    ["videoAuthToken", { videoAuthToken: {} }],
    ["videoAuthToken", { videoAuthToken: "x", face }],
    ["videoAuthToken", { videoAuthToken: "x", mode: "password" }],
    ["videoAuthToken", { videoAuthToken: "x", mode: "face_or_password" }],
    ["face", { face: "" }],
    ["face", { face: { path: "face.mp4" } }],
    ["face", { face: new Uint8Array(8) }],
    ["face", { face, mode: "password" }],
    ["face", { mode: "face" }],
    ["face", { mode: "face_and_password" }],
    ["mode", { mode: "faces" }],
    ["credentials", { face, credentials: undefined }],
    ["credentials", { face, credentials: null }],
    ["username", { face, credentials: { password } }],
    ["username", { face, credentials: {} }],
    ["password", { face, credentials: user, mode: "face_and_password" }],
    ["password", { credentials: user, mode: "face_or_password" }],
    ["mobile", { mobile: "yes" }],
    ["deviceInfo", { deviceInfo: [] }],
    ["deviceInfo", { deviceInfo: { at: new Date() } }],
    ["language", { language: "de" }],
  ],
  insecureUrl: "http://192.168.1.20:8000",
});

test("the password can be omitted only if the face alone signs in", () => {
  const sessions = [
    createFindFaceSession({ baseUrl: host, credentials }),
    createFindFaceSession({ baseUrl: host, credentials: user, face }),
    createFindFaceSession({ baseUrl: host, credentials: async () => user, face: () => face, mode: "face_or_password" }),
    createFindFaceSession({ baseUrl: host, credentials, face: "face.mp4", mode: "face_and_password" }),
    createFindFaceSession({ baseUrl: host, credentials, videoAuthToken: () => undefined }),
  ];
  for (const { vendor } of sessions) expect(vendor).toBe("findface");

  // @ts-expect-error: a password is required without a face.
  expect(() => createFindFaceSession({ baseUrl: host, credentials: user })).toThrow(/`password`/);
  // @ts-expect-error: this mode also requires a password.
  expect(() => createFindFaceSession({ baseUrl: host, credentials: user, face, mode: "face_and_password" })).toThrow(
    /`pass/,
  );
  // @ts-expect-error: this mode requires a face.
  expect(() => createFindFaceSession({ baseUrl: host, credentials: user, mode: "face" })).toThrow(/`face`/);
});
