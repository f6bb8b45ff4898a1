// Builds the site with the guides and the reference into tooling/site/dist, and serves it with --serve.
// Run: npm run docs
import { join } from "node:path";
import { buildSite } from "./build.ts";
import { serveFolder } from "./serve.ts";

const folder = join(import.meta.dirname, "../dist");
const { complaints } = await buildSite(folder);
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;

if (process.argv.includes("--serve")) {
  const { url } = await serveFolder(folder);
  console.log(`The site is at ${url} until you press Ctrl-C.`);
} else {
  console.log("The site is in tooling/site/dist. To read it: npm run docs -- --serve");
}
