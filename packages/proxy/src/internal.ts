// For our own packages. Not part of the public API.
export { isLoopback, isWildcard, readBind } from "./access/bind-address.ts";
export { isHostName, tokenProblem } from "./check-options.ts";
