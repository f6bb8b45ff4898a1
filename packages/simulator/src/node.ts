export { type Served, type ServeOptions, serve } from "./node/serve.ts";
export { type ServeAllOptions, type ServedSimulator, serveAll } from "./node/serve-all.ts";
