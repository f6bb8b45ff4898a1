import { measureCalls } from "./calls.ts";
import { startVendor } from "./vendor.ts";

// Measures some cases in a process of its own, so that its CPU time contains nothing else. Its argument is their names as JSON.
await using vendor = await startVendor();
const { ratios } = await measureCalls(vendor, 6, { turns: 2, only: JSON.parse(process.argv[2] ?? "[]") });
console.log(JSON.stringify(ratios));
