import { validate } from "@vms/core/flow";
import { thrownBy } from "@vms-tooling/testing";
import { describe, expect, it } from "vitest";
import { loginSchema, parseData } from "../src/wire.ts";
import { accepted } from "./documented.ts";
import { showsSecret } from "./vendor.ts";

const read = (answer: unknown) => validate(loginSchema, answer, "your-vendor", "the response");

describe("the response to a login", () => {
  it("has the shape of the vendor's example, and can have undocumented keys", () => {
    const answer = { ...accepted(), more: { a: 1 } };
    expect(read(answer)).toEqual(answer);
  });

  it.for([undefined, null, [], "x", {}])("is invalid if it is %j", (answer) => {
    expect(thrownBy(() => read(answer))).toMatchObject({ code: "unexpected_response" });
  });
});

describe("the data of a stored session", () => {
  it("is accepted if it has a token", () => {
    expect(parseData({ token: "t", more: 1 })).toEqual({ token: "t", more: 1 });
  });

  it.for([undefined, [], {}, { token: "" }, { token: 1 }])("is rejected without a token: %j", (data) => {
    const error = thrownBy(() => parseData(data));
    expect(error).toMatchObject({ code: "unexpected_response", vendor: "your-vendor" });
    expect(showsSecret(error)).toBe(false);
  });
});
