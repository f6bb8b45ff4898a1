import { InvalidCredentials, InvalidRequest } from "@vms/core";
import type { FlowContractOptions, MakeSession } from "../../src/index.ts";
import { loginOf, type ReferenceData, type ReferenceFlow, reference, refusal, sendLogin } from "./flow.ts";
import type { Place } from "./server.ts";

/** Stands for the other clauses if almost all detect a mistake. */
export const AND_MORE = "and more";

/** A mistake in an otherwise correct flow, and all clauses that detect it. */
export interface Mutation {
  readonly how: string;
  readonly makeSession: MakeSession;
  readonly noticedBy: readonly string[];
  /** The place of the token in calls, or another server. Default: in a header. */
  readonly place?: Place | "camera" | "rpc";
  /** Whether a new token ends the old ones immediately. Default: `false`. */
  readonly endsOld?: boolean;
  /** The stated facts about the flow. Default: those of the correct flow. */
  readonly options?: FlowContractOptions;
}

type Change = (flow: ReferenceFlow, baseUrl: URL) => Partial<ReferenceFlow>;

function mutation(how: string, noticedBy: readonly string[], change: Change): Mutation {
  return { how, noticedBy, makeSession: reference("header", change) };
}

/** Creates a login whose result is changed. */
function loginWith(change: (login: Awaited<ReturnType<ReferenceFlow["login"]>>) => object): Change {
  return (flow) => ({
    async login(context) {
      const login = await flow.login(context);
      return { ...login, ...change(login) };
    },
  });
}

const LASTS = "a session lasts as long as the server grants, and has no limit that the server does not grant";
const EXTENDED = "a session that is extended still works after its first credential has expired, without a login";
const CURRENT = "an extension uses the current credential";
const TWICE = "a session can be extended twice in a row, and calls work after each extension";
const FIRST = "the first call signs in, and gets its response";
const WRONG = "a wrong password is invalid_credentials, and is sent once";

