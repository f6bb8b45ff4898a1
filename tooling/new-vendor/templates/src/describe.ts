import type { VendorDescription } from "@vms/core/flow";

/** Describes Your Vendor to programs that support several vendors, such as `vms`. */
export const describe: VendorDescription<never> = {
  vendor: "your-vendor",
  // Write this: the product's name as people know it, here and in the pages that have it.
  title: "Your Vendor",
  // If all customers use one address, write `default` in place of `example`.
  baseUrl: { example: "https://<host>" },
  // The path of a harmless GET that every account may make.
  firstCall: "api/cameras",
  options: {},
  signsOut: true,
};
