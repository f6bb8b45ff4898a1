import type { IncomingHttpHeaders } from "node:http";
import type { Duplex } from "node:stream";
import type { Dispatcher } from "undici";
import { programFault } from "../../net/program-fault.ts";
import {
  isRejection,
  judgeResponse,
  looksAtResponses,
  operationOf,
  rotate,
  type SentRequest,
} from "../../request/judge-response.ts";
import { callEnded } from "../../state/calls-in-flight.ts";
import { secretsOf } from "../../state/prepared-credential.ts";
import { headersOf } from "./dispatch-options.ts";
import { HeldResponse, JUDGED_BYTES } from "./held-response.ts";
import { judgedResponse } from "./judged-response.ts";
import type { KeptBody } from "./kept-body.ts";
import { sanitizeHeaders } from "./sanitize-headers.ts";

type Controller = Dispatcher.DispatchController;

export interface DispatchedRequest extends SentRequest<unknown, unknown> {
  readonly options: Dispatcher.DispatchOptions;
  readonly kept: KeptBody | undefined;
  readonly handler: Dispatcher.DispatchHandler;
  /** Resends a request with the next session. The response goes to the same handler. */
  readonly resend: (
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
    rejections: number,
  ) => void;
}

/**
 * Forwards a response to the caller's handler. If it rejects the session and the request can be resent, the handler
 * receives the next response instead.
 *
 * A class, because each request has one. Private fields keep the credential out of logs.
 */
export class ResponseHandler implements Dispatcher.DispatchHandler {
  readonly #sent: DispatchedRequest;
  readonly #handler: Dispatcher.DispatchHandler;
  /** The dropped bytes of a rejection. -1: none. */
  #dropped = -1;
  #held: HeldResponse | undefined;

  constructor(sent: DispatchedRequest) {
    this.#sent = sent;
    this.#handler = sent.handler;
  }

  onRequestStart(controller: Controller, context: unknown): void {
    this.#handler.onRequestStart?.(controller, context);
  }

  onRequestUpgrade(controller: Controller, status: number, headers: IncomingHttpHeaders, socket: Duplex): void {
    callEnded(this.#sent);
    this.#handler.onRequestUpgrade?.(controller, status, this.#shown(headers, controller), socket);
  }

  onResponseStart(controller: Controller, status: number, headers: IncomingHttpHeaders, message?: string): void {
    const { flow } = this.#sent.engine;
    if (status < 200) this.#start(controller, status, headers, message);
    else if (flow.isRejected !== undefined || flow.rotate !== undefined)
      this.#hold(controller, status, headers, message);
    else {
      const response = looksAtResponses(this.#sent.engine)
        ? judgedResponse(status, headers, () => undefined)
        : undefined;
      const rejected = this.#isRejection(status, response) === true;
      if (!this.#isResent(rejected, status)) this.#start(controller, status, headers, message);
    }
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.#dropped >= 0) {
      this.#dropped += chunk.length;
      // Reading more of a rejection costs more than another connection.
      if (this.#dropped > JUDGED_BYTES) controller.abort(new Error("the rejection is too long"));
    } else if (this.#held === undefined) this.#handler.onResponseData?.(controller, chunk);
    else this.#held.add(chunk);
  }

  onResponseEnd(controller: Controller, trailers: IncomingHttpHeaders): void {
    if (this.#dropped >= 0) return;
    if (this.#held === undefined) this.#handler.onResponseEnd?.(controller, trailers);
    else this.#held.end(trailers);
  }

  onResponseError(controller: Controller, error: Error): void {
    callEnded(this.#sent);
    if (this.#dropped >= 0) return;
    // A parser's error quotes the response, which may contain a cookie.
    if ("data" in error) delete error.data;
    const shown = programFault(error, secretsOf(this.#sent.live.credential)) as Error;
    if (this.#held === undefined) this.#handler.onResponseError?.(controller, shown);
    else this.#held.fail(shown);
  }

  #hold(controller: Controller, status: number, headers: IncomingHttpHeaders, message: string | undefined): void {
    const pass = () => {
      this.#held = undefined;
      if (held.failure !== undefined) return this.#handler.onResponseError?.(controller, held.failure);
      this.#start(controller, status, headers, message);
      for (const chunk of held.chunks) this.#handler.onResponseData?.(controller, chunk);
      if (held.trailers !== undefined) this.#handler.onResponseEnd?.(controller, held.trailers);
    };
    const failed = (error: Error) => this.#fail(controller, error);
    const judged = (rejected: boolean, response: Response) => {
      if (held.failure === undefined && this.#isResent(rejected, status)) {
        this.#held = undefined;
        return;
      }
      const rotating = rejected || held.failure !== undefined ? undefined : rotate(this.#sent, response);
      if (rotating === undefined) pass();
      else rotating.then(pass).catch(failed);
    };
    const held = new HeldResponse((response) => this.#isRejection(status, response), status, headers, {
      judged,
      failed,
    });
    this.#held = held;
    held.begin();
  }

  /** Drops the rest of the response. */
  #fail(controller: Controller, error: Error): void {
    callEnded(this.#sent);
    this.#held = undefined;
    this.#dropped = 0;
    controller.abort(error);
    this.#handler.onResponseError?.(controller, error);
  }

  #isRejection(status: number, response: Response | undefined): boolean | Promise<boolean> {
    const { options } = this.#sent;
    return isRejection(this.#sent, status, response, () => ({ url: urlOf(options), headers: headersOf(options) }));
  }

  /** @returns whether the request is resent. */
  #isResent(rejected: boolean, status: number): boolean {
    const { options, kept, handler, rejections, resend } = this.#sent;
    const operation = () => operationOf(String(options.method), urlOf(options));
    const body = rejected ? kept?.whole() : undefined;
    if (body !== undefined) this.#sent.replayable = true;
    const isResent = judgeResponse(this.#sent, rejected, status, operation) === "resend";
    if (isResent) {
      this.#dropped = 0;
      resend(body === undefined ? options : { ...options, body }, handler, rejections + 1);
      callEnded(this.#sent);
    }
    return isResent;
  }

  #start(controller: Controller, status: number, headers: IncomingHttpHeaders, message: string | undefined): void {
    if (status >= 200) callEnded(this.#sent);
    this.#handler.onResponseStart?.(controller, status, this.#shown(headers, controller), message);
  }

  #shown(headers: IncomingHttpHeaders, controller: Controller): IncomingHttpHeaders {
    return sanitizeHeaders(headers, controller, this.#sent.live.credential);
  }
}

function urlOf({ path, origin }: Dispatcher.DispatchOptions): string {
  return new URL(path, String(origin)).href;
}
