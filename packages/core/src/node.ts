export {
  type CommandOptions,
  type CredentialCommands,
  credentialsFromCommand,
} from "./node/credentials/credentials-from-command.ts";
export { credentialsFromEnv } from "./node/credentials/credentials-from-env.ts";
export { credentialsFromFile } from "./node/credentials/credentials-from-file.ts";
export { type FileStore, type FileStoreOptions, fileStore } from "./node/file-store/file-store.ts";
export type { StoredFile } from "./node/file-store/listing.ts";
export { type SessionInterceptor, sessionInterceptor } from "./node/interceptor/session-interceptor.ts";
export { type NodeFetchOptions, nodeFetch, type UndiciModule } from "./node/node-fetch/node-fetch.ts";
