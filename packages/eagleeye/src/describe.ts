import type { VendorDescription } from "@vms/core/flow";

/** Describes Eagle Eye Networks to programs that support several vendors, such as `vms`. */
export const describe: VendorDescription<
  "body" | "transport" | "realm" | "apiKey" | "apiKeyHeader" | "rememberTokenPlacement" | "account"
> = {
  vendor: "eagleeye",
  title: "Eagle Eye Networks",
  baseUrl: { default: "https://login.eagleeyenetworks.com" },
  firstCall: "g/user",
  // Documented: 200 or 401, and no body.
  probe: { path: "g/aaa/isauth" },
  options: {
    body: { type: "text", example: "json" },
    transport: { type: "text", example: "query" },
    realm: { type: "text", example: "eagleeyenetworks" },
    apiKey: { type: "secret" },
    apiKeyHeader: { type: "text", example: "Authentication: KEY:" },
    rememberTokenPlacement: { type: "text", example: "parameter" },
    account: { type: "text", example: "00004206", listedAt: "g/account/list" },
  },
  sessionCookies: ["auth_key", "videobank_sessionid"],
  signsOut: true,
};
