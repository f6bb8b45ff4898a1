export const HOME = "https://vendor.example";
/** The origin of calls, if it differs from that of logins. */
export const REGION = "https://region.example";
/** The prefix of all secrets. */
export const SECRET = "made-up-secret";
