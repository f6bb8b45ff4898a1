import { createAltaServer } from "@vms/simulator";
import { type FlowContractOptions, flowContract } from "@vms/test-suite";
import { describe, test } from "vitest";
import { createAltaSession } from "../src/index.ts";

const DAY = 86_400_000;

const stated: FlowContractOptions = {
  timeout: 25_000,
  resumes: true,
  lifetime: { expiresHint: DAY },
  calls: ["api/v1/me", "api/v1/devices", "api/v1/ongoingAlerts"],
  cannot: { post: "no documented call has a body", forbiddenCall: "the documentation has no roles" },
};

describe("with a cookie whose claims have an expiry", () => {
  flowContract(test, createAltaSession, () => createAltaServer(), stated);
});

describe("with a cookie that has a lifetime, and is replaced by each response", () => {
  const options = { lifetime: 3_600_000, maxAge: 3_600, rotate: "keep-old" } as const;
  flowContract(test, createAltaSession, () => createAltaServer(options), {
    ...stated,
    rotates: true,
    lifetime: { expiresIn: options.lifetime, expiresHint: DAY },
  });
});
