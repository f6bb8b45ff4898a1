import { callVendors } from "./call-vendors.ts";
import { createAll } from "./smoke.ts";

// At the top level, a worker may not call the runtime: it would not start.
createAll();

// The program for workerd, which calls `test` with the bindings of its configuration.
export default {
  async test(_controller: unknown, { PLACES }: { readonly PLACES: string }): Promise<void> {
    console.log(`SEEN ${JSON.stringify(await callVendors(JSON.parse(PLACES)))}`);
  },
};
