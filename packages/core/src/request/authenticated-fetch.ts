import { isVmsError } from "../errors/is-vms-error.ts";
import { isNetworkError, plainNetworkError } from "../net/network-error.ts";
import { programFault } from "../net/program-fault.ts";
import { callEnded } from "../state/calls-in-flight.ts";
import type { Engine } from "../state/engine.ts";
import type { LiveSession } from "../state/live-session.ts";
import { secretsOf } from "../state/prepared-credential.ts";
import { orAbort } from "../util/wait.ts";
import { acquire } from "./acquire.ts";
import { type ApiCall, apiCall, methodOf, takeBody, transmit } from "./api-call.ts";
import { keepBody } from "./body-copy.ts";
import { checkArguments } from "./check-arguments.ts";
import { withFacts } from "./copy-response.ts";
import { followRedirects } from "./follow-redirects.ts";
import { checkHost } from "./host-header.ts";
import { hasEndSign, isRejection, judgeResponse, operationOf, rotate, type SentRequest } from "./judge-response.ts";
import { prepareUrl } from "./prepare-url.ts";
import { isRedirect } from "./redirect-rules.ts";
import { withCredential } from "./request-headers.ts";
import { sanitizeResponse } from "./sanitize-response.ts";
import type { AnsweredRequest } from "./shows-end.ts";
import { transmitSigned } from "./signing/signed-call.ts";

/**
 * Signs in if there is no session, and resends a rejected call with the next session.
 * @param joinedByKy whether ky has joined the URL below the flow's base URL.
 */
export function authenticatedFetch<Data, User>(
  engine: Engine<Data, User>,
  input: string | URL | Request,
  init?: RequestInit,
  joinedByKy = false,
): Promise<Response> {
  try {
    return dispatch(engine, apiCall(input, init, joinedByKy));
  } catch (error) {
    return Promise.reject(error); // Like `fetch`.
  }
}

// Not async: a call on a live session costs one `then` more than a bare fetch.
function dispatch<Data, User>(engine: Engine<Data, User>, call: ApiCall): Promise<Response> {
  const { flow } = engine;
  const live = flow.exclusive ? undefined : engine.use();
  if (live !== undefined && !call.isStreamed && flow.sign === undefined) return send(engine, call, live, 0);
  // Before the body is taken, so that the caller of an invalid call keeps its stream.
  checkHost(flow.vendor, call.headers);
  checkArguments(call, flow.baseUrl.href);
  takeBody(call);
  call.signal?.throwIfAborted();
  if (flow.exclusive) return engine.inTurn(call.signal, () => whenSignedIn(engine, call, 0));
  return live === undefined ? whenSignedIn(engine, call, 0) : send(engine, call, live, 0);
}

async function whenSignedIn<Data, User>(
  engine: Engine<Data, User>,
  call: ApiCall,
  rejections: number,
): Promise<Response> {
  return send(engine, call, await acquire(engine, call.signal), rejections);
}

interface SentCall<Data, User> extends SentRequest<Data, User> {
  readonly call: ApiCall;
  readonly url: string;
}

function ended<Data, User>(sent: SentCall<Data, User>): void {
  callEnded(sent);
  sent.call.copy?.stop();
}

function send<Data, User>(
  engine: Engine<Data, User>,
  call: ApiCall,
  live: LiveSession<Data, User>,
  rejections: number,
): Promise<Response> {
  const { credential } = live;
  const url = prepareUrl(engine, call.url, credential, call.joinedByKy ? engine.flow.baseUrl.href : undefined);
  let response: Promise<Response>;
  try {
    response =
      engine.flow.sign === undefined
        ? transmit(call, url, withCredential(call.headers, credential), engine.settings)
        : transmitSigned(engine, call, live, url);
  } catch (error) {
    call.copy?.stop();
    throw failure(call, error, live); // A fetch that throws synchronously may quote its arguments.
  }
  live.lineage.count++;
  const sent: SentCall<Data, User> = {
    engine,
    call,
    live,
    rejections,
    replayable: undefined,
    url,
    isOver: false,
  };
  return response.then(
    (answer) => arrived(sent, answer),
    (error: unknown) => {
      ended(sent);
      throw failure(call, error, live);
    },
  );
}

function failure<Data, User>(call: ApiCall, error: unknown, { credential }: LiveSession<Data, User>): unknown {
  if (call.signal?.aborted) return call.signal.reason;
  if (isVmsError(error)) return error;
  return isNetworkError(error) ? plainNetworkError(error) : programFault(error, secretsOf(credential));
}

function arrived<Data, User>(sent: SentCall<Data, User>, response: Response): Response | Promise<Response> {
  const request = () => answeredBy(sent, sent.url);
  if (isRedirect(response) && sent.call.redirect === "follow" && !hasEndSign(sent, response, request)) {
    return follow(sent, response).finally(() => ended(sent));
  }
  try {
    const rejected = isRejection(sent, response.status, response, request);
    if (typeof rejected === "boolean") return settle(sent, response, rejected);
    return orAbort(rejected, sent.call.signal)
      .then((is) => settle(sent, response, is))
      .finally(() => ended(sent));
  } catch (error) {
    ended(sent);
    throw error;
  }
}

function answeredBy<Data, User>({ call }: SentCall<Data, User>, url: string): AnsweredRequest {
  return { url, headers: call.headers };
}

async function follow<Data, User>(sent: SentCall<Data, User>, first: Response): Promise<Response> {
  const { call, live, url } = sent;
  const end = await followRedirects(sent, call, url, first).catch((error: unknown) => {
    throw failure(call, error, live);
  });
  const { answeredAt, trusted } = end;
  const response = withFacts(end.response, { redirected: true });
  // A foreign origin's response says nothing about this session.
  if (!trusted) return sanitizeResponse(response, live.credential);
  const rejected = isRejection(sent, response.status, response, () => answeredBy(sent, answeredAt));
  return settle(sent, response, await rejected);
}

function settle<Data, User>(
  sent: SentCall<Data, User>,
  response: Response,
  rejected: boolean,
): Response | Promise<Response> {
  const { call, engine } = sent;
  if (rejected && call.copy !== undefined && sent.replayable === undefined) {
    return keepBody(call, engine.clock).then((kept) => {
      sent.replayable = kept;
      return settle(sent, response, rejected);
    });
  }
  const operation = () => operationOf(methodOf(call), sent.url);
  const verdict = judgeResponse(sent, rejected, response.status, operation);
  if (verdict === "resend") {
    response.body?.cancel().catch(() => {});
    const next = whenSignedIn(engine, call, sent.rejections + 1);
    ended(sent);
    return next;
  }
  const rotating = verdict === "accept" ? rotate(sent, response) : undefined;
  if (rotating !== undefined) {
    return rotating.finally(() => ended(sent)).then(() => sanitizeResponse(response, sent.live.credential));
  }
  ended(sent);
  return sanitizeResponse(response, sent.live.credential);
}
