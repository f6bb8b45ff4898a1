import type { VendorDescription } from "@vms/core/flow";

/** Describes SmartBear AlertSite to programs that support several vendors, such as `vms`. */
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
