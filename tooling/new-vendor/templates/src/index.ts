export { createYourVendorSession, type YourVendorOptions } from "./session.ts";
export type { YourVendorUser } from "./wire.ts";
