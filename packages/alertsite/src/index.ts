export { describe } from "./describe.ts";
export type { AlertSiteOptions, AlertSiteTransport } from "./options.ts";
export { type AlertSiteSession, createAlertSiteSession } from "./session.ts";
export type { AlertSiteUser } from "./wire.ts";
