import { isVmsError } from "../errors/any-error.ts";
import { isAbsolute, joinBelow } from "../net/base-url.ts";
import { plainNetworkError } from "../net/network-error.ts";
import { withSearchParams } from "../net/search-params.ts";
import type { Engine } from "../state/engine.ts";
import type { LiveSession } from "../state/live-session.ts";
import { orAbort } from "../util/wait.ts";
import { isAllowed, requireAllowed } from "./allowed-origins.ts";
import { type ApiCall, callFromFetch, callFromKy, headersOf, redirectModeOf, transmit } from "./api-call.ts";
import { followRedirects, isRedirect } from "./redirects.ts";
import type { RequestBody } from "./replayable-body.ts";
import { withCredential } from "./request-headers.ts";
import { sanitizeResponse } from "./sanitize-response.ts";

/**
 * `fetch` that puts the session's credential on, signs in where there is no session, and sends a refused call once more
 * with the next one.
 */
export function authenticatedFetch<Data, User>(
  engine: Engine<Data, User>,
  input: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  try {
    return dispatch(engine, callFromFetch(input, init));
  } catch (error) {
    return Promise.reject(error); // As of fetch, what is no call at all is a rejection.
  }
}

/**
 * The same for ky, which has made a `Request` of its options by then.
 * @throws what keeps it from being sent, also at once: ky makes a rejection of that.
 */
export function fetchForKy<Data, User>(
  engine: Engine<Data, User>,
  request: Request,
  init: RequestInit | undefined,
  body: RequestBody,
): Promise<Response> {
  return dispatch(engine, callFromKy(request, init, body));
}

// Not an async function: a call on a live session costs one `then` more than a bare fetch.
function dispatch<Data, User>(engine: Engine<Data, User>, call: ApiCall): Promise<Response> {
  const live = engine.use();
  return live === undefined ? whenSignedIn(engine, call, false) : send(engine, call, live, false);
}

async function whenSignedIn<Data, User>(engine: Engine<Data, User>, call: ApiCall, again: boolean): Promise<Response> {
  return send(engine, call, await engine.acquire(call.signal), again);
}

/** A call on its way. */
interface Sent<Data, User> {
  readonly engine: Engine<Data, User>;
  readonly call: ApiCall;
  /** What it was sent with. */
  readonly live: LiveSession<Data, User>;
  /** Whether it was sent before, and refused. */
  readonly again: boolean;
  readonly url: string;
}

function send<Data, User>(
  engine: Engine<Data, User>,
  call: ApiCall,
  live: LiveSession<Data, User>,
  again: boolean,
): Promise<Response> {
  const url = urlOf(engine, call, live);
  const headers = withCredential(headersOf(call), live.credential);
  let response: Promise<Response>;
  try {
    response = transmit(call, url, headers, again, engine.settings.fetch);
  } catch (error) {
    failed(call, error); // A fetch that throws at once may quote what it was given.
  }
  const sent: Sent<Data, User> = { engine, call, live, again, url };
  return response.then(
    (answer) => arrived(sent, answer),
    (error: unknown) => failed(call, error),
  );
}

function failed(call: ApiCall, error: unknown): never {
  if (call.signal?.aborted) throw call.signal.reason;
  throw isVmsError(error) ? error : plainNetworkError(error);
}

// Law 12: what may not see the credential is refused before anything is sent.
function urlOf<Data, User>(engine: Engine<Data, User>, call: ApiCall, { credential }: LiveSession<Data, User>): string {
  let url: string;
  if (isAbsolute(call.url)) {
    const start = engine.flow.baseUrl.href;
    const moved = call.joinedByKy && start !== credential.base && call.url.startsWith(start);
    // Some vendors move calls to another host after sign-in; what ky joined below the first one moves along.
    const target = new URL(moved ? credential.base + call.url.slice(start.length) : call.url, credential.base);
    requireAllowed(engine, target, credential);
    url = target.href;
  } else {
    url = joinBelow(credential.base, call.url);
  }
  return credential.query === "" ? url : withSearchParams(url, credential.query, credential.secretNames);
}

function arrived<Data, User>(sent: Sent<Data, User>, response: Response): Response | Promise<Response> {
  if (isRedirect(response) && redirectModeOf(sent.call) === "follow") return follow(sent, response);
  const rejected = isRejected(sent, response);
  if (typeof rejected === "boolean") return settle(sent, response, rejected);
  return orAbort(rejected, sent.call.signal).then((is) => settle(sent, response, is));
}

function isRejected<Data, User>({ engine }: Sent<Data, User>, response: Response): boolean | Promise<boolean> {
  return engine.flow.isRejected?.(response) ?? response.status === 401;
}

async function follow<Data, User>(sent: Sent<Data, User>, response: Response): Promise<Response> {
  const { engine, call, live } = sent;
  const passed = (step: Response) => {
    rotate(sent, step);
    const now = engine.peek();
    return now?.lineage === live.lineage ? now.credential : live.credential;
  };
  const end = await followRedirects(
    engine.flow.vendor,
    call,
    { url: sent.url, response },
    passed,
    (target) => isAllowed(engine, target, live.credential),
    engine.settings.fetch,
  ).catch((error: unknown) => failed(call, error));
  Object.defineProperty(end.response, "redirected", { value: true });
  // What a foreign origin answers says nothing about this session.
  if (!end.trusted) return sanitizeResponse(end.response, live.credential.secretNames);
  return settle(sent, end.response, await isRejected(sent, end.response));
}

function settle<Data, User>(
  sent: Sent<Data, User>,
  response: Response,
  rejected: boolean,
): Response | Promise<Response> {
  const { engine, call, live, again } = sent;
  if (!rejected) {
    rotate(sent, response);
  } else if (!again) {
    // Law 3: what was sent again is not sent a third time, and its rejection is the caller's.
    engine.rejected(live, response.status);
    if (call.replayable) {
      response.body?.cancel().catch(() => {});
      return whenSignedIn(engine, call, true);
    }
  }
  return sanitizeResponse(response, live.credential.secretNames);
}

function rotate<Data, User>({ engine, live }: Sent<Data, User>, response: Response): void {
  const data = engine.flow.rotate?.(response, live.record);
  if (data !== undefined) engine.rotated(live, data, response);
}
