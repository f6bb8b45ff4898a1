import type { VendorOptions, VendorServer } from "../vendor-server.ts";

// Write this: an option for each point that the vendor does not document. Its docstring has `Assumed`.
/** Options of Your Vendor's server. */
export type YourVendorOptions = VendorOptions;

/** A server that behaves like Your Vendor. */
export interface YourVendorServer extends VendorServer {
  /** The vendor that the server behaves like. */
  readonly vendor: "your-vendor";
}
