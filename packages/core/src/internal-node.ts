// Only for the packages of this repository: exports can change in any release. Node only.
export { passwordFromEnv } from "./node/credentials/password-from-env.ts";
export { readPrivate as readSecretFile } from "./node/credentials/read-private.ts";
export {
  type EnvironmentProxy,
  environmentNoProxy,
  environmentProxy,
  isProxyExcluded,
} from "./node/node-fetch/environment-proxy.ts";
export { decodeLine, decodeText } from "./node/private-files/decode-text.ts";
export { hasModes, isOpenToOthers, ownsFile } from "./node/private-files/file-access.ts";
export { fileErrorCode } from "./node/private-files/file-error.ts";
export { makeDirectory } from "./node/private-files/make-directory.ts";
export { quotePath } from "./node/private-files/quote-path.ts";
export { removeFile } from "./node/private-files/remove-file.ts";
export { replaceFile } from "./node/private-files/replace-file.ts";
export { type FileProblem, type Openness, secretFileProblem } from "./node/private-files/secret-file.ts";
export { unreadableFile } from "./node/private-files/unreadable-file.ts";
