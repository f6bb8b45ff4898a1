import { measureCalls } from "./calls.ts";
import { startVendor } from "./vendor.ts";

// Measures the cases in the argument (JSON) in a separate process, so that its CPU time contains nothing else.
await using vendor = await startVendor();
const { ratios } = await measureCalls(vendor, 6, { turns: 2, only: JSON.parse(process.argv[2] ?? "[]") });
console.log(JSON.stringify(ratios));
