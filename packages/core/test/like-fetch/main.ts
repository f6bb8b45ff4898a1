// Writes docs/guides/like-fetch.md and like-node-fetch.md.
import { writeFileSync } from "node:fs";
import { NODE_FETCH_PAGE, PAGE, renderNodeFetchPage, renderPage } from "./document.ts";

writeFileSync(PAGE, renderPage());
writeFileSync(NODE_FETCH_PAGE, renderNodeFetchPage());
