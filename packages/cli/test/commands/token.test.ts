import {
  createAdminTokenServer,
  createAlertSiteServer,
  createAltaServer,
  createEagleEyeServer,
  createFindFaceServer,
  type VendorServer,
} from "@vms/simulator";
import { describe, expect, it } from "vitest";
import { PROFILE, worldOf } from "../support/profile-fixture.ts";
import { vms } from "../support/run-vms.ts";

/** How a vendor expects its credential on a call. */
const VENDORS: Readonly<Record<string, [() => VendorServer, (token: string) => Record<string, string>]>> = {
  alta: [createAltaServer, (token) => ({ cookie: `va=${token}` })],
  findface: [createFindFaceServer, (token) => ({ authorization: `Token ${token}` })],
  alertsite: [createAlertSiteServer, (token) => ({ authorization: `Bearer ${token}` })],
  eagleeye: [createEagleEyeServer, (token) => ({ cookie: `videobank_sessionid=${token}` })],
  "admin-token": [createAdminTokenServer, (token) => ({ authorization: `Bearer ${token}` })],
};

describe("vms token", () => {
  for (const [vendor, [create, headersWith]] of Object.entries(VENDORS)) {
    it(`prints the credential of ${vendor}, and nothing else`, async () => {
      const { server, url, run } = await worldOf(create());
      const { exit, stdout, stderr } = await run(["token", PROFILE]);
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
      expect(stdout).toMatch(/^\S+\n$/);
      const call = new URL(server.firstCall, `${url}/`);
      const answer = await fetch(call, { headers: { accept: "application/json", ...headersWith(stdout.trim()) } });
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toContain('"status":"4');
      expect((await run(["token", PROFILE])).stdout).toBe(stdout);
      expect(server.loginAttempts).toBe(1);
    });
  }

  it("says how to sign in if no password is known", async () => {
    const { envWithoutPassword } = await worldOf(createAltaServer());
    const { exit, stdout, stderr } = await vms(["token", PROFILE], envWithoutPassword);
    expect({ exit, stdout }).toEqual({ exit: 3, stdout: "" });
    expect(stderr).toContain("Sign in: vms login alta --profile acme");
  });

  it("keeps the credential out of messages, even with --verbose", async () => {
    const { server, run } = await worldOf(createAltaServer());
    const { stdout } = await run(["token", PROFILE]);
    server.script({ when: ({ path }) => path === "/x", status: 500, times: 9 });
    for (const args of [["x"], ["x", "-i"], ["https://elsewhere.example"]]) {
      const { stderr } = await run(["api", PROFILE, ...args, "--verbose"]);
      expect(stderr).not.toBe("");
      for (const secret of [stdout.trim(), server.account.password]) expect(stderr).not.toContain(secret);
    }
  });
});
