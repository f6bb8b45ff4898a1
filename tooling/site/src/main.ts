// Builds the site with the guides and the reference into tooling/site/dist, and serves it with --serve.
// --base=/vms/ builds it for a host that serves it below a path.
// Run: npm run docs
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildSite } from "./build.ts";
import { serveFolder } from "./serve.ts";

const { values } = parseArgs({
  options: { serve: { type: "boolean", default: false }, base: { type: "string", default: "/" } },
});
const folder = join(import.meta.dirname, "../dist");
const { complaints } = await buildSite(folder, { base: values.base });
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;

if (values.serve) {
  const { url } = await serveFolder(folder);
  console.log(`The site is at ${url} until you press Ctrl-C.`);
} else {
  console.log("The site is in tooling/site/dist. To read it: npm run docs -- --serve");
}
