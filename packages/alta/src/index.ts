export { type AltaCodeIn, type AltaOptions, createAltaSession } from "./session.ts";
export type { AltaUser } from "./wire.ts";
