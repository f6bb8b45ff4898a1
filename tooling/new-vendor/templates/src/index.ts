export { describe } from "./describe.ts";
export type { YourVendorOptions } from "./options.ts";
export { createYourVendorSession, type YourVendorSession } from "./session.ts";
export type { YourVendorUser } from "./wire.ts";
