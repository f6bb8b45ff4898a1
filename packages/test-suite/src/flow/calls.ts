import { check, same, within } from "../checks.ts";
import { CLAUSE_TIMEOUT, type Clause } from "../clause.ts";
import { gotAnswer, madeUp } from "./assertions.ts";
import { nameOf, requestOf, send } from "./contract-call.ts";
import type { Sent } from "./network.ts";
import { onlyTo, rejectionOf } from "./rejection.ts";
import type { FlowSubject } from "./subject.ts";

const POSTED = "made-up-and-posted";
const ENDLESS = "made-up-and-endless";

/** Longer than a packet, with characters of several bytes. */
const TEXT = JSON.stringify({ name: "Tür 7 – Süd", note: "€".repeat(20_000) });
const HEADERS = { "content-type": "application/json" };

/** The same body in each form that callers can pass. */
const FORMS: readonly (readonly [form: string, init: () => RequestInit, asRequest: boolean])[] = [
  ["a string", () => ({ method: "POST", headers: HEADERS, body: TEXT }), false],
  ["bytes", () => ({ method: "POST", headers: HEADERS, body: new TextEncoder().encode(TEXT) }), false],
  ["a Request", () => ({ method: "POST", headers: HEADERS, body: TEXT }), true],
];

const FIRST_PART = '{"made":';

/** A JSON response whose body starts but does not end. */
function endless(): Response {
  const body = new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode(FIRST_PART)) });
  return new Response(body, { headers: HEADERS });
}

function posted(sent: readonly Sent[], times: number, what: string): void {
  const found = sent.filter(({ url }) => new URL(url).pathname.endsWith(`/${POSTED}`));
  same(found.length, times, `requests of ${what}`);
  for (const { body, method } of found) {
    same(method, "POST", `the method of ${what}`);
    check(body === TEXT, `${what} arrived with ${body.length} characters that are not its ${TEXT.length}.`);
  }
}

export const callClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "a POST as the first call arrives once and complete, and again after a rejection",
    async prove(subject) {
      const { open, network, logins, server, stated } = subject;
      const { answer } = await rejectionOf(subject);
      for (const [form, init, asRequest] of FORMS) {
        for (const rejections of [0, 1]) {
          const session = open();
          const before = logins();
          network.clear();
          const isRejected = () => logins() - before <= rejections;
          network.meet(onlyTo(POSTED, () => (isRejected() ? answer() : madeUp())));
          const url = `${server.baseUrl.replace(/\/$/, "")}/${POSTED}`;
          const response = await (asRequest ? session.fetch(new Request(url, init())) : session.fetch(POSTED, init()));
          const what = `a POST of ${form} with ${rejections} rejections`;
          await gotAnswer(response, what);
          // A challenge is answered once before it counts as a rejection.
          const answered = stated.answersChallenges ? rejections : 0;
          posted(network.sent, rejections + 1 + answered, what);
          same(logins() - before, rejections + 1, `logins of ${what}`);
          network.meet(undefined);
        }
      }
    },
  },
  {
    name: "a response whose body does not end reaches the caller",
    async prove({ signedIn, network, stated }) {
      const session = await signedIn();
      network.meet(onlyTo(ENDLESS, endless));
      const ms = Math.max(2_000, (stated.timeout ?? CLAUSE_TIMEOUT) / 4);
      const late = (what: string) => `${what} did not reach the caller in ${ms} ms.`;
      const { status, body } = await within(session.fetch(ENDLESS), ms, late("a response whose body does not end"));
      same(status, 200, "the status of a response whose body does not end");
      const reader = body?.getReader();
      const { value } = (await within(reader?.read() ?? Promise.resolve(undefined), ms, late("its first part"))) ?? {};
      check(new TextDecoder().decode(value) === FIRST_PART, "the first part of such a response is not the server's.");
      // If the flow still reads a copy of the body, this does not end.
      reader?.cancel().catch(() => {});
    },
  },
];

export const furtherCallClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "each of the server's calls works with one login, even as the first call",
    async prove({ open, logins, stated, server }) {
      const calls = [server.firstCall, ...(stated.calls ?? [])];
      for (const first of calls) {
        const session = open();
        const before = logins();
        for (const call of [first, ...calls]) {
          const response = await send(session, call);
          await response.arrayBuffer();
          check(response.ok, `${nameOf(call)} was answered ${response.status}.`);
        }
        same(logins() - before, 1, `logins of a session whose first call is ${nameOf(first)}`);
      }
    },
  },
];

export const postClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "the server accepts a POST as the first call, and again after it has ended the session",
    async prove({ open, logins, stated, server }) {
      const { path, init } = requestOf({ path: "", method: "POST", ...stated.post });
      const session = open();
      for (const expected of [1, 2]) {
        const response = await session.fetch(path, init);
        await response.arrayBuffer();
        check(response.ok, `the POST was answered ${response.status}.`);
        same(logins(), expected, expected === 1 ? "logins of a POST" : "logins after the server ended the session");
        await server.revokeAll();
      }
    },
  },
];
