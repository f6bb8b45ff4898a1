import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createAltaServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { onTestFinished } from "vitest";
import type { Program } from "../../src/programs.ts";
import type { Scene } from "./scene.ts";

/** A key for the store. For `service.ts`: a vendor with two customers, and a third one whose password is wrong. */
export async function manyCustomers({ file }: Program): Promise<Scene> {
  if (file !== "service.ts") return { env: { VMS_STORE_KEY: randomBytes(32).toString("base64") } };
  const vendor = createAltaServer();
  const { baseUrl, close } = await serve(vendor);
  onTestFinished(close);
  const ada = { ...vendor.account, baseUrl };
  const bob = { username: "bob", password: "made-up-and-long", baseUrl };
  vendor.addAccount(bob);
  const customers = { acme: ada, globex: bob, initech: { ...ada, username: "cleo" } };
  const folder = join(import.meta.dirname, "../../.report/many-customers");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "customers.json");
  writeFileSync(path, JSON.stringify(customers));
  return {
    env: { VMS_CUSTOMERS: path, VMS_LOGINS_PER_MINUTE: "6000", VMS_POLL_MS: "4000" },
    during(child) {
      const timer = setInterval(() => {
        const answered = (status: number, end: string) =>
          vendor.requests.filter((request) => request.status === status && request.path.endsWith(end)).length;
        if (answered(200, "/alarmZones") < 2 || answered(401, "/dologin") < 1) return;
        clearInterval(timer);
        setTimeout(() => child.kill("SIGTERM"), 500);
      }, 50);
      child.on("close", () => clearInterval(timer));
    },
  };
}
