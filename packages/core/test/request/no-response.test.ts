import { expect, test } from "vitest";
import { noResponse, timedOut } from "../../src/request/no-response.ts";

const failure = (code: string) => Object.assign(new TypeError("fetch failed: made-up-secret"), { cause: { code } });

for (const [code, remedy] of [
  ["ECONNREFUSED", "check_network"],
  ["ENOTFOUND", "check_network"],
  ["CERT_HAS_EXPIRED", "check_network"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "trust_certificate"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "trust_certificate"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "trust_certificate"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "trust_certificate"],
] as const) {
  test(`a request that fails with ${code} has only the remedy ${remedy} and the code of the failure`, () => {
    const error = noResponse("fake", "GET me", failure(code));
    expect(error).toMatchObject({ code: "vendor_unavailable", retryable: true, remedy: { id: remedy, code } });
    expect(error.problem).toBe(`the vendor did not answer GET me (${code}).`);
    expect(error.message).not.toContain("made-up-secret");
    expect(error.cause).toBeUndefined();
  });
}

test("the remedy names the host of the request, if it is known", () => {
  expect(noResponse("fake", "GET me", failure("ENOTFOUND"), "vms.example:8443").remedy).toEqual({
    id: "check_network",
    code: "ENOTFOUND",
    host: "vms.example:8443",
  });
});

test("a failure without a code has no code in its remedy", () => {
  expect(noResponse("fake", "GET me", new Error("made-up-secret")).remedy).toEqual({ id: "check_network" });
});

test("the remedy of a timeout is the option", () => {
  expect(timedOut("fake", "GET me", 500)).toMatchObject({
    problem: "GET me took longer than 500 ms.",
    remedy: { id: "allow_more_time", option: "timeout" },
  });
});
