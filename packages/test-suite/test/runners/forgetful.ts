import { memoryStore, type SessionStore } from "@vms/core";

/** A store that keeps nothing. */
export const forgetful = (): SessionStore => ({ ...memoryStore(), set: async () => {} });
