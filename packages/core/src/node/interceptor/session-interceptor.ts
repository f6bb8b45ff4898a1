import type { Dispatcher } from "undici";
import type { Session } from "../../contract/session.ts";
import { programFault } from "../../net/program-fault.ts";
import { acquire } from "../../request/acquire.ts";
import { prepareOrigin } from "../../request/prepare-url.ts";
import { callEnded } from "../../state/calls-in-flight.ts";
import type { Engine } from "../../state/engine.ts";
import { engineOf } from "../../state/engine-access.ts";
import type { LiveSession } from "../../state/live-session.ts";
import { secretsOf } from "../../state/prepared-credential.ts";
import { tagOf } from "../../util/tag-of.ts";
import { checkHostOf, checkServername, declaredLength, withCredentialOptions } from "./dispatch-options.ts";
import { isIterable, keepBody } from "./kept-body.ts";
import { ResponseHandler } from "./response-handler.ts";
import { dispatchSigned } from "./signed-dispatch.ts";
import { TurnHandler } from "./turn-handler.ts";

/** An argument of `compose` for undici's dispatchers. Uses no undici types, so that it compiles without undici. */
export type SessionInterceptor = <Options, Handler>(
  dispatch: (options: Options, handler: Handler) => boolean,
) => (options: Options, handler: Handler) => boolean;

/**
 * Creates an undici interceptor (versions 7 and 8) that authenticates requests as `session.fetch` does. Concurrent
 * requests share one login, a rejected request is resent once, and nothing is sent to a foreign origin.
 * `undici.request` costs less than half of `fetch`, so use it in servers.
 *
 * Requests need an absolute URL and fail with the errors of `session.fetch`. Redirects are followed only if undici's
 * `redirect` interceptor is composed after this one. A redirect to a foreign origin is refused.
 * @throws {TypeError} `TypeError` if `session` is not a session of this package.
 * @see https://undici.nodejs.org/#/docs/api/Dispatcher
 * @example
 * const dispatcher = new Agent().compose(sessionInterceptor(session));
 * const { statusCode, body } = await request("https://vms.example/zones", { dispatcher });
 */
export function sessionInterceptor(session: Session): SessionInterceptor {
  const engine = engineOf(session);

  const interceptor: Dispatcher.DispatcherComposeInterceptor = (dispatch) => {
    function send(
      options: Dispatcher.DispatchOptions,
      handler: Dispatcher.DispatchHandler,
      live: LiveSession<unknown, unknown>,
      rejections: number,
    ): boolean {
      // Checked for each send, because a login can move the account to another origin.
      prepareOrigin(engine, options.origin, live.credential);
      const kept = isIterable(options.body)
        ? keepBody(options.body, engine.settings.replayLimit, declaredLength(options))
        : undefined;
      const replayable = kept === undefined;
      const sent = { engine, live, rejections, replayable, options, kept, handler, resend, isOver: false };
      const fault = (error: unknown) => {
        callEnded(sent);
        return programFault(error, secretsOf(live.credential));
      };
      live.lineage.count++;
      const received = new ResponseHandler(sent);
      if (engine.flow.sign !== undefined) {
        const { record, credential } = live;
        const signer = { flow: engine.flow, record, credential };
        dispatchSigned({ signer, options, kept, dispatch, handler: received }).catch((error: unknown) =>
          handler.onResponseError?.(null as never, fault(error) as Error),
        );
        return true;
      }
      try {
        const authenticated = withCredentialOptions(options, live.credential);
        if (kept !== undefined) authenticated.body = kept.body;
        return dispatch(authenticated, received);
      } catch (error) {
        throw fault(error);
      }
    }

    function whenSignedIn(
      options: Dispatcher.DispatchOptions,
      handler: Dispatcher.DispatchHandler,
      rejections: number,
    ): void {
      acquireFor(options, engine)
        .then((live) => send(options, handler, live, rejections))
        // There is no controller before a request starts. undici passes none either.
        .catch((error: Error) => handler.onResponseError?.(null as never, error));
    }

    function inTurn(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
      const turn = () => new Promise<void>((end) => whenSignedIn(options, new TurnHandler(handler, end), 0));
      engine.inTurn(signalOf(options), turn).catch((error: Error) => handler.onResponseError?.(null as never, error));
    }

    const resend = (options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler, rejections: number) =>
      whenSignedIn(options, handler, rejections);

    return (options, handler) => {
      if (typeof handler.onRequestStart !== "function") throw olderHandler();
      checkServername(engine.flow.vendor, options);
      if (engine.flow.exclusive) {
        checkHostOf(engine.flow.vendor, options);
        inTurn(options, handler);
        return true;
      }
      const live = engine.use();
      if (live !== undefined) return send(options, handler, live, 0);
      checkHostOf(engine.flow.vendor, options);
      whenSignedIn(options, handler, 0);
      return true;
    };
  };
  return interceptor as SessionInterceptor;
}

function acquireFor(
  options: Dispatcher.DispatchOptions,
  engine: Engine<unknown, unknown>,
): Promise<LiveSession<unknown, unknown>> {
  return acquire(engine, signalOf(options));
}

function signalOf(options: Dispatcher.DispatchOptions): AbortSignal | undefined {
  // `undici.request` leaves the caller's signal in the options.
  const { signal } = options as Dispatcher.RequestOptions;
  return tagOf(signal) === "AbortSignal" ? (signal as AbortSignal) : undefined;
}

// undici 7's `compose` converts older handlers. A dispatcher of undici 8 accepts only newer ones.
function olderHandler(): TypeError {
  return new TypeError(
    "[@vms/core] sessionInterceptor: a dispatcher of undici 8 was given to a `request` or `fetch` of undici 7. Import both from the same undici.",
  );
}
