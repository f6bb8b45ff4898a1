import type { VendorDescription } from "@vms/core/flow";

/** What programs need to know about SmartBear AlertSite to offer it to people. */
export const describe: VendorDescription<"transport" | "expiredSessionCodes"> = {
  vendor: "alertsite",
  title: "SmartBear AlertSite",
  baseUrl: { default: "https://www.alertsite.com/alertsite-restapi" },
  firstCall: "locations",
  // Every documented response has this object, errors included.
  probe: { path: "locations", body: { pattern: /"metadata"\s*:\s*\{/, evidence: "documented" } },
  options: {
    transport: { type: "text", example: "query" },
    expiredSessionCodes: { type: "list", example: "40" },
  },
  signsOut: false,
  readsBodies: true,
};
