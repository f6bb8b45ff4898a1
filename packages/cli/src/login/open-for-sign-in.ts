import { type AnyVmsError, isVmsError, type SecondFactor, type Session, type SessionInfo } from "@vms/core";
import { vendors } from "../profiles/vendors.ts";
import { askSecondFactor } from "../prompts/ask-second-factor.ts";
import { environmentTotp } from "../secrets/environment-secrets.ts";
import { openSession } from "../sessions/open-session.ts";
import { openStore } from "../sessions/session-store.ts";
import type { SignInRequest } from "./sign-in-request.ts";
import { withWaitingNotice } from "./waiting-notice.ts";

/** A session, and what its events reported. */
export interface Opened {
  readonly session: Session;
  readonly seen: { adopted: boolean; sent: boolean; codes: number; saveError?: AnyVmsError };
}

/** Opens the session of a sign-in. Nothing is sent. */
export async function open(request: SignInRequest, password: () => string): Promise<Opened> {
  const { name, profile, config, terminal } = request;
  const seen: Opened["seen"] = { adopted: false, sent: false, codes: 0 };
  const session = await openSession(terminal.system, name, profile, config, {
    password,
    store: withWaitingNotice(await openStore(terminal.system, config, "replace"), terminal),
    ...(terminal.interactive ? { secondFactor: counted(await codes(request), seen) } : {}),
  });
  session.on("login_started", () => (seen.sent = true));
  session.on("login", ({ from }) => (seen.adopted = from === "store"));
  session.on("store_failed", ({ operation, error }) => {
    if (operation === "set") seen.saveError = error;
  });
  return { session, seen };
}

/** Counts the codes that were asked for. */
function counted(ask: SecondFactor, seen: { codes: number }): SecondFactor {
  return (challenge) => {
    seen.codes++;
    return ask(challenge);
  };
}

/** Codes of the environment's authenticator secret if it is set; other codes are asked for. */
async function codes({ profile, terminal, signal }: SignInRequest): Promise<SecondFactor> {
  const app = await environmentTotp(terminal.system, profile);
  const ask = askSecondFactor(terminal, signal);
  if (app === undefined) return ask;
  return (challenge) => (challenge.methods.some(({ type }) => type === "totp") ? app : ask)(challenge);
}

/** Signs in as the request says. */
export async function logIn(
  session: Session,
  { session: wanted, profile, signal }: SignInRequest,
): Promise<SessionInfo> {
  if (wanted === "new") return session.renew({ signal });
  const info = await session.login({ signal });
  if (wanted === "any") return info;
  // If the vendor rejects the stored session, this call renews it.
  const { body } = await session.fetch(vendors[profile.vendor].firstCall, { signal });
  await body?.cancel();
  return session.login({ signal });
}

/** A person may know that a password is right by now, although the vendor rejected it before. */
export async function logInAsTyped({ session, seen }: Opened, request: SignInRequest): Promise<SessionInfo> {
  seen.sent = false;
  try {
    return await logIn(session, request);
  } catch (error) {
    if (!isVmsError(error) || error.code !== "invalid_credentials" || seen.sent) throw error;
    return session.renew({ signal: request.signal });
  }
}
