import { parseWith } from "@vms/core";
import { describe, expect, it } from "vitest";
import { loginSchema, parseData } from "../src/wire.ts";
import { accepted } from "./documented.ts";
import { failureOf, showsSecret } from "./vendor.ts";

const read = (answer: unknown) => parseWith(loginSchema, answer, "your-vendor", "the answer");

describe("the answer to a login", () => {
  it("has the shape of the vendor's example, and may have more than is documented", () => {
    const answer = { ...accepted(), more: { a: 1 } };
    expect(read(answer)).toEqual(answer);
  });

  it.for([undefined, null, [], "x", {}])("is wrong where it is %j", async (answer) => {
    expect(await failureOf(() => read(answer))).toMatchObject({ code: "unexpected_response" });
  });
});

describe("what a store gives back", () => {
  it("is taken where it has the token", () => {
    expect(parseData({ token: "t", more: 1 })).toEqual({ token: "t", more: 1 });
  });

  it.for([undefined, [], {}, { token: "" }, { token: 1 }])("is refused where it has not: %j", async (data) => {
    const error = await failureOf(() => parseData(data));
    expect(error).toMatchObject({ code: "unexpected_response", vendor: "your-vendor" });
    expect(showsSecret(error)).toBe(false);
  });
});
