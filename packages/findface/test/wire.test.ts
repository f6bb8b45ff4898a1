import { validate } from "@vms/core/flow";
import { describe, expect, it } from "vitest";
import { isLicenseError, loginSchema, parseData } from "../src/wire.ts";
import { accepted, user } from "./vendor.ts";

const read = (answer: unknown) => validate(loginSchema, answer, "findface", "the answer");

function pathsOf(answer: unknown): readonly string[] {
  try {
    read(answer);
  } catch (error) {
    return (error as { paths: readonly string[] }).paths;
  }
  return ["nothing was wrong"];
}

describe("the response to a login", () => {
  it("has the shape of the vendor's example", () => {
    const answer = { token: "string", user, token_expiration_datetime: "1970-01-01T00:00:00.000Z" };
    expect(read(answer)).toEqual(answer);
  });

  it("can lack optional keys, and have undocumented keys", () => {
    const { groups: _, comment: __, language: ___, face_cover: ____, ...required } = user;
    const answer = { ...accepted(), user: { ...required, badge: { number: 7 } }, more: true };
    expect(read(answer)).toEqual(answer);
  });

  it("can have a null cover, permissions and an undocumented language", () => {
    const grown = { ...user, face_cover: null, camera_group_permissions: { "1": "view" }, language: "de" };
    expect(read({ ...accepted(), user: grown }).user).toEqual(grown);
  });

  it.each<[string, unknown, string[]]>([
    ["no token", { ...accepted(), token: undefined }, ["token"]],
    ["an empty token", { ...accepted(), token: "" }, ["token"]],
    ["no user", { ...accepted(), user: null }, ["user"]],
    ["a user of other types", { ...accepted(), user: { ...user, id: "0", ad_user: 1 } }, ["user.id", "user.ad_user"]],
    [
      "permissions that are not strings",
      { ...accepted(), user: { ...user, permissions: [1], group_permissions: { a: 1 } } },
      ["user.permissions.0", "user.group_permissions.a"],
    ],
    ["a time without a zone", accepted("x", "2030-01-01T00:00:00"), ["token_expiration_datetime"]],
    ["an invalid time", accepted("x", "soon"), ["token_expiration_datetime"]],
    ["a time as a number", { ...accepted(), token_expiration_datetime: 5 }, ["token_expiration_datetime"]],
    ["a list", [], ["token", "user", "token_expiration_datetime"]],
  ])("is invalid with %s, and the paths are reported", (_, answer, paths) => {
    expect(pathsOf(answer)).toEqual(paths);
  });
});

describe("the body of an error", () => {
  it("is about the license if its code says so", () => {
    expect(isLicenseError({ code: "LICENSE_ERROR" })).toBe(true);
    for (const body of [undefined, null, [], "LICENSE_ERROR", { code: "UNAUTHORIZED" }, { desc: "LICENSE_ERROR" }]) {
      expect(isLicenseError(body)).toBe(false);
    }
  });
});

describe("the data of a stored session", () => {
  it("is accepted if it has token and uuid", () => {
    expect(parseData({ token: "t", uuid: "u", more: 1 })).toEqual({ token: "t", uuid: "u", more: 1 });
  });

  it.each([undefined, {}, { token: "t" }, { token: "", uuid: "u" }, { token: "t", uuid: 1 }])(
    "is rejected if it does not: %o",
    (data) => {
      expect(() => parseData(data)).toThrow(expect.objectContaining({ code: "unexpected_response" }));
    },
  );
});
