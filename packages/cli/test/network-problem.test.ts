import { VendorUnavailable } from "@vms/core";
import { describe, expect, it, test } from "vitest";
import { describeError } from "../src/error-messages/describe-error.ts";
import { networkProblem } from "../src/error-messages/network-problem.ts";
import { environment, home, vms } from "./support/run-vms.ts";

test.each([
  ["ENOTFOUND", "DNS", "the host a.example was not found (ENOTFOUND)"],
  ["EAI_AGAIN", "DNS", "the name server did not answer for a.example (EAI_AGAIN)"],
  ["ECONNREFUSED", "TCP", "nothing listens at a.example:8443 (ECONNREFUSED)"],
  ["UND_ERR_CONNECT_TIMEOUT", "TCP", "a.example:8443 did not accept a connection in time (UND_ERR_CONNECT_TIMEOUT)"],
  ["EHOSTUNREACH", "TCP", "a.example:8443 cannot be reached from this network (EHOSTUNREACH)"],
  ["ECONNRESET", "TCP", "a.example:8443 closed the connection (ECONNRESET)"],
  ["CERT_HAS_EXPIRED", "TLS", "the certificate of a.example has expired (CERT_HAS_EXPIRED)"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "TLS", "the certificate is not for a.example (ERR_TLS_CERT_ALTNAME_INVALID)"],
  [
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "TLS",
    "the certificate of a.example is from a CA that is not trusted here (UNABLE_TO_VERIFY_LEAF_SIGNATURE)",
  ],
  ["CERT_REVOKED", "TLS", "the certificate of a.example is not accepted (CERT_REVOKED)"],
  ["EPROTO", "TLS", "the TLS handshake with a.example:8443 failed (EPROTO)"],
  ["TimeoutError", "HTTP", "a.example did not answer in time (TimeoutError)"],
  ["EMADEUP", "TCP", "a.example:8443 could not be reached (EMADEUP)"],
])("the code %s is a failure of %s", (code, layer, text) => {
  expect(networkProblem(code, "a.example:8443")).toEqual({ text, layer });
});

test("an IPv6 address keeps its brackets, and gets them before a port", () => {
  expect(networkProblem("CERT_HAS_EXPIRED", "[::1]:8443").text).toBe(
    "the certificate of [::1] has expired (CERT_HAS_EXPIRED)",
  );
  expect(networkProblem("ECONNREFUSED", "::1", 443).text).toBe("nothing listens at [::1]:443 (ECONNREFUSED)");
});

describe("an error of the network", () => {
  const remedy = { id: "check_network", code: "ECONNREFUSED", host: "login.example:8443" } as const;

  it("names the host of the request, and its code with --verbose", () => {
    const error = new VendorUnavailable("alta", "the vendor did not answer POST https://login.example:8443/x.", {
      remedy,
    });
    expect(describeError(error, undefined)).toMatchObject({
      exit: 5,
      message: "nothing listens at login.example:8443 (ECONNREFUSED).",
      details: [
        "code: vendor_unavailable",
        "vendor: alta",
        "network: TCP, ECONNREFUSED",
        expect.stringMatching(/^request: /),
      ],
    });
  });

  it("is reported by vms login in the words of vms doctor, without a stack", async () => {
    const env = environment(await home(), { VMS_ALTA_PASSWORD: "made-up" });
    const args = [
      "login",
      "alta",
      "--url",
      "https://acme.invalid",
      "-u",
      "anna",
      "--option",
      "timeout=2s",
      "--verbose",
    ];
    const { exit, stderr } = await vms(args, env);
    expect(exit).toBe(5);
    expect(stderr).toMatch(
      /^vms: (the host acme\.invalid was not found|the name server did not answer for acme\.invalid) \(/,
    );
    expect(stderr).toMatch(/^network: DNS, E/m);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
