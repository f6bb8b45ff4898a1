export { type AlertSiteOptions, type AlertSiteTransport, createAlertSiteSession } from "./session.ts";
export type { AlertSiteUser } from "./wire.ts";
