export type { YourVendorOptions } from "./options.ts";
export { createYourVendorSession } from "./session.ts";
export type { YourVendorUser } from "./wire.ts";
