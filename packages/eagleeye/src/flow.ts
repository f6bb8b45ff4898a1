import { type Answer, type Flow, InvalidRequest, isVmsError, type Login, UnexpectedResponse } from "@vms/core";
import { authorizeFailure, switchFailure } from "./errors.ts";
import { authorizeByCode } from "./second-factor.ts";
import { type Context, createSteps, credential, keyHeader, type StepOptions, type Ticket } from "./steps.ts";
import { type EagleEyeUser, userSchema } from "./user.ts";
import {
  brandUrl,
  type EagleEyeData,
  givenCookies,
  isVendorHost,
  parseData,
  type SessionCookie,
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

/** What a login that failed halfway has left to the next one. */
interface Kept {
  /** The key of a login that authorize took and that failed afterwards, so that nobody is asked for a second code. */
  tfa: { readonly account: string; readonly key: string } | undefined;
}

/** The flow, and how to make it forget. */
export interface EagleEyeFlow extends Flow<EagleEyeData, EagleEyeUser> {
  /** Forgets what a login that failed halfway has left to the next one. */
  forget(): void;
}

/**
 * Signs in to Eagle Eye Networks: user name and password for a token, the token and maybe a code for the session's
 * cookie, and where an account is given, the switch to it.
 *
 * A token is sent to authorize once. Whatever goes wrong with it, the login starts again at authenticate.
 * @see Eagle Eye Networks API, "Authentication"
 */
export function eagleEyeFlow(options: EagleEyeFlowOptions): EagleEyeFlow {
  const { baseUrl, realm, account } = options;
  const identity = identityOf(realm, account);
  const kept: Kept = { tfa: undefined };
  return {
    vendor: "eagleeye",
    baseUrl,
    ...(identity === undefined ? {} : { identity }),
    ...(isVendorHost(baseUrl) ? { allowedOrigins: VENDOR_ORIGINS } : {}),
    login: (context) => createSignIn(options, kept).login(context),
    resume: (context, cookies) => createSignIn(options, kept).resume(context, cookies),
    authorize: ({ data }) => credential(options, data),
    outlives: ({ tfaKey }) => tfaKey !== undefined,
    logout: (context, { baseUrl: home, data }) => createSignIn(options, kept).signOut(context, data, home),
    parse: parseData,
    forget() {
      kept.tfa = undefined;
    },
  };
}

interface SignIn extends Pick<Required<Flow<EagleEyeData, EagleEyeUser>>, "login" | "resume"> {
  signOut(context: Context, data: SessionCookie, home: string | URL): Promise<void>;
}

// Made for each conversation, as a session that lies idle needs none of it.
function createSignIn(options: EagleEyeFlowOptions, kept: Kept): SignIn {
  const { baseUrl, apiKey, account } = options;
  const atVendor = isVendorHost(baseUrl);
  const steps = createSteps(options);

  function opened(data: EagleEyeData, user: EagleEyeUser): Opened {
    return { data, user, baseUrl: atVendor ? brandUrl(user.active_brand_subdomain) : baseUrl };
  }

  // Credentials may be another user's by now: a key goes with the user who gave the code for it.
  function remembered({ account: name, previous }: Context): string | undefined {
    if (kept.tfa?.account === name) return kept.tfa.key;
    return previous?.account === name ? previous.data.tfaKey : undefined;
  }

  /** A ticket, and the key that it was given for. */
  async function authenticated(
    context: Context,
    tfaKey: string | undefined,
  ): Promise<{ readonly ticket: Ticket; readonly sent: string | undefined }> {
    try {
      return { ticket: await steps.authenticate(context, tfaKey), sent: tfaKey };
    } catch (error) {
      if (tfaKey === undefined || !isVmsError(error) || error.status !== 400) throw error;
      // A 400 says nothing of the password, so that it may be sent again; and it may be the key that was not understood.
      kept.tfa = undefined;
      return { ticket: await steps.authenticate(context), sent: undefined };
    }
  }

  async function authorized(context: Context): Promise<Opened> {
    let { ticket, sent } = await authenticated(context, remembered(context));
    if (ticket.secondFactor === undefined && context.now() > ticket.usableUntil) {
      ({ ticket, sent } = await authenticated(context, sent));
    }
    const { token, secondFactor } = ticket;
    const byCode = secondFactor !== undefined;
    if (byCode) kept.tfa = undefined;
    const answer = byCode
      ? await authorizeByCode(context, steps, ticket, secondFactor)
      : await steps.authorize(context, token);
    if (!answer.ok) throw authorizeFailure(answer, byCode);
    // A key that did not spare the code is dropped.
    const tfaKey = tfaKeyAfter(answer.headers, byCode ? undefined : sent);
    kept.tfa = tfaKey === undefined ? undefined : { account: context.account, key: tfaKey };
    const cookie = sessionCookie(answer.headers);
    try {
      const user = answer.json(userSchema);
      if (cookie === undefined) throw noCookie(answer);
      return opened(withTfaKey(cookie, tfaKey), user);
    } catch (error) {
      // It is open at the vendor, and nobody will use it. The brand may be what was wrong: the login's host is asked.
      if (cookie !== undefined) await signOut(context, cookie, baseUrl).catch(() => {});
      throw error;
    }
  }

  async function switched(context: Context, session: Opened, to: string): Promise<Opened> {
    const { data, baseUrl: home } = session;
    const answer = await steps.asSession(context, data, home, "g/aaa/switch_account", { fields: { account_id: to } });
    if (!answer.ok) throw switchFailure(answer);
    const found = await steps.asSession(context, data, home, "g/user", { method: "GET" });
    if (!found.ok) throw found.failure();
    const user = found.json(userSchema);
    // Else calls would go on with the account of the login, and nobody would notice.
    const { active_account_id: active } = user;
    // An answer need not name the account; then the vendor's word for the switch counts.
    if (active !== undefined && active !== null && active !== to) throw notSwitched(found.status);
    // Calls stay at the brand of the login: the vendor says that it does not change during a session.
    return { ...session, user };
  }

  // The session lives where calls go. One that is gone already is signed out.
  async function signOut(context: Context, data: SessionCookie, home: string | URL): Promise<void> {
    const answer = await steps.asSession(context, data, home, "g/aaa/logout");
    if (!answer.ok && answer.status !== 401) throw answer.failure();
  }

  return {
    signOut,

    async login(context) {
      const session = await authorized(context);
      try {
        const login = account === undefined ? session : await switched(context, session, account);
        // From here on the key is in the session's record.
        kept.tfa = undefined;
        return login;
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
      const data = withTfaKey(given, given.tfaKey ?? remembered(context));
      const cookie = `${data.cookie}=${data.session}`;
      const answer = await context.send("g/user", { method: "GET", headers: { ...keyHeader(apiKey), cookie } });
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
  };
}

// Final, as no login over again makes it better, and each may cost somebody a code.
function notSwitched(status: number): InvalidRequest {
  return new InvalidRequest(
    "eagleeye",
    "the vendor accepted the switch to `account`, and still works on another one. Check the id, and what the user may do.",
    { status, fields: { account: ["not switched to"] } },
  );
}

// With a realm alone it is what it always was, so that stored sessions stay valid.
function identityOf(realm: string | undefined, account: string | undefined): string | undefined {
  return account === undefined ? realm : JSON.stringify([realm ?? null, account]);
}

function noCookie(answer: Answer): UnexpectedResponse {
  return new UnexpectedResponse(
    "eagleeye",
    "authorize was answered without a session cookie. Check the base URL; in a browser, cookies cannot be read at all.",
    { status: answer.status, paths: ["Set-Cookie: auth_key", "Set-Cookie: videobank_sessionid"] },
  );
}
