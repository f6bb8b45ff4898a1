// Writes docs/guides/like-fetch.md.
import { writeFileSync } from "node:fs";
import { PAGE, renderPage } from "./document.ts";

writeFileSync(PAGE, renderPage());
