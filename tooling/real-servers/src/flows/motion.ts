import { InvalidCredentials, RateLimited, type Session, type SessionOptions, type VmsError } from "@vms/core";
import { createSession, type DigestKey, digest, type Flow, type FlowResponse, parseBaseUrl } from "@vms/core/flow";

// Motion, "Webcontrol": digest authentication of each request (`webcontrol_auth_method 2`), without sessions.

/** The user who signed in. */
export interface MotionUser {
  readonly name: string;
}

const vendor = "motion";

/** The default duration of a lock, in ms: `webcontrol_lock_minutes`. */
const LOCKED_FOR = 5 * 60_000;

/** A harmless request that every user may send. */
const PROBE = "0/detection/connection";

function motionFlow(baseUrl: URL): Flow<DigestKey, MotionUser> {
  const auth = digest();
  return {
    vendor,
    baseUrl,

    async login(context) {
      const credentials = await context.credentials();
      const challenge = await context.send(PROBE, { method: "GET" });
      const data = auth.key(challenge.headers.get("www-authenticate"), credentials);
      if (data === undefined) throw loginError(challenge);
      const response = await context.send(PROBE, { method: "GET", as: data });
      if (response.status === 401) {
        const problem = "the server rejected the user name or the password (401).";
        throw new InvalidCredentials(vendor, problem, { status: 401 });
      }
      // The status is not enough: see `loginError`.
      if (!response.ok || !response.text.includes("Connection")) throw loginError(response);
      return { data, user: { name: credentials.username } };
    },

    authorize: () => ({}),
    sign: auth.sign,
    rotate: auth.rotate,
    parse: auth.parse,
  };
}

function loginError(response: FlowResponse): VmsError {
  // A locked address gets a 200, and each attempt restarts the five minutes.
  if (response.ok && response.text.startsWith("Bad Request")) {
    const problem = "this address is locked for five minutes, after failed attempts.";
    return new RateLimited(vendor, problem, { status: response.status, retryAfter: LOCKED_FOR });
  }
  return response.toError();
}

/** Creates a session with Motion. */
export function createMotionSession({
  baseUrl,
  ...options
}: SessionOptions & { readonly baseUrl: string | URL }): Session<MotionUser> {
  return createSession(motionFlow(parseBaseUrl(vendor, baseUrl)), options);
}
