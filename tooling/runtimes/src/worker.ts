import { callVendors } from "./call-vendors.ts";
import { createAll } from "./smoke.ts";

// Out here nothing may be asked of the runtime, and a worker that asks does not start.
createAll();

// The program for workerd: it calls `test`, and gives what its configuration binds.
export default {
  async test(_controller: unknown, { PLACES }: { readonly PLACES: string }): Promise<void> {
    console.log(`SEEN ${JSON.stringify(await callVendors(JSON.parse(PLACES)))}`);
  },
};
