import {
  type AnyVmsError,
  InvalidOptions,
  InvalidRequest,
  inTime,
  isVmsError,
  parseRetryAfter,
  parseWith,
  RateLimited,
  type Schema,
  type Session,
  type SessionOptions,
  UnexpectedResponse,
  VendorUnavailable,
  type WaitOptions,
} from "@vms/core";
import * as z from "zod/mini";
import { licenseError, permissionDenied } from "./errors.ts";
import { integer, isLicenseError } from "./wire.ts";

/** A session of a device, as the vendor lists it. Dates are ISO 8601 with a zone. Undocumented keys are kept. */
export interface FindFaceDeviceSession {
  readonly id: string | number;
  /** Documented: `blocked`, `offline` and `online`. */
  readonly status: string;
  /** `false` if the password is still required after the face. */
  readonly active: boolean;
  /** The name of the device: the option `uuid`. */
  readonly uuid: string;
  readonly mobile: boolean;
  readonly device_info?: Readonly<Record<string, unknown>> | null;
  readonly ip?: string | null;
  readonly last_ping_date?: string | null;
  /** The name of the user who signed in. */
  readonly user__username: string;
  readonly created_date: string;
  readonly user_id: number;
}

/** The sessions of all devices that the account may see. */
export interface FindFaceDeviceSessions {
  /**
   * Lists the sessions of all pages.
   * @throws {AccountUnavailable} (`account_unavailable`) if the account or the license does not allow it.
   * @throws {UnexpectedResponse} (`unexpected_response`) with the invalid paths; also for an endless list of pages.
   * @throws {VendorUnavailable} (`vendor_unavailable`), {RateLimited} (`rate_limited`), and the errors of signing in.
   * @see FindFace Multi, `GET /sessions/`
   */
  list(options?: WaitOptions): Promise<FindFaceDeviceSession[]>;
  /**
   * Ends sessions by their `id`. Without an id it does nothing. If this session is one of them, the next call signs in
   * again.
   * @throws the same as `list`, and {InvalidRequest} (`invalid_request`) if the vendor refuses the ids.
   * @see FindFace Multi, `POST /sessions/delete/`
   */
  end(ids: readonly FindFaceDeviceSession["id"][], options?: WaitOptions): Promise<void>;
}

/** The largest number of pages, far more than any installation has: it stops an endless cursor. */
const MAX_PAGES = 1_000;

interface Page {
  readonly next_page?: string | number | null;
  readonly results: FindFaceDeviceSession[];
}

const sessionSchema = z.looseObject({
  id: z.custom<string | number>((value) => (typeof value === "string" ? value !== "" : Number.isSafeInteger(value))),
  status: z.string(),
  active: z.boolean(),
  uuid: z.string(),
  mobile: z.boolean(),
  device_info: z.exactOptional(z.nullable(z.looseObject({}))),
  ip: z.exactOptional(z.nullable(z.string())),
  last_ping_date: z.exactOptional(z.nullable(z.string())),
  user__username: z.string(),
  created_date: z.string(),
  user_id: integer,
});

const pageSchema: Schema<Page> = z.looseObject({
  next_page: z.exactOptional(
    z.nullable(z.custom<string | number>((value) => typeof value === "string" || Number.isSafeInteger(value))),
  ),
  results: z.array(sessionSchema),
});

/** Lists and ends sessions with `session.fetch`, so that its guarantees hold for these calls too. */
export function deviceSessions(
  session: Pick<Session, "authorization" | "fetch" | "on">,
  { timeout = 30_000 }: Pick<SessionOptions, "timeout">,
): FindFaceDeviceSessions {
  async function call(what: string, path: string, wait: WaitOptions, init: RequestInit = {}): Promise<string> {
    // An error of the login is thrown as it is. Below, an error of `fetch` is a network failure.
    await session.authorization(wait);
    let response: Response;
    let text: string;
    try {
      [response, text] = await inTime(session, timeout, wait.signal, async (signal) => {
        const answer = await session.fetch(path, { ...init, signal });
        return [answer, await answer.text()];
      });
    } catch (error) {
      wait.signal?.throwIfAborted();
      if (isVmsError(error)) throw error;
      throw new VendorUnavailable("findface", `${what} got no answer. Check the network and the vendor's status.`);
    }
    if (!response.ok) throw failureOf(what, response, text);
    return text;
  }

  return {
    async list(wait = {}) {
      const what = "GET sessions/";
      const all: FindFaceDeviceSession[] = [];
      const seen = new Set<string>();
      for (let path = "sessions/"; ; ) {
        const { next_page: next, results } = pageOf(what, await call(what, path, wait));
        all.push(...results);
        const cursor = String(next ?? "");
        if (cursor === "") return all;
        if (seen.has(cursor) || seen.size >= MAX_PAGES) {
          throw new UnexpectedResponse("findface", `the pages of ${what} have no end.`, { paths: ["next_page"] });
        }
        seen.add(cursor);
        path = `sessions/?${new URLSearchParams({ page: cursor })}`;
      }
    },

    async end(ids, wait = {}) {
      if (!Array.isArray(ids) || !ids.every((id) => Number.isInteger(id) || (typeof id === "string" && id !== ""))) {
        throw new InvalidOptions("findface", "`sessions.end` must be given a list of the `id`s of sessions.");
      }
      if (ids.length === 0) return;
      await call("POST sessions/delete/", "sessions/delete/", wait, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ id_in: ids }),
      });
    },
  };
}

// An assumption: the list has pages, like the list of users. A list without pages is accepted too.
function pageOf(what: string, text: string): Page {
  const value = parsed(text);
  if (value === undefined) {
    throw new UnexpectedResponse("findface", `the answer to ${what} is not JSON. Check the base URL.`);
  }
  const page = Array.isArray(value) ? { results: value } : value;
  return parseWith(pageSchema, page, "findface", `the answer to ${what}`);
}

// The vendor's texts are omitted, because they may quote unknown secrets.
function failureOf(what: string, response: Response, text: string): AnyVmsError {
  const { status } = response;
  const body = parsed(text);
  if ((status === 401 || status === 403) && isLicenseError(body)) return licenseError(status);
  if (status === 403) return permissionDenied(status);
  const retryAfter = parseRetryAfter(response.headers.get("retry-after"), Date.now());
  if (status === 429) {
    const asked = `${what} was answered 429: too many requests. Ask less often.`;
    return new RateLimited("findface", asked, { status, retryAfter });
  }
  if (status >= 500) {
    const failed = `${what} was answered ${status}: the vendor's server failed.`;
    return new VendorUnavailable("findface", failed, { status, retryAfter });
  }
  if (status === 400) {
    return new InvalidRequest("findface", `${what} was answered 400: the vendor refused the form of it.`, { status });
  }
  const why = status === 401 ? ", also after signing in anew" : "";
  return new UnexpectedResponse("findface", `${what} was answered ${status}${why}. Check the base URL.`, { status });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
