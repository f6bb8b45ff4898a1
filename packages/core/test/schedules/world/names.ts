/** The origin of the vendor. */
export const HOME = "https://vendor.example";
/** The origin of its calls, if it is another one. */
export const REGION = "https://region.example";
/** What every secret here begins with. */
export const SECRET = "made-up-secret";
