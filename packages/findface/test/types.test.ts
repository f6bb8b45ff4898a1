import { expect, test } from "vitest";
import { createFindFaceSession } from "../src/index.ts";

const baseUrl = "https://findface.acme.example";
const face = new Blob(["made up"]);
const user = { username: "operator" };
const both = { ...user, password: "made-up" };

test("a password may be missing only where the face alone signs in", () => {
  const sessions = [
    createFindFaceSession({ baseUrl, credentials: both }),
    createFindFaceSession({ baseUrl, credentials: user, face }),
    createFindFaceSession({ baseUrl, credentials: async () => user, face: () => face, mode: "face_or_password" }),
    createFindFaceSession({ baseUrl, credentials: both, face: "face.mp4", mode: "face_and_password" }),
    createFindFaceSession({ baseUrl, credentials: both, videoAuthToken: () => undefined }),
  ];
  for (const { vendor } of sessions) expect(vendor).toBe("findface");

  // @ts-expect-error: no face is given that could do without a password.
  expect(() => createFindFaceSession({ baseUrl, credentials: user })).toThrow(/`password`/);
  // @ts-expect-error: here the password is wanted too.
  expect(() => createFindFaceSession({ baseUrl, credentials: user, face, mode: "face_and_password" })).toThrow(/`pass/);
  // @ts-expect-error: without a password there must be a face.
  expect(() => createFindFaceSession({ baseUrl, credentials: user, mode: "face" })).toThrow(/`face`/);
});
