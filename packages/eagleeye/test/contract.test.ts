import { createEagleEyeServer } from "@vms/simulator";
import { type FlowContractOptions, flowContract } from "@vms/test-suite";
import { describe, test } from "vitest";
import { createEagleEyeSession } from "../src/index.ts";

const stated: FlowContractOptions = {
  timeout: 25_000,
  resumes: true,
  calls: ["g/user", "g/account/list"],
  post: { path: "g/device/list", json: {} },
  otherIdentity: (options) => createEagleEyeSession({ ...options, realm: "north" }),
  cannot: { forbiddenCall: "the simulator has no roles" },
};

describe("with the session in a cookie", () => {
  flowContract(test, createEagleEyeSession, () => createEagleEyeServer(), stated);
});

describe("with the session in the query", () => {
  flowContract(
    test,
    (options) => createEagleEyeSession({ ...options, transport: "query" }),
    () => createEagleEyeServer(),
    {
      ...stated,
      queryCredential: true,
      resumes: ({ searchParams: { A = "" } }) => ({ auth_key: A }),
      otherIdentity: (options) => createEagleEyeSession({ ...options, transport: "query", realm: "north" }),
    },
  );
});