export const mutations: readonly Mutation[] = [
  mutation(
    "extend sends the token instead of the refresh token",
    [
      TWICE,
      EXTENDED,
      "an expired session in the store is extended by the next session object, without the password",
      "an extended session lasts as long as the server grants",
      CURRENT,
      "concurrent calls after a session's end share one extension",
      "the first call after a session's end extends it, without the password",
    ],
    (flow) => ({
      extend: async (context, record) =>
        flow.extend?.(context, { ...record, data: { ...record.data, refresh: record.data.token } }) ?? {},
    }),
  ),
  mutation(
    "extend loses the refresh token",
    [
      TWICE,
      CURRENT,
      "concurrent calls after a session's end share one extension",
      "the first call after a session's end extends it, without the password",
    ],
    (flow) => ({
      async extend(context, record) {
        const extended = await flow.extend?.(context, record);
        return { ...extended, data: { ...record.data, ...extended?.data, refresh: undefined } };
      },
    }),
  ),
  mutation(
    "extend keeps the refresh token that it has used",
    [
      TWICE,
      CURRENT,
      "concurrent calls after a session's end share one extension",
      "the first call after a session's end extends it, without the password",
    ],
    (flow) => ({
      async extend(context, record) {
        const extended = await flow.extend?.(context, record);
        return { ...extended, data: { ...record.data, ...extended?.data, refresh: record.data.refresh } };
      },
    }),
  ),
  mutation(
    "seconds are taken for milliseconds",
    ["a new credential of a response lasts as long as the server grants, and is stored", LASTS],
    loginWith(({ expiresIn = 0 }) => ({ expiresIn: expiresIn / 1000 })),
  ),
  mutation(
    "a lifetime is a thousand times too long",
    [
      "a new credential of a response lasts as long as the server grants, and is stored",
      LASTS,
      "an expired session in the store is extended by the next session object, without the password",
      "concurrent calls after a session's end share one extension",
      "the first call after a session's end extends it, without the password",
    ],
    loginWith(({ expiresIn = 0 }) => ({ expiresIn: expiresIn * 1000 })),
  ),
  mutation(
    "a session has no expiry",
    [
      "a new credential of a response lasts as long as the server grants, and is stored",
      LASTS,
      "an expired session in the store is extended by the next session object, without the password",
      "an extension after the end that the server refuses leads to one login",
      "concurrent calls after a session's end share one extension",
      "the first call after a session's end extends it, without the password",
    ],
    loginWith(() => ({ expiresIn: undefined })),
  ),
  mutation("the credential is in another header", [FIRST, AND_MORE], () => ({
    authorize: ({ data }) => ({ headers: { "x-session": data.token } }),
  })),
  mutation(
    "login accepts any status",
    [
      "a login answered 429 with a long Retry-After fails immediately, with `retryAfter`",
      "a login answered 500 is retried a limited number of times",
      WRONG,
    ],
    () => ({
      login: async (context) => loginOf(await sendLogin(context)),
    }),
  ),
  mutation(
    "no response is a rejection",
    [
      "a POST as the first call arrives once and complete, and again after a rejection",
      "a session that the vendor has ended costs one login, and the call succeeds",
      "the server accepts a POST as the first call, and again after it has ended the session",
    ],
    () => ({ isRejected: () => false }),
  ),
  mutation(
    "each failed response is a rejection",
    ["any other failed response is returned to the caller, and costs no login"],
    () => ({ isRejected: ({ ok }) => !ok }),
  ),
  mutation(
    "the sign-out sends nothing",
    [
      "a logout() that fails at the vendor is an error, and the session is removed locally",
      "logout() ends the session at the vendor",
    ],
    () => ({
      logout: async () => {},
    }),
  ),
  mutation("the sign-out is sent with another token", ["logout() ends the session at the vendor"], (flow) => ({
    logout: async (context, record) =>
      flow.logout?.(context, { ...record, data: { ...record.data, token: record.data.refresh ?? "" } }),
  })),
  mutation("parse accepts anything", ["a stored session with invalid data is not used, and is replaced"], () => ({
    parse: (data) => data as ReferenceData,
  })),
  mutation(
    "rotate ignores a new credential",
    [
      "a new credential of a response lasts as long as the server grants, and is stored",
      "after a response with a new credential, the next call uses the new one",
    ],
    () => ({ rotate: () => undefined }),
  ),
  mutation(
    "rotate loses the refresh token",
    [
      TWICE,
      "concurrent calls after a session's end share one extension",
      "the first call after a session's end extends it, without the password",
    ],
    (flow) => ({
      rotate(response, record) {
        const data = flow.rotate?.(response, record);
        return data instanceof Promise || data === undefined ? undefined : { token: data.token };
      },
    }),
  ),
  mutation(
    "the user has a secret",
    ["the session, its info and its events contain no secret"],
    loginWith(({ data }) => ({ user: { link: `/me?token=${data.token}` } })),
  ),
  mutation("an error quotes the password", ["errors contain no secret, even if the vendor quotes one"], (flow) => ({
    async login(context) {
      const { password } = await context.credentials();
      try {
        return await flow.login(context);
      } catch (error) {
        if (!(error instanceof InvalidCredentials)) throw error;
        throw new InvalidCredentials("reference", `${password} was refused.`, { status: 401 });
      }
    },
  })),
  mutation("a login that is refused is sent again", [WRONG], () => ({
    async login(context) {
      let response = await sendLogin(context);
      if (response.status === 401) response = await sendLogin(context);
      if (!response.ok) throw refusal(context, response);
      return loginOf(response);
    },
  })),
  mutation("the path of the base URL is lost", [FIRST, AND_MORE], (_, baseUrl) =>
    loginWith(() => ({ baseUrl: new URL("/", baseUrl) }))(_, baseUrl),
  ),
  {
    how: "the identity is lost",
    noticedBy: ["sessions of another identity do not use the stored session, and do not replace it"],
    makeSession: reference("header"),
    options: { otherIdentity: reference("header") },
  },
  mutation("a login signs in twice", [FIRST, "concurrent calls share one login", AND_MORE], (flow) => ({
    async login(context) {
      await flow.login(context);
      return flow.login(context);
    },
  })),
  mutation("a refused password is another error", [WRONG], (flow) => ({
    login: (context) =>
      flow.login(context).catch((error: unknown) => {
        throw error instanceof InvalidCredentials ? new InvalidRequest("reference", "no.", { status: 401 }) : error;
      }),
  })),
];
