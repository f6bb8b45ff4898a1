import { createAdminTokenServer } from "@vms/simulator";
import { flowContract } from "@vms/test-suite";
import { test } from "vitest";
import { createAdminTokenSession } from "../src/index.ts";

flowContract(test, createAdminTokenSession, () => createAdminTokenServer(), {
  timeout: 25_000,
  signsOut: false,
  lifetime: { expiresIn: 86_400_000 },
  calls: ["api/admin/v1/admins/1"],
  cannot: { post: "no documented call has a body", forbiddenCall: "every account is an administrator" },
});
