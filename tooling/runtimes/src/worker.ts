import { callVendors } from "./call-vendors.ts";
import { createAll } from "./smoke.ts";

// A worker that calls the runtime at the top level does not start.
createAll();

// The program for workerd, which calls `test` with the configured bindings.
export default {
  async test(_controller: unknown, { PLACES }: { readonly PLACES: string }): Promise<void> {
    console.log(`SEEN ${JSON.stringify(await callVendors(JSON.parse(PLACES)))}`);
  },
};
