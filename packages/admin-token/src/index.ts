export { type AdminTokenOptions, createAdminTokenSession } from "./session.ts";
export type { AdminCameraGroup, AdminPermission, AdminUser } from "./wire.ts";
