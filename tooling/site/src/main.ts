// Builds the site with the guides and the reference into tooling/site/dist.
// Run: npm run docs
import { join } from "node:path";
import { buildSite } from "./build.ts";

const folder = join(import.meta.dirname, "../dist");
const { complaints } = await buildSite(folder);
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;
else console.log("The site is in tooling/site/dist: open tooling/site/dist/index.html in a browser.");
