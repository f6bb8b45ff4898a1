import { type Answer, type Flow, isVmsError, type Login, UnexpectedResponse } from "@vms/core";
import { authorizeFailure, switchFailure } from "./errors.ts";
import { authorizeByCode } from "./second-factor.ts";
import { type Context, createSteps, type StepOptions } from "./steps.ts";
import { type EagleEyeUser, userSchema } from "./user.ts";
import {
  brandUrl,
  type EagleEyeData,
  givenCookies,
  isVendorHost,
  parseData,
  sessionCookie,
  tfaKeyAfter,
  VENDOR_ORIGINS,
  withTfaKey,
} from "./wire.ts";

/** The flow's options, checked. */
export interface EagleEyeFlowOptions extends StepOptions {
  readonly baseUrl: URL;
  readonly account: string | undefined;
}

/** A session that the vendor has opened, and where it lives. */
interface Opened extends Login<EagleEyeData, EagleEyeUser> {
  readonly baseUrl: URL;
}

/**
 * Signs in to Eagle Eye Networks: user name and password for a token, the token and maybe a code for the session's
 * cookie, and where an account is given, the switch to it.
 *
 * A token is sent to authorize once. Whatever goes wrong with it, the login starts again at authenticate.
 * @see Eagle Eye Networks API, "Authentication"
 */
export function eagleEyeFlow(options: EagleEyeFlowOptions): Flow<EagleEyeData, EagleEyeUser> {
  const { baseUrl, realm, apiKey, account } = options;
  const atVendor = isVendorHost(baseUrl);
  const steps = createSteps(options);
  const identity = identityOf(realm, account);

  function opened(data: EagleEyeData, user: EagleEyeUser): Opened {
    return { data, user, baseUrl: atVendor ? brandUrl(user.active_brand_subdomain) : baseUrl };
  }

  // Credentials may be another user's by now: a key goes with the user who gave the code for it.
  async function remembered(context: Context): Promise<string | undefined> {
    const { previous } = context;
    if (previous?.data.tfaKey === undefined) return undefined;
    return (await context.credentials()).username === previous.account ? previous.data.tfaKey : undefined;
  }

  async function authorized(context: Context, tfaKey: string | undefined): Promise<Opened> {
    let ticket = await steps.authenticate(context, tfaKey);
    if (ticket.secondFactor === undefined && context.now() > ticket.usableUntil) {
      ticket = await steps.authenticate(context, tfaKey);
    }
    const { token, secondFactor } = ticket;
    const byCode = secondFactor !== undefined;
    const answer = byCode
      ? await authorizeByCode(context, steps, ticket, secondFactor)
      : await steps.authorize(context, token);
    if (!answer.ok) throw authorizeFailure(answer, byCode);
    const user = answer.json(userSchema);
    // A key that did not spare the code is dropped.
    const data = withTfaKey(cookieIn(answer), tfaKeyAfter(answer.headers, byCode ? undefined : tfaKey));
    return opened(data, user);
  }

  async function switched(context: Context, session: Opened, to: string): Promise<Opened> {
    const { data, baseUrl: home } = session;
    const answer = await steps.asSession(context, data, home, "g/aaa/switch_account", { fields: { account_id: to } });
    if (!answer.ok) throw switchFailure(answer);
    const found = await steps.asSession(context, data, home, "g/user", { method: "GET" });
    if (!found.ok) throw found.failure();
    const user = found.json(userSchema);
    // Else calls would go on with the account of the login, and nobody would notice.
    if (user.active_account_id !== to) throw notSwitched(found.status);
    // Calls stay at the brand of the login: the vendor says that it does not change during a session.
    return { ...session, user };
  }

  // The session lives where calls go. One that is gone already is signed out.
  async function signOut(context: Context, data: EagleEyeData, home: string | URL): Promise<void> {
    const answer = await steps.asSession(context, data, home, "g/aaa/logout");
    if (!answer.ok && answer.status !== 401) throw answer.failure();
  }

  return {
    vendor: "eagleeye",
    baseUrl,
    ...(identity === undefined ? {} : { identity }),
    ...(atVendor ? { allowedOrigins: VENDOR_ORIGINS } : {}),

    async login(context) {
      const session = await authorized(context, await remembered(context));
      if (account === undefined) return session;
      try {
        return await switched(context, session, account);
      } catch (error) {
        const failure = await signOut(context, session.data, session.baseUrl).catch((thrown: unknown) => thrown);
        // Where nobody waits any more, nothing can be sent here; what is yielded then is signed out by the core.
        if (context.signal.aborted || (isVmsError(failure) && failure.code === "session_closed")) return session;
        throw error;
      }
    },

    async resume(context, cookies) {
      const given = givenCookies(cookies);
      if (given === undefined) return undefined;
      const data = withTfaKey(given, given.tfaKey ?? (await remembered(context)));
      const headers = { ...(apiKey === undefined ? {} : { authentication: apiKey }) };
      const cookie = `${data.cookie}=${data.session}`;
      const answer = await context.send("g/user", { method: "GET", headers: { ...headers, cookie } });
      if (answer.status === 401) return undefined;
      if (!answer.ok) throw answer.failure();
      const session = opened(data, answer.json(userSchema));
      if (account === undefined) return session;
      // It was opened elsewhere and may be in use there, so that it is not signed out where the switch fails.
      return switched(context, session, account).catch((error: unknown) => {
        if (isVmsError(error) && error.status === 401) return undefined;
        throw error;
      });
    },

    authorize: ({ data }) => steps.credential(data),
    outlives: ({ tfaKey }) => tfaKey !== undefined,
    logout: (context, { baseUrl: home, data }) => signOut(context, data, home),
    parse: parseData,
  };
}

function notSwitched(status: number): UnexpectedResponse {
  return new UnexpectedResponse(
    "eagleeye",
    "the vendor accepted the switch to `account`, and still works on another one. Check the id, and what the user may do.",
    { status, paths: ["active_account_id"] },
  );
}

// With a realm alone it is what it always was, so that stored sessions stay valid.
function identityOf(realm: string | undefined, account: string | undefined): string | undefined {
  return account === undefined ? realm : JSON.stringify([realm ?? null, account]);
}

function cookieIn(answer: Answer): NonNullable<ReturnType<typeof sessionCookie>> {
  const cookie = sessionCookie(answer.headers);
  if (cookie !== undefined) return cookie;
  throw new UnexpectedResponse(
    "eagleeye",
    "authorize was answered without a session cookie. Check the base URL; in a browser, cookies cannot be read at all.",
    { status: answer.status, paths: ["Set-Cookie: auth_key", "Set-Cookie: videobank_sessionid"] },
  );
}
