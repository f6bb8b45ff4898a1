import { createAlertSiteServer } from "@vms/simulator";
import { type FlowContractOptions, flowContract } from "@vms/test-suite";
import { describe, test } from "vitest";
import { createAlertSiteSession } from "../src/index.ts";

const stated: FlowContractOptions = {
  timeout: 25_000,
  signsOut: false,
  lifetime: { idleTimeout: 15 * 60_000 },
  calls: ["devices"],
  cannot: {
    post: "the documented calls are GETs",
    forbiddenCall: "the account may see devices",
  },
};

describe("with the session in a header", () => {
  flowContract(test, createAlertSiteSession, () => createAlertSiteServer(), stated);
});

describe("with an account that may not see devices", () => {
  const account = { username: "guest@acme.example", password: "made-up-and-long", state: "not-entitled" } as const;
  const NOT_ENTITLED = 64;
  flowContract(test, createAlertSiteSession, () => createAlertSiteServer({ account }), {
    ...stated,
    calls: [],
    forbiddenCall: {
      path: "devices",
      async isForbidden(response) {
        const { metadata } = (await response.json()) as { metadata: { status: string } };
        return Number(metadata.status) === NOT_ENTITLED;
      },
    },
    cannot: { post: "the documented calls are GETs", calls: "the account may see only locations" },
  });
});

describe("with the session in the query", () => {
  flowContract(
    test,
    (options) => createAlertSiteSession({ ...options, transport: "query" }),
    () => createAlertSiteServer(),
    { ...stated, queryCredential: true },
  );
});
