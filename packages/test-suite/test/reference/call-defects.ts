import { InvalidCredentials, type Session } from "@vms/core";
import type { MakeSession } from "../../src/index.ts";
import { camera } from "./camera.ts";
import { loginOf, reference, refusal, sendLogin } from "./flow.ts";
import { AND_MORE, type Mutation } from "./mutations.ts";
import { eachErrorEnds } from "./rpc.ts";
import type { Place } from "./server.ts";

/** Creates correct sessions with another `fetch`. */
function fetching(change: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch): MakeSession {
  return ({ fetch = globalThis.fetch, ...options }) => reference()({ ...options, fetch: change(fetch) });
}

/** Creates sessions with replaced parts. */
function wrapped(place: Place, change: (session: Session) => object): MakeSession {
  return (options) => {
    const session = reference(place)(options);
    return Object.create(session, Object.getOwnPropertyDescriptors(change(session))) as Session;
  };
}

/** Truncates the body of calls to one path. */
function cutting(path: string): MakeSession {
  return fetching((fetch) => (input, init) => {
    const isCut = String(input instanceof Request ? input.url : input).includes(path) && init?.method === "POST";
    return fetch(input, isCut ? { ...init, body: '{"text":' } : init);
  });
}

/** Reads the whole body, and returns whether it says that the session has ended. */
async function saysEnded(response: Response): Promise<boolean> {
  return response.status === 401 || (await response.clone().text()).includes("no_session");
}

/** The defects that the clauses on cookies, queries, calls and signatures detect. */
export const callDefects: readonly Mutation[] = [
  {
    how: "a login without its cookie that is treated as a session",
    noticedBy: [
      "a login answered as usual, but without its cookies, is an error of @vms, unless calls work without them",
    ],
    makeSession: reference("cookie", () => ({
      async login(context) {
        const response = await sendLogin(context);
        if (!response.ok) throw refusal(context, response);
        return loginOf(response, "undefined");
      },
    })),
    place: "cookie",
  },
  {
    how: "cookies that are ignored",
    noticedBy: ["a session given as cookies is used without a login"],
    makeSession: reference("cookie", () => ({ resume: async () => undefined })),
    place: "cookie",
  },
  {
    how: "cookies that are refused like a password",
    noticedBy: ["cookies of an ended session, or of no session, lead to one login"],
    makeSession: reference("cookie", (flow) => ({
      async resume(context, cookies) {
        if (cookies.sid === undefined) throw new InvalidCredentials("reference", "no cookie.", { status: 401 });
        return flow.resume?.(context, cookies);
      },
    })),
    place: "cookie",
  },
  {
    how: "a flow that resumes, although that is not stated",
    noticedBy: ["the option `cookies` is invalid_options, unless `resumes` is stated"],
    makeSession: reference("cookie"),
    options: { resumes: false },
    place: "cookie",
  },
  {
    how: "two credentials in the query",
    noticedBy: [
      "a credential in the query is sent with each call, and replaces an old one in the caller's URL",
      AND_MORE,
    ],
    makeSession: ({ fetch = globalThis.fetch, ...options }) =>
      reference("query")({
        ...options,
        fetch: (input, init) => fetch(String(input).replace(/token=/, "token=made-up&token="), init),
      }),
    place: "query",
  },
  {
    how: "a response that shows its URL with the token",
    noticedBy: ["the caller's URL, the response's URL, errors and events show no credential of the query"],
    makeSession: wrapped("query", (session) => ({
      async fetch(input: string | URL | Request, init?: RequestInit) {
        const response = await session.fetch(input, init);
        const { searchParams } = await session.authorization();
        return Object.defineProperty(response, "url", { value: `${response.url}&token=${searchParams.token}` });
      },
    })),
    place: "query",
  },
  {
    how: "a credential in the query, although that is not stated",
    noticedBy: ["no call carries a credential in its query, unless `queryCredential` is stated"],
    makeSession: reference("query"),
    options: { queryCredential: false },
    place: "query",
  },
  {
    how: "a credential for one path only",
    noticedBy: ["each of the server's calls works with one login, even as the first call"],
    makeSession: fetching((fetch) => (input, init) => {
      const { "x-token": _, ...headers } = Object.fromEntries(new Headers(init?.headers));
      return fetch(input, String(input).endsWith("/cameras") ? { ...init, headers } : init);
    }),
  },
  {
    how: "a body that is truncated",
    noticedBy: ["a POST as the first call arrives once and complete, and again after a rejection"],
    makeSession: cutting("made-up-and-posted"),
  },
  {
    how: "a body that the server cannot read",
    noticedBy: ["the server accepts a POST as the first call, and again after it has ended the session"],
    makeSession: cutting("/notes"),
  },
  {
    how: "a login for each rejected call",
    noticedBy: [
      "a call that is rejected again after a login is returned to the caller, and the session stays in use",
      "a call that the user may not make is returned to the caller, and the session stays in use",
    ],
    makeSession: wrapped("header", (session) => ({
      async fetch(input: string, init?: RequestInit) {
        const response = await session.fetch(input, init);
        if (response.status !== 401) return response;
        await session.renew();
        return session.fetch(input, init);
      },
    })),
  },
  {
    how: "an error object of any kind that is treated as an ended session",
    noticedBy: ["a call that the user may not make is returned to the caller, and the session stays in use"],
    makeSession: eachErrorEnds,
    place: "rpc",
  },
  {
    how: "a body that is read to the end before the caller receives it",
    noticedBy: ["a response whose body does not end reaches the caller"],
    makeSession: reference("header", () => ({ isRejected: saysEnded })),
  },
  {
    how: "one signature for all calls",
    noticedBy: ["each call has its own signature, which the server accepts", AND_MORE],
    makeSession: camera(({ sign }) => {
      let first: Promise<Readonly<Record<string, string>>> | undefined;
      return { sign: (request, record) => (first ??= Promise.resolve(sign?.(request, record) ?? {})) };
    }),
    place: "camera",
  },
  {
    how: "no signature, although one is stated",
    noticedBy: ["each call has its own signature, which the server accepts"],
    makeSession: reference(),
    options: { signs: true },
  },
  {
    how: "a signature, although none is stated",
    noticedBy: ["authorization() returns what another fetch needs"],
    makeSession: camera(),
    place: "camera",
    options: { signs: false },
  },
  {
    how: "a challenge that is not answered",
    noticedBy: [
      "a POST as the first call arrives once and complete, and again after a rejection",
      "a challenge is answered with another signature, without a login, and the whole body is sent again",
      "a second session uses the first one's stored session, and does not sign in",
    ],
    makeSession: camera(({ sign }) => ({
      sign: (request, record, challenge) => (challenge === undefined ? (sign?.(request, record) ?? {}) : {}),
    })),
    place: "camera",
  },
  {
    how: "a server without reasons for missing calls",
    noticedBy: ["each clause that is not tested has a reason, and is printed"],
    makeSession: reference(),
    options: { calls: [], cannot: {} },
  },
];
