import { type AltaSession, createAltaSession } from "@vms/alta";

// Next.js evaluates a module once per kind of bundle. `globalThis` keeps one session per process.
const shared = globalThis as { alta?: AltaSession };

shared.alta ??= createAltaSession({
  baseUrl: process.env.VMS_ALTA_URL ?? "",
  credentials: { username: process.env.VMS_ALTA_USERNAME ?? "", password: process.env.VMS_ALTA_PASSWORD ?? "" },
});

export const alta: AltaSession = shared.alta;
