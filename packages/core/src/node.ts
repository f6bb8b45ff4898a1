export { type NodeFetchOptions, nodeFetch } from "./node/node-fetch.ts";
export { sessionInterceptor } from "./node/session-interceptor.ts";
