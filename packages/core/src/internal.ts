// For the packages of this repository only. These exports can change in any release.
export { hasModes, isOpenToOthers, ownsFile } from "./node/private-files/file-access.ts";
export { fileErrorCode } from "./node/private-files/file-error.ts";
export { makeDirectory } from "./node/private-files/make-directory.ts";
export { quotePath } from "./node/private-files/quote-path.ts";
export { replaceFile } from "./node/private-files/replace-file.ts";
export { type LeaseWriter, type OpenLease, openLease } from "./store/open-lease.ts";
export { type Clock, systemClock } from "./util/clock.ts";
export { orAbort, sleep, within } from "./util/wait.ts";
