export { type AdminTokenOptions, type AdminTokenSession, createAdminTokenSession } from "./session.ts";
export type { AdminCameraGroup, AdminPermission, AdminUser } from "./wire.ts";
