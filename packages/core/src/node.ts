export { credentialsFromEnv, credentialsFromFile } from "./node/credentials-from.ts";
export type { StoredFile } from "./node/file-listing.ts";
export { type FileStore, type FileStoreOptions, fileStore } from "./node/file-store.ts";
export { type NodeFetchOptions, nodeFetch } from "./node/node-fetch.ts";
export { type SessionInterceptor, sessionInterceptor } from "./node/session-interceptor.ts";
