import { isVmsError } from "@vms/core";
import type { Flow, Login } from "@vms/core/flow";
import { brandUrl, isVendorHost } from "./brand.ts";
import { authorizeFailure, noCookie, notSwitched, switchFailure } from "./errors.ts";
import {
  askUser,
  createLoginRequests,
  type EagleEyeContext,
  type EagleEyeDraft,
  type LoginToken,
  type OpenedSession,
} from "./login-requests.ts";
import type { EagleEyeSettings } from "./options.ts";
import { authorizeByCode } from "./second-factor.ts";
import { type EagleEyeUser, userSchema } from "./user.ts";
import { cookiesOf, type EagleEyeData, givenCookies, sessionCookie, tfaKeyAfter, withTfaKey } from "./wire.ts";

type EagleEyeLogin = Login<EagleEyeData, EagleEyeUser> & OpenedSession;

type SignIn = Pick<Required<Flow<EagleEyeData, EagleEyeUser, EagleEyeDraft>>, "login" | "resume">;

/** Created for each login, because a session in use does not need it. */
export function createSignIn(settings: EagleEyeSettings): SignIn {
  const { baseUrl, account } = settings;
  const atVendor = isVendorHost(baseUrl);
  const requests = createLoginRequests(settings);

  function opened(data: EagleEyeData, user: EagleEyeUser): EagleEyeLogin {
    return { data, user, baseUrl: atVendor ? brandUrl(user.active_brand_subdomain) : baseUrl };
  }

  // The credentials may be another user's by now: a key belongs to the user who entered the code.
  function knownTfaKey({ account: username, draft, previous }: EagleEyeContext): string | undefined {
    return draft.tfaKey ?? (previous?.account === username ? previous.data.tfaKey : undefined);
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
      delete context.draft.tfaKey;
      return { loginToken: await requests.authenticate(context), sentKey: undefined };
    }
  }

  async function openSession(context: EagleEyeContext): Promise<EagleEyeLogin> {
    const { draft } = context;
    let { loginToken, sentKey } = await authenticate(context, knownTfaKey(context));
    if (loginToken.secondFactor === undefined && context.elapsed() > loginToken.usableUntil) {
      ({ loginToken, sentKey } = await authenticate(context, sentKey));
    }
    const { token, secondFactor } = loginToken;
    const byCode = secondFactor !== undefined;
    if (byCode) delete draft.tfaKey;
    const response = byCode
      ? await authorizeByCode(context, requests, loginToken, secondFactor)
      : await requests.authorize(context, token);
    if (!response.ok) throw authorizeFailure(response, byCode);
    const received = cookiesOf(response.headers, baseUrl);
    // A key is dropped if the vendor required a code despite it.
    const tfaKey = tfaKeyAfter(received, byCode ? undefined : sentKey);
    if (tfaKey === undefined) delete draft.tfaKey;
    else draft.tfaKey = tfaKey;
    const cookie = sessionCookie(received);
    // The brand in the response may be invalid, so until it is read the session is at the login's host.
    if (cookie !== undefined) draft.opened = { data: cookie, baseUrl };
    const user = response.json(userSchema);
    if (cookie === undefined) throw noCookie(response);
    const session = opened(withTfaKey(cookie, tfaKey), user);
    draft.opened = session;
    return session;
  }

  /** Continues with the session that an earlier try opened. Returns `undefined` if the vendor has ended it. */
  async function continueWith(context: EagleEyeContext, session: OpenedSession): Promise<EagleEyeLogin | undefined> {
    const response = await askUser(context, session);
    if (response.status === 401) return undefined;
    if (!response.ok) throw response.toError();
    const user = response.json(userSchema);
    // The vendor may have made the switch although its answer was lost.
    if (account === undefined || user.active_account_id === account) return { ...session, user };
    return unlessEnded(switchTo(context, session, account));
  }

  async function switchTo(context: EagleEyeContext, session: OpenedSession, to: string): Promise<EagleEyeLogin> {
    const response = await requests.switchAccount(context, session, to);
    if (!response.ok) throw switchFailure(response);
    const found = await askUser(context, session);
    if (!found.ok) throw found.toError();
    const user = found.json(userSchema);
    // Without this check, calls would silently use the account of the login.
    const { active_account_id: active } = user;
    // If the response does not name the account, the accepted switch counts.
    if (active !== undefined && active !== null && active !== to) throw notSwitched(found.status);
    // Calls keep the brand of the login: the vendor documents that it does not change during a session.
    return { ...session, user };
  }

  return {
    async login(context) {
      const { draft } = context;
      if (draft.opened !== undefined) {
        const continued = await continueWith(context, draft.opened);
        if (continued !== undefined) return continued;
        delete draft.opened;
      }
      const session = await openSession(context);
      return account === undefined ? session : switchTo(context, session, account);
    },

    async resume(context, cookies) {
      const given = givenCookies(cookies);
      if (given === undefined) return undefined;
      const data = withTfaKey(given, given.tfaKey ?? knownTfaKey(context));
      const response = await askUser(context, { data, baseUrl });
      if (response.status === 401) return undefined;
      if (!response.ok) throw response.toError();
      const session = opened(data, response.json(userSchema));
      // The session was opened by another program that may still use it, so a failed switch does not sign it out.
      return account === undefined ? session : unlessEnded(switchTo(context, session, account));
    },
  };
}

/** The session, or `undefined` if the vendor has ended it. */
async function unlessEnded(session: Promise<EagleEyeLogin>): Promise<EagleEyeLogin | undefined> {
  return session.catch((error: unknown) => {
    if (isVmsError(error) && error.status === 401) return undefined;
    throw error;
  });
}
