import {
  type AnyVmsError,
  InvalidOptions,
  InvalidRequest,
  type Session,
  UnexpectedResponse,
  type WaitOptions,
} from "@vms/core";
import { callVendor, type FlowResponse, type Schema, type VendorCall } from "@vms/core/flow";
import * as v from "valibot";
import { licenseError, permissionDenied } from "./errors.ts";
import { errorSchema, integer, isLicenseError } from "./wire.ts";

/** A session of a device, as the vendor lists it. Dates are ISO 8601 with a zone. Undocumented keys are kept. */
export interface FindFaceDeviceSession {
  /** The id of the session. */
  readonly id: string | number;
  /** Documented: `blocked`, `offline` and `online`. */
  readonly status: string;
  /** `false` if the password is still required after the face. */
  readonly active: boolean;
  /** The name of the device: the option `uuid`. */
  readonly uuid: string;
  /** Whether the device is registered as mobile: the option `mobile`. */
  readonly mobile: boolean;
  /** Information about the device: the option `deviceInfo`. */
  readonly device_info?: Readonly<Record<string, unknown>> | null;
  /** The device's IP address. */
  readonly ip?: string | null;
  /** When the device was last seen. */
  readonly last_ping_date?: string | null;
  /** The name of the user who signed in. */
  readonly user__username: string;
  /** When the session was opened. */
  readonly created_date: string;
  /** The id of the user who signed in. */
  readonly user_id: number;
}

/** The sessions of all devices that the account may see. */
export interface FindFaceDeviceSessions {
  /**
   * Lists the sessions of all pages.
   * @throws {AccountUnavailable} `account_unavailable` if the account or the license does not allow it.
   * @throws {InvalidRequest} `invalid_request` if the vendor rejects the request (400).
   * @throws {RateLimited} `rate_limited` for the status 429.
   * @throws {VendorUnavailable} `vendor_unavailable` for a 5xx status, and if the vendor does not respond within `timeout`.
   * @throws {UnexpectedResponse} `unexpected_response` for any other status, for a response of another shape, and
   * for an endless list of pages.
   * @throws {VmsError} `invalid_credentials`, `invalid_request`, `second_factor_required` or
   * `second_factor_rejected` if the vendor does not accept the login.
   * @throws {InvalidOptions} `invalid_options` if `credentials`, `face` or `videoAuthToken` returns an invalid value.
   * @throws {SessionClosed} `session_closed` after `logout()`.
   * @see FindFace Multi, `GET /sessions/`
   * @example
   * const sessions = await session.sessions.list();
   * const online = sessions.filter(({ status }) => status === "online");
   */
  list(options?: WaitOptions): Promise<FindFaceDeviceSession[]>;
  /**
   * Ends sessions by their `id`. For an empty list it does nothing. If this session is one of them, the next call signs in
   * again.
   * @throws {InvalidOptions} `invalid_options` if `ids` is not a list of ids.
   * @throws {AccountUnavailable} `account_unavailable` if the account or the license does not allow it.
   * @throws {InvalidRequest} `invalid_request` if the vendor rejects the ids (400).
   * @throws {RateLimited} `rate_limited` for the status 429.
   * @throws {VendorUnavailable} `vendor_unavailable` for a 5xx status, and if the vendor does not respond within `timeout`.
   * @throws {UnexpectedResponse} `unexpected_response` for any other status.
   * @throws {VmsError} `invalid_credentials`, `invalid_request`, `second_factor_required` or
   * `second_factor_rejected` if the vendor does not accept the login.
   * @throws {InvalidOptions} `invalid_options` if `credentials`, `face` or `videoAuthToken` returns an invalid value.
   * @throws {SessionClosed} `session_closed` after `logout()`.
   * @see FindFace Multi, `POST /sessions/delete/`
   * @example
   * const old = (await session.sessions.list()).filter(({ status }) => status === "offline");
   * await session.sessions.end(old.map(({ id }) => id));
   */
  end(ids: readonly FindFaceDeviceSession["id"][], options?: WaitOptions): Promise<void>;
}

