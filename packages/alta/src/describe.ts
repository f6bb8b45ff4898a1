import type { VendorDescription } from "@vms/core/flow";

/** Describes Avigilon Alta Video to programs that support several vendors, such as `vms`. */
export const describe: VendorDescription<"totpPlacement"> = {
  vendor: "alta",
  title: "Avigilon Alta Video",
  baseUrl: { example: "https://<deployment>.<region>.alta.avigilon.com" },
  firstCall: "api/v1/alarmZones",
  // An assumption: the vendor never returns 404 to a call without a session.
  probe: { path: "api/v1/alarmZones" },
  options: { totpPlacement: { type: "text", example: "login" } },
  sessionCookies: ["va"],
  signsOut: true,
};
