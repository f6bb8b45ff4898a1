export type { AlertSiteOptions, AlertSiteTransport } from "./options.ts";
export { createAlertSiteSession } from "./session.ts";
export type { AlertSiteUser } from "./wire.ts";
