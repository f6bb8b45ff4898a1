import type { VendorDescription } from "@vms/core/flow";

/** Describes AiPix VMS, Admin API to programs that support several vendors, such as `vms`. */
export const describe: VendorDescription<"timeZone"> = {
  vendor: "admin-token",
  title: "AiPix VMS, Admin API",
  baseUrl: { example: "https://<host>" },
  firstCall: "api/admin/v1/admins?per_page=1&page=1",
  // An assumption, seen in clients: a call without a token gets a 401 with the message `Unauthenticated.`
  probe: {
    path: "api/admin/v1/admins?per_page=1&page=1",
    body: { pattern: /"message"\s*:\s*"Unauthenticated\."/, evidence: "assumed" },
  },
  options: { timeZone: { type: "text", example: "Europe/Berlin" } },
  signsOut: false,
  pages: { items: "data", next: ["links", "next"], parameter: "page" },
};
