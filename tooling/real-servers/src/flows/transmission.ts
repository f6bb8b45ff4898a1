import { InvalidCredentials, type Session, type SessionOptions } from "@vms/core";
import { base64Utf8, createSession, type Flow, parseBaseUrl, validate } from "@vms/core/flow";
import * as z from "zod/mini";

// Transmission, "RPC specification": each call carries Basic authentication
// and a session id against forged requests.
// A call without the current id gets a 409 with the id in a header.

/** The session data. `basic` contains the password, so a store of these sessions must be encrypted. */
interface TransmissionData {
  readonly basic: string;
  readonly sessionId: string;
}

/** The user who signed in. */
export interface TransmissionUser {
  readonly name: string;
}

const vendor = "transmission";
const SESSION_ID = "x-transmission-session-id";
const text = z.string().check(z.minLength(1));
const dataSchema = z.object({ basic: text, sessionId: text });

function transmissionFlow(baseUrl: URL): Flow<TransmissionData, TransmissionUser> {
  return {
    vendor,
    baseUrl,

    async login(context) {
      const { username, password } = await context.credentials();
      const basic = base64Utf8(`${username}:${password}`);
      const response = await context.send("rpc", { headers: { authorization: `Basic ${basic}` } });
      if (response.status === 401) {
        const problem = "the server rejected the user name or the password (401).";
        throw new InvalidCredentials(vendor, problem, { status: 401 });
      }
      const sessionId = response.headers.get(SESSION_ID);
      if (response.status !== 409 || sessionId === null) throw response.toError();
      return { data: { basic, sessionId }, user: { name: username } };
    },

    authorize: ({ data }) => ({ headers: { authorization: `Basic ${data.basic}`, [SESSION_ID]: data.sessionId } }),

    // A 409 without an id is about the call, not about the session.
    isRejected: ({ status, headers }) => status === 401 || (status === 409 && headers.has(SESSION_ID)),

    parse: (data) => validate(dataSchema, data, vendor, "the stored session"),
  };
}

/** Creates a session with Transmission. */
export function createTransmissionSession({
  baseUrl,
  ...options
}: SessionOptions & { readonly baseUrl: string | URL }): Session<TransmissionUser> {
  return createSession(transmissionFlow(parseBaseUrl(vendor, baseUrl)), options);
}
