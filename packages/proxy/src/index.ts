export { createProxy, type SessionProxy } from "./create-proxy.ts";
export type { ProxiedSession, ProxyOptions, ProxySessions } from "./options.ts";
export type { ProxyResponse } from "./responses/proxy-response.ts";
