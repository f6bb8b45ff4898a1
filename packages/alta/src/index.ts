export { describe } from "./describe.ts";
export type { AltaOptions, AltaTotpPlacement } from "./options.ts";
export { type AltaSession, createAltaSession } from "./session.ts";
export type { AltaUser } from "./wire.ts";
