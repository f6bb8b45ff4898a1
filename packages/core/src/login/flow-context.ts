import type { Credentials } from "../contract/credentials.ts";
import type { FlowContext, FlowRequest } from "../contract/flow/flow-context.ts";
import type { FlowResponse } from "../contract/flow/flow-response.ts";
import { isVmsError } from "../errors/is-vms-error.ts";
import { SessionClosed } from "../errors/session-closed.ts";
import { UnexpectedResponse } from "../errors/unexpected-response.ts";
import { isAbsolute, joinBelow } from "../net/base-url.ts";
import { readAnswer } from "../net/fetch-answer.ts";
import { noStore } from "../net/no-store.ts";
import { OUTSIDE_RENDERING } from "../net/outside-rendering.ts";
import { MAX_RESPONSE_BYTES } from "../net/read-body.ts";
import { requireSecure } from "../net/secure-transport.ts";
import { requireAllowed } from "../request/allowed-origins.ts";
import { requestFailure } from "../request/no-response.ts";
import { withQueryCredential } from "../request/prepare-url.ts";
import { readResponse } from "../request/read-response.ts";
import { withCredential } from "../request/request-headers.ts";
import { requestToSign, sendSigned } from "../request/signing/sign-request.ts";
import { type PreparedCredential, prepareCredential, secretsOf } from "../state/prepared-credential.ts";
import type { Deadline } from "../util/deadline.ts";
import { orAbort, sleep } from "../util/wait.ts";
import { askSecondFactor } from "./ask-second-factor.ts";
import type { FlowRun } from "./flow-run.ts";
import { HumanPrompt } from "./human-prompt.ts";
import { credentialsIn, redact, textsOf } from "./redact.ts";
import type { VendorClock } from "./vendor-clock.ts";

/** From this length on, a string in a body counts as a secret and not as a word such as a realm. */
const LONG = 16;

export function createFlowContext<Data, User>(
  run: FlowRun<Data, User>,
  signal: AbortSignal,
  deadline: Deadline,
  vendorClock: VendorClock,
): FlowContext<Data, User> {
  const { attempt, previous } = run;
  const { flow, settings, clock } = run.setup;
  const secrets = new Set<string>(textsOf(previous?.data));
  // The certain secrets. A short string in a body can be any word.
  const credentialTexts = new Set<string>();
  const clean = (text: string) => redact(text, secrets);
  const humanPrompt = () => new HumanPrompt(run, signal, deadline, vendorClock);

  async function credentials(): Promise<Credentials> {
    if (run.credentials === undefined) throw new SessionClosed(flow.vendor, "a sign-out has no credentials.");
    const complete = await orAbort(run.credentials.complete(), signal);
    secrets.add(complete.password);
    credentialTexts.add(complete.password);
    return complete;
  }

  async function send(path: string | URL, request: FlowRequest<Data> = {}): Promise<FlowResponse> {
    signal.throwIfAborted();
    attempt.throwIfDropped(flow.vendor);
    const target = new URL(typeof path === "string" && !isAbsolute(path) ? joinBelow(flow.baseUrl.href, path) : path);
    requireSecure(flow.vendor, target, settings.allowInsecureHttp);
    const { method = "POST", json } = request;
    const what = `${method} ${target.origin}${target.pathname}`;
    const body = json === undefined ? (request.body ?? null) : JSON.stringify(json);
    const signer = request.as === undefined ? undefined : signerOf(target, request.as);
    const url = signer === undefined ? target : new URL(withQueryCredential(target.href, signer.credential));
    for (const secret of textsOf(json ?? request.body)) note(secret);
    for (const secret of url.searchParams.values()) note(secret);

    attempt.sent = true;
    let sentAt = vendorClock.sent();
    const transmit = (credential: PreparedCredential | undefined) => {
      const given = credential === undefined ? request.headers : withCredential(request.headers, credential);
      const headers = given === undefined ? {} : Object.fromEntries(new Headers(given));
      for (const secret of credentialsIn(headers)) {
        secrets.add(secret);
        credentialTexts.add(secret);
      }
      sentAt = vendorClock.sent();
      const sent = settings.fetch(url, {
        method,
        redirect: "manual",
        ...noStore(),
        ...OUTSIDE_RENDERING,
        signal,
        headers: {
          accept: "application/json",
          "user-agent": settings.userAgent,
          ...(json === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        body,
      });
      return orAbort(sent, signal);
    };
    let answer: Awaited<ReturnType<typeof readAnswer>>;
    try {
      const sent =
        signer === undefined || flow.sign === undefined
          ? transmit(signer?.credential)
          : sendSigned(signer, requestToSign(method, url.href, body), transmit);
      answer = await orAbort(readAnswer(flow.vendor, await sent), signal);
    } catch (error) {
      signal.throwIfAborted();
      const failed = { vendor: flow.vendor, what, url, baseUrl: flow.baseUrl, secrets: credentialTexts };
      const failure = isVmsError(error) ? error : requestFailure(failed, error);
      attempt.isFetchAtFault ||= !isVmsError(failure) || !failure.retryable;
      throw failure;
    }
    if (answer.unfit !== undefined) {
      attempt.unfit = answer.unfit;
      attempt.isFetchAtFault = true;
    }
    const { status, text } = answer;
    const vendorNow = vendorClock.received(answer.headers.get("date"), sentAt);
    if (text === undefined) {
      throw new UnexpectedResponse(
        flow.vendor,
        `the response to ${what} (status ${status}) is larger than ${MAX_RESPONSE_BYTES} bytes.`,
        { status },
      );
    }
    return readResponse(flow.vendor, what, answer, text, { vendorNow, unreadable: settings.retry.maxDelay }, clean);
  }

  function note(secret: string): void {
    secrets.add(secret);
    const isAccount = secret === run.account || secret === previous?.account;
    if (secret.length >= LONG && !isAccount) credentialTexts.add(secret);
  }

  function signerOf(target: URL, data: Data) {
    const { vendor } = flow;
    // A session with its own base URL is ended there.
    const moved = previous !== undefined && new URL(previous.baseUrl).origin === target.origin;
    const baseUrl = moved ? previous.baseUrl : flow.baseUrl.href;
    const user = previous?.user as User;
    const record = { vendor, account: run.account, baseUrl, issuedAt: clock.now(), user, data };
    const credential = prepareCredential(flow, record, settings.userAgent);
    requireAllowed(run.setup, target, credential);
    for (const secret of secretsOf(credential)) credentialTexts.add(secret);
    return { flow, record, credential };
  }

  return {
    account: run.account,
    credentials,
    send,
    prompt: (option, refusal, call) => humanPrompt().ask(option, refusal, call),
    secondFactor: async (step) =>
      askSecondFactor(run, humanPrompt(), {
        ...step,
        verify(answer) {
          credentialTexts.add(answer.code);
          return step.verify(answer);
        },
      }),
    draft: run.draft,
    signal,
    previous,
    now: () => clock.now(),
    elapsed: () => clock.elapsed(),
    sleep: (ms) => sleep(clock, ms, signal),
    redact: clean,
  };
}
