import type { Dispatcher } from "undici";
import type { Session } from "../../contract/session.ts";
import { withQuery } from "../../net/search-params.ts";
import { requireHome } from "../../request/allowed-origins.ts";
import { withTicket } from "../../request/request-headers.ts";
import type { Engine } from "../../state/engine.ts";
import { engineOf } from "../../state/engine-access.ts";
import type { Live } from "../../state/live-session.ts";
import { type RawHandler, rawFace } from "./raw-handler.ts";
import { type Door, Gate } from "./response-handler.ts";

/**
 * What `compose` of undici's dispatchers takes, in no type of undici's: this entry's types must be right where undici is
 * not installed.
 */
export type SessionInterceptor = <Options, Handler>(
  dispatch: (options: Options, handler: Handler) => boolean,
) => (options: Options, handler: Handler) => boolean;

/**
 * An interceptor for undici (version 7): `new Agent().compose(sessionInterceptor(session))` authenticates all that goes
 * through it, by the laws of a session: one login however many requests wait, one repetition after a rejection, rotation,
 * and nothing sent to a foreign origin. For servers: `undici.request` costs less than half of `fetch`.
 *
 * Requests need an absolute URL. Redirects are not followed, unless undici's own `redirect` interceptor is composed
 * behind this one (further out); what leaves the session's origins is then refused.
 * The request fails with the errors of `session.fetch`.
 */
export function sessionInterceptor(session: Session): SessionInterceptor {
  const engine = engineOf(session);
  const { flow } = engine;

  const interceptor: Dispatcher.DispatcherComposeInterceptor = (dispatch) => {
    const door: Door = {
      flow,
      engine,
      resend(options, face) {
        acquire(options, engine)
          .then((live) => {
            dispatch(authenticated(options, live), new Gate(door, options, face, live, true));
          })
          .catch((error: Error) => face.onError(error));
      },
    };

    function send(options: Dispatcher.DispatchOptions, face: RawHandler, live: Live<unknown, unknown>): boolean {
      const { origin } = options;
      if (origin !== live.ticket.origin) requireHome(engine, new URL(String(origin)), live.ticket);
      return dispatch(authenticated(options, live), new Gate(door, options, face, live, false));
    }

    return (options, handler) => {
      const face = rawFace(handler);
      const live = engine.use();
      if (live !== undefined) return send(options, face, live);
      acquire(options, engine)
        .then((fresh) => send(options, face, fresh))
        .catch((error: Error) => face.onError(error));
      return true;
    };
  };
  return interceptor as SessionInterceptor;
}

function acquire(
  options: Dispatcher.DispatchOptions,
  engine: Engine<unknown, unknown>,
): Promise<Live<unknown, unknown>> {
  // `undici.request` leaves the caller's signal among the options.
  const { signal } = options as Dispatcher.RequestOptions;
  return engine.acquire(signal instanceof AbortSignal ? signal : undefined);
}

function authenticated(
  options: Dispatcher.DispatchOptions,
  { ticket }: Live<unknown, unknown>,
): Dispatcher.DispatchOptions {
  const given = options.headers;
  const headers = given === undefined || given === null ? ticket.bare : withTicket(flat(given), ticket);
  const authenticated = { ...options, headers: headers as Dispatcher.DispatchOptions["headers"] & object };
  if (ticket.query === "") return authenticated;
  return options.query === undefined
    ? { ...authenticated, path: withQuery(options.path, ticket.query, ticket.secretNames) }
    : { ...authenticated, query: { ...options.query, ...ticket.searchParams } };
}

// undici takes headers also as a flat list, and several values of one name as a list.
function flat(given: NonNullable<Dispatcher.DispatchOptions["headers"]>): HeadersInit {
  if (given instanceof Headers) return given;
  const entries: Iterable<readonly [string, unknown]> = Array.isArray(given)
    ? Array.from({ length: given.length / 2 }, (_, at) => [String(given[2 * at]), given[2 * at + 1]] as const)
    : Symbol.iterator in given
      ? (given as Iterable<[string, unknown]>)
      : Object.entries(given);
  const plain: Record<string, string> = {};
  for (const [name, value] of entries) {
    if (value === undefined || value === null) continue;
    const text = Array.isArray(value) ? value.join(", ") : String(value);
    const before = plain[name];
    plain[name] = before === undefined ? text : `${before}${name.toLowerCase() === "cookie" ? "; " : ", "}${text}`;
  }
  return plain;
}
