export type { AltaCodeIn, AltaOptions } from "./options.ts";
export { createAltaSession } from "./session.ts";
export type { AltaUser } from "./wire.ts";
