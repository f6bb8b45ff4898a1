import { type Flow, isVmsError, type Login } from "@vms/core";
import { brandUrl, isVendorHost } from "./brand.ts";
import { apiKeyHeader } from "./credential.ts";
import { authorizeFailure, noCookie, notSwitched, switchFailure } from "./errors.ts";
import { createLoginRequests, type EagleEyeContext, type LoginToken } from "./login-requests.ts";
import type { EagleEyeSettings } from "./options.ts";
import { authorizeByCode } from "./second-factor.ts";
import { type EagleEyeUser, userSchema } from "./user.ts";
import { type EagleEyeData, givenCookies, type SessionCookie, sessionCookie, tfaKeyAfter, withTfaKey } from "./wire.ts";

/** A session that the vendor has opened, and the base URL of its calls. */
interface OpenedSession extends Login<EagleEyeData, EagleEyeUser> {
  readonly baseUrl: URL;
}

/** The `tfa_key` of a login that failed after authorize, so that the next login needs no second code. */
export interface RememberedKey {
  key: { readonly account: string; readonly tfaKey: string } | undefined;
}

interface SignIn extends Pick<Required<Flow<EagleEyeData, EagleEyeUser>>, "login" | "resume"> {
  signOut(context: EagleEyeContext, data: SessionCookie, baseUrl: string | URL): Promise<void>;
}

/** Created for each login, because a session in use does not need it. */
export function createSignIn(settings: EagleEyeSettings, remembered: RememberedKey): SignIn {
  const { baseUrl, apiKey, account } = settings;
  const atVendor = isVendorHost(baseUrl);
  const requests = createLoginRequests(settings);

  function opened(data: EagleEyeData, user: EagleEyeUser): OpenedSession {
    return { data, user, baseUrl: atVendor ? brandUrl(user.active_brand_subdomain) : baseUrl };
  }

  // The credentials may be another user's by now: a key belongs to the user who entered the code.
  function knownTfaKey({ account: username, previous }: EagleEyeContext): string | undefined {
    if (remembered.key?.account === username) return remembered.key.tfaKey;
    return previous?.account === username ? previous.data.tfaKey : undefined;
  }

  /** A login token, and the `tfa_key` that was sent for it. */
  async function authenticate(
    context: EagleEyeContext,
    tfaKey: string | undefined,
  ): Promise<{ readonly loginToken: LoginToken; readonly sentKey: string | undefined }> {
    try {
      return { loginToken: await requests.authenticate(context, tfaKey), sentKey: tfaKey };
    } catch (error) {
      if (tfaKey === undefined || !isVmsError(error) || error.status !== 400) throw error;
      // A 400 may be caused by the key, and is not about the password, so the password may be sent again.
      remembered.key = undefined;
      return { loginToken: await requests.authenticate(context), sentKey: undefined };
    }
  }

  async function openSession(context: EagleEyeContext): Promise<OpenedSession> {
    let { loginToken, sentKey } = await authenticate(context, knownTfaKey(context));
    if (loginToken.secondFactor === undefined && context.now() > loginToken.usableUntil) {
      ({ loginToken, sentKey } = await authenticate(context, sentKey));
    }
    const { token, secondFactor } = loginToken;
    const byCode = secondFactor !== undefined;
    if (byCode) remembered.key = undefined;
    const answer = byCode
      ? await authorizeByCode(context, requests, loginToken, secondFactor)
      : await requests.authorize(context, token);
    if (!answer.ok) throw authorizeFailure(answer, byCode);
    // A key is dropped if the vendor required a code despite it.
    const tfaKey = tfaKeyAfter(answer.headers, byCode ? undefined : sentKey);
    remembered.key = tfaKey === undefined ? undefined : { account: context.account, tfaKey };
    const cookie = sessionCookie(answer.headers);
    try {
      const user = answer.json(userSchema);
      if (cookie === undefined) throw noCookie(answer);
      return opened(withTfaKey(cookie, tfaKey), user);
    } catch (error) {
      // The session is open at the vendor but cannot be used. The brand may be invalid, so the login's host is used.
      if (cookie !== undefined) await signOut(context, cookie, baseUrl).catch(() => {});
      throw error;
    }
  }

  async function switchTo(context: EagleEyeContext, session: OpenedSession, to: string): Promise<OpenedSession> {
    const { data, baseUrl: base } = session;
    const answer = await requests.asSession(context, data, base, "g/aaa/switch_account", {
      fields: { account_id: to },
    });
    if (!answer.ok) throw switchFailure(answer);
    const found = await requests.asSession(context, data, base, "g/user", { method: "GET" });
    if (!found.ok) throw found.failure();
    const user = found.json(userSchema);
    // Without this check, calls would silently use the account of the login.
    const { active_account_id: active } = user;
    // If the answer does not name the account, the accepted switch counts.
    if (active !== undefined && active !== null && active !== to) throw notSwitched(found.status);
    // Calls keep the brand of the login: the vendor documents that it does not change during a session.
    return { ...session, user };
  }

  // A 401 means that the session has already ended.
  async function signOut(context: EagleEyeContext, data: SessionCookie, base: string | URL): Promise<void> {
    const answer = await requests.asSession(context, data, base, "g/aaa/logout");
    if (!answer.ok && answer.status !== 401) throw answer.failure();
  }

  return {
    signOut,

    async login(context) {
      const session = await openSession(context);
      try {
        const login = account === undefined ? session : await switchTo(context, session, account);
        // The session's record contains the key from now on.
        remembered.key = undefined;
        return login;
      } catch (error) {
        const failure = await signOut(context, session.data, session.baseUrl).catch((thrown: unknown) => thrown);
        // After an abort nothing can be sent here: the core signs out the session that is returned.
        if (context.signal.aborted || (isVmsError(failure) && failure.code === "session_closed")) return session;
        throw error;
      }
    },

    async resume(context, cookies) {
      const given = givenCookies(cookies);
      if (given === undefined) return undefined;
      const data = withTfaKey(given, given.tfaKey ?? knownTfaKey(context));
      const cookie = `${data.cookie}=${data.session}`;
      const answer = await context.send("g/user", { method: "GET", headers: { ...apiKeyHeader(apiKey), cookie } });
      if (answer.status === 401) return undefined;
      if (!answer.ok) throw answer.failure();
      const session = opened(data, answer.json(userSchema));
      if (account === undefined) return session;
      // The session was opened by another program that may still use it, so a failed switch does not sign it out.
      return switchTo(context, session, account).catch((error: unknown) => {
        if (isVmsError(error) && error.status === 401) return undefined;
        throw error;
      });
    },
  };
}