/** The largest number of pages, far more than any installation has: it stops an endless cursor. */
const MAX_PAGES = 1_000;

interface Page {
  readonly next_page?: string | number | null;
  readonly results: FindFaceDeviceSession[];
}

const sessionSchema = v.looseObject({
  id: v.custom<string | number>((value) => (typeof value === "string" ? value !== "" : Number.isSafeInteger(value))),
  status: v.string(),
  active: v.boolean(),
  uuid: v.string(),
  mobile: v.boolean(),
  device_info: v.exactOptional(v.nullable(v.looseObject({}))),
  ip: v.exactOptional(v.nullable(v.string())),
  last_ping_date: v.exactOptional(v.nullable(v.string())),
  user__username: v.string(),
  created_date: v.string(),
  user_id: integer,
});

// An assumption: the list of sessions has pages, as the list of users does. A list without pages is accepted too. In
// `@vms/simulator`: `sessionList`, `pageLinks`.
const pageSchema: Schema<Page> = v.pipe(
  v.unknown(),
  v.transform((value) => (Array.isArray(value) ? { results: value } : value)),
  v.looseObject({
    next_page: v.exactOptional(
      v.nullable(v.custom<string | number>((value) => typeof value === "string" || Number.isSafeInteger(value))),
    ),
    results: v.array(sessionSchema),
  }),
);

/** Lists and ends sessions by calls of the session, so that its guarantees hold for these calls too. */
export function deviceSessions(session: Session<unknown>): FindFaceDeviceSessions {
  async function call(path: string, init: VendorCall): Promise<FlowResponse> {
    const response = await callVendor(session, path, init);
    if (!response.ok) throw failureOf(response);
    return response;
  }

  return {
    async list({ signal } = {}) {
      const all: FindFaceDeviceSession[] = [];
      const seen = new Set<string>();
      for (let path = "sessions/"; ; ) {
        const { next_page: next, results } = (await call(path, { signal })).json(pageSchema);
        all.push(...results);
        const link = String(next ?? "");
        if (link === "") return all;
        const cursor = cursorOf(link);
        if (cursor === "") throw unexpectedPage("`next_page` of GET sessions/ is a URL without a `page`.");
        if (seen.has(cursor) || seen.size >= MAX_PAGES) throw unexpectedPage("the pages of GET sessions/ have no end.");
        seen.add(cursor);
        path = `sessions/?${new URLSearchParams({ page: cursor })}`;
      }
    },

    async end(ids, { signal } = {}) {
      if (!Array.isArray(ids) || !ids.every((id) => Number.isInteger(id) || (typeof id === "string" && id !== ""))) {
        throw new InvalidOptions("findface", "`sessions.end` requires a list of the `id`s of sessions.");
      }
      if (ids.length > 0) await call("sessions/delete/", { method: "POST", json: { id_in: ids }, signal });
    },
  };
}

/** The cursor in `next_page`. Only the parameter `page` of a URL is used: its host is never called. */
function cursorOf(link: string): string {
  const query = link.indexOf("?");
  if (query < 0) return link;
  const [search] = link.slice(query + 1).split("#", 1);
  return new URLSearchParams(search).get("page") ?? "";
}

function unexpectedPage(message: string): UnexpectedResponse {
  return new UnexpectedResponse("findface", message, { paths: ["next_page"] });
}

// Without the vendor's text, which can quote unknown secrets.
function failureOf(response: FlowResponse): AnyVmsError {
  const { status } = response;
  if ((status === 401 || status === 403) && isLicenseError(response.safeJson(errorSchema))) return licenseError(status);
  if (status === 403) return permissionDenied(status);
  if (status !== 400) return response.toError();
  return new InvalidRequest("findface", "the vendor rejected the request as malformed (400).", { status });
}
