export type { AccessLogEntry } from "./access-log.ts";
export type { ConnectionLimits } from "./connections/connection-limits.ts";
export { createProxy, type SessionProxy } from "./create-proxy.ts";
export type { FailedSession, ProxiedSession, ProxyOptions, ProxySessions } from "./options.ts";
export type { ProxyResponse } from "./responses/proxy-response.ts";
