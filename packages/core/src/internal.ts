// Only for the packages of this repository: exports can change in any release. For every runtime.
export { checkNames, suggestion } from "./contract/known-names.ts";
export type { StoredError, StoredHistory, StoredRefusal } from "./contract/stored-history.ts";
export { parseStoredValue, type StoredValue } from "./contract/stored-value.ts";
export { baseUrlProblem } from "./net/base-url.ts";
export { networkCode } from "./net/network-error.ts";
export { type LeaseWriter, type OpenLease, openLease } from "./store/open-lease.ts";
export { cancellation } from "./util/cancellation.ts";
export { type Clock, systemClock } from "./util/clock.ts";
export { orAbort, sleep, within } from "./util/wait.ts";
