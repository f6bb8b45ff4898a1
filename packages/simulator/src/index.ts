export type { Account } from "./accounts.ts";
export type { AdminTokenOptions, AdminTokenServer } from "./admin-token/options.ts";
export { createAdminTokenServer } from "./admin-token/server.ts";
export type { AlertSiteAccount, AlertSiteOptions, AlertSiteServer } from "./alertsite/options.ts";
export { createAlertSiteServer } from "./alertsite/server.ts";
export type { AltaAccount, AltaOptions, AltaServer, Rotation } from "./alta/options.ts";
export { createAltaServer } from "./alta/server.ts";
export { type Clock, createClock } from "./clock.ts";
export type {
  EagleEyeAccount,
  EagleEyeContacts,
  EagleEyeKeyHeader,
  EagleEyeOptions,
  EagleEyeServer,
  EagleEyeState,
  EagleEyeWay,
  SentCode,
} from "./eagleeye/options.ts";
export { createEagleEyeServer } from "./eagleeye/server.ts";
export type { Answer, Ending, Incoming, Receive, ReceivedRequest } from "./exchange.ts";
export type { FindFaceAccount, FindFaceMode, FindFaceOptions, FindFaceServer } from "./findface/options.ts";
export { createFindFaceServer } from "./findface/server.ts";
export type { ScriptedAnswer } from "./script.ts";
export type { VendorKey, VendorName, VendorServerOptions, VendorServers } from "./servers.ts";
export type { SessionEndedAs } from "./session-ended.ts";
export { createSimulator, type Simulator, type SimulatorOptions } from "./simulator.ts";
export type { VendorOptions, VendorServer } from "./vendor-server.ts";
