export { describe } from "./describe.ts";
export type { AdminTokenOptions } from "./options.ts";
export { type AdminTokenSession, createAdminTokenSession } from "./session.ts";
export type { AdminCameraGroup, AdminPermission, AdminUser } from "./wire.ts";
