import { validate } from "@vms/core/flow";
import { describe, expect, it } from "vitest";
import { bareToken, loginSchema, parseData, validationSchema } from "../src/wire.ts";
import { accepted, invalid, user } from "./vendor.ts";

const read = (answer: unknown) => validate(loginSchema("UTC"), answer, "admin-token", "the answer");

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
    const answer = { user, expires_at: "2022-09-08 13:47:18", token_type: "Bearer", access_token: "Bearer token" };
    expect(read(answer)).toEqual(answer);
  });

  it("can lack optional keys, and have undocumented keys at every depth", () => {
    const answer = {
      user: { id: 1, login: "x", permissions: [{ id: 1, name: "a", more: 1 }], admin_camera_groups: null, more: 1 },
      expires_at: "2022-09-08T13:47:18Z",
      access_token: "t",
      more: { a: 1 },
    };
    expect(read(answer)).toEqual(answer);
  });

  it.each<[string, unknown, string[]]>([
    ["no token", { ...accepted(), access_token: undefined }, ["access_token"]],
    ["nothing but the scheme", accepted("Bearer "), ["access_token"]],
    ["no user", { ...accepted(), user: null }, ["user"]],
    ["a list as the user", { ...accepted(), user: [] }, ["user.id", "user.login"]],
    ["a user of other types", { ...accepted(), user: { ...user, id: "87", login: null } }, ["user.id", "user.login"]],
    [
      "an invalid permission",
      { ...accepted(), user: { ...user, permissions: [{ id: 1, name: "a" }, { id: 2 }] } },
      ["user.permissions.1.name"],
    ],
    ["no end", { ...accepted(), expires_at: null }, ["expires_at"]],
    ["an invalid expiry", accepted("t", "2022-02-31 00:00:00"), ["expires_at"]],
    ["a text", "x", [""]],
  ])("is invalid with %s, and the paths are reported", (_, answer, paths) => {
    expect(pathsOf(answer)).toEqual(paths);
  });
});

it.each([
  ["1|abc", "1|abc"],
  ["Bearer 1|abc", "1|abc"],
  ["bearer 1|abc", "1|abc"],
  ["Bearer Bearer x", "Bearer x"],
  ["Bearerless", "Bearerless"],
  ["Bearer", ""],
])("one leading scheme is removed from the token: %s", (text, token) => {
  expect(bareToken(text)).toBe(token);
});

describe("a 422", () => {
  it("has the shape of the vendor's example", () => {
    const body = invalid({ any_key: ["The reason for the error will be described here"] });
    expect(validate(validationSchema, body, "admin-token", "the answer")).toEqual(body);
  });

  it.each([{}, { message: 1 }, { errors: [] }, { errors: "x" }])("is accepted without texts: %o", (body) => {
    expect(validate(validationSchema, body, "admin-token", "the answer").errors ?? {}).toEqual({});
  });
});

describe("the data of a stored session", () => {
  it("is accepted if it has a token", () => {
    expect(parseData({ token: "t", more: 1 })).toEqual({ token: "t", more: 1 });
  });

  it.each([undefined, [], {}, { token: "" }, { token: 1 }])("is rejected without a token: %o", (data) => {
    expect(() => parseData(data)).toThrow(expect.objectContaining({ code: "unexpected_response" }));
  });
});
