import { loginError, useNock } from "@vms-tooling/testing";
import { describe, expect, it } from "vitest";
import { newSession, onAuthenticate, onAuthorize, session1, showsSecret, token1, user } from "./vendor.ts";

useNock();

describe("the user in the response to authorize", () => {
  it.each([
    ["no user", {}, ["id", "active_brand_subdomain"]],
    ["a user without id", { ...user, id: null }, ["id"]],
    ["a user without brand", { ...user, active_brand_subdomain: 7 }, ["active_brand_subdomain"]],
  ])("with %s is unexpected_response with the paths and no value", async (_, body, paths) => {
    onAuthenticate();
    onAuthorize(token1, 200, body);
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", paths });
    expect(showsSecret(error)).toBe(false);
  });

  it.each([
    ["HTML", `<html>${session1}</html>`],
    ["truncated JSON", JSON.stringify(user).slice(0, -20)],
  ])("that is %s is unexpected_response", async (_, body) => {
    onAuthenticate();
    onAuthorize(token1, 200, body);
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response" });
    expect(showsSecret(error)).toBe(false);
  });

  it("is returned with undocumented keys", async () => {
    onAuthenticate();
    onAuthorize(token1, 200, { ...user, is_two_factor: 1 });
    expect((await newSession().login()).user).toEqual({ ...user, is_two_factor: 1 });
  });

  it("is returned without values of an undocumented type", async () => {
    onAuthenticate();
    onAuthorize(token1, 200, {
      ...user,
      utc_offset: "-7h",
      layouts: null,
      camera_access: ["1005f2ed"],
      is_active: "1",
    });
    const signedIn = (await newSession().login()).user;
    const { utc_offset, layouts, camera_access, is_active, ...rest } = user;
    expect(JSON.parse(JSON.stringify(signedIn))).toEqual(rest);
  });
});
