import type { IncomingHttpHeaders } from "node:http";
import { stringify } from "node:querystring";
import type { Duplex } from "node:stream";
import type { Dispatcher } from "undici";
import { challengeOf, type RequestToSign, requestToSign, signRequest } from "../../request/signing/sign-request.ts";
import type { PreparedCredential } from "../../state/prepared-credential.ts";
import { withCredentialOptions } from "./dispatch-options.ts";
import { JUDGED_BYTES } from "./held-response.ts";
import { isIterable, type KeptBody } from "./kept-body.ts";
import { toResponse } from "./response-head.ts";

type Controller = Dispatcher.DispatchController;
type Dispatch = Dispatcher.Dispatch;

interface SignedDispatch {
  readonly signer: Parameters<typeof signRequest<unknown, unknown>>[0];
  readonly options: Dispatcher.DispatchOptions;
  readonly kept: KeptBody | undefined;
  readonly dispatch: Dispatch;
  readonly handler: Dispatcher.DispatchHandler;
}

/**
 * Signs and dispatches a request. Answers one challenge, which is a part of sending (guarantee 3).
 * @throws what the flow's `sign` and the dispatcher throw.
 */
export async function dispatchSigned({ signer, options, kept, dispatch, handler }: SignedDispatch): Promise<void> {
  const { query, ...rest } = options;
  const path = query == null ? options.path : `${options.path}?${stringify(query)}`;
  const sent = { ...rest, path, body: kept?.body ?? options.body ?? null };
  const body = isIterable(options.body) ? undefined : (options.body as RequestToSign["body"]);
  const request = requestToSign(String(options.method), new URL(path, String(options.origin)).href, body);
  const send = (credential: PreparedCredential, to: Dispatcher.DispatchHandler, body = sent.body) =>
    dispatch(withCredentialOptions({ ...sent, body }, credential), to);
  const answer = async (challenge: string) => {
    const credential = await signRequest(signer, request, challenge);
    const body = kept === undefined ? sent.body : kept.whole();
    return credential === undefined || body === undefined ? undefined : () => send(credential, handler, body);
  };
  send((await signRequest(signer, request)) ?? signer.credential, new ChallengeHandler(handler, answer));
}

/** Returns a function that resends the request, or `undefined` if the challenge cannot be answered. */
type Answer = (challenge: string) => Promise<(() => unknown) | undefined>;

/** Answers a challenge and forwards any other response. A class, because undici calls its methods by name. */
class ChallengeHandler implements Dispatcher.DispatchHandler {
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #answer: Answer;
  /** The dropped bytes of a challenge. -1: the response is forwarded. */
  #dropped = -1;

  constructor(handler: Dispatcher.DispatchHandler, answer: Answer) {
    this.#handler = handler;
    this.#answer = answer;
  }

  onRequestStart(controller: Controller, context: unknown): void {
    this.#handler.onRequestStart?.(controller, context);
  }

  onRequestUpgrade(controller: Controller, status: number, headers: IncomingHttpHeaders, socket: Duplex): void {
    this.#handler.onRequestUpgrade?.(controller, status, headers, socket);
  }

  onResponseStart(controller: Controller, status: number, headers: IncomingHttpHeaders, message?: string): void {
    const pass = () => this.#handler.onResponseStart?.(controller, status, headers, message);
    const challenge = status === 401 ? challengeOf(toResponse(status, headers)) : undefined;
    if (challenge === undefined) {
      pass();
      return;
    }
    controller.pause();
    this.#answer(challenge)
      .then((resend) => {
        if (resend !== undefined) this.#dropped = 0;
        if (resend === undefined) pass();
        else resend();
      })
      .catch((error: Error) => {
        this.#dropped = 0;
        this.#handler.onResponseError?.(controller, error);
      })
      .finally(() => controller.resume());
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.#dropped < 0) this.#handler.onResponseData?.(controller, chunk);
    else this.#dropped += chunk.length;
    // Reading more of a challenge costs more than another connection.
    if (this.#dropped > JUDGED_BYTES) controller.abort(new Error("the challenge is too long"));
  }

  onResponseEnd(controller: Controller, trailers: IncomingHttpHeaders): void {
    if (this.#dropped < 0) this.#handler.onResponseEnd?.(controller, trailers);
  }

  onResponseError(controller: Controller, error: Error): void {
    if (this.#dropped < 0) this.#handler.onResponseError?.(controller, error);
  }
}
