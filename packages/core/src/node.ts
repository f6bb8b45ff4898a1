export { type FileStoreOptions, fileStore } from "./node/file-store.ts";
export { type NodeFetchOptions, nodeFetch } from "./node/node-fetch.ts";
export { sessionInterceptor } from "./node/session-interceptor.ts";
