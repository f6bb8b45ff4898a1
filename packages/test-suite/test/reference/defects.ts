import { loginOf, reference } from "./flow.ts";
import { AND_MORE, type Mutation } from "./mutations.ts";

/** The defects that the clauses on renewal and time detect, besides the mutations. */
export const defects: readonly Mutation[] = [
  {
    how: "an extension whose seconds are read as milliseconds",
    noticedBy: [
      "a session that is extended still works after its first credential has expired, without a login",
      "an extended session lasts as long as the server grants",
    ],
    makeSession: reference("header", (flow) => ({
      async extend(context, record) {
        const extended = await flow.extend?.(context, record);
        return { ...extended, expiresIn: (extended?.expiresIn ?? 0) / 1000 };
      },
    })),
  },
  {
    how: "an extension that gives up after a refusal",
    noticedBy: [
      "a session that the vendor has ended costs one login, and the call succeeds",
      "an extension that the server refuses leads to one login, and calls continue",
      "the server accepts a POST as the first call, and again after it has ended the session",
    ],
    makeSession: reference("header", (flow) => ({
      extend: async (context, record) => {
        try {
          return (await flow.extend?.(context, record)) ?? {};
        } catch {
          return {};
        }
      },
    })),
  },
  {
    how: "a login that uses the refresh token of the previous session",
    noticedBy: [
      "a POST as the first call arrives once and complete, and again after a rejection",
      "an extension that the server refuses leads to one login, and calls continue",
      "renew() creates a new session",
      "renew() signs in by password, although the session can be extended",
    ],
    makeSession: reference("header", (flow) => ({
      async login(context) {
        const { refresh, device } = context.previous?.data ?? {};
        if (refresh === undefined) return flow.login(context);
        const response = await context.send("sessions/refresh", { json: { refresh, device } });
        return response.ok ? loginOf(response) : flow.login(context);
      },
    })),
  },
  {
    how: "an extension that sends nothing",
    noticedBy: [
      "a call before the session's end uses it, and a call after the end is not sent with the old credential",
      "a session that the vendor has ended costs one login, and the call succeeds",
      "an expired session in the store is extended by the next session object, without the password",
      "an extension uses the current credential",
      "an extension that the server refuses leads to one login, and calls continue",
      "concurrent calls after a session's end share one extension",
      "each call restarts the idle timeout, and a session that was idle for longer is not used",
      "the first call after a session's end extends it, without the password",
      "the server accepts a POST as the first call, and again after it has ended the session",
    ],
    makeSession: reference("header", () => ({ extend: async () => ({}) })),
  },
  {
    how: "a login that returns the previous session",
    noticedBy: ["renew() signs in by password, although the session can be extended", AND_MORE],
    makeSession: reference("header", (flow) => ({
      login: async (context) =>
        context.previous === undefined ? flow.login(context) : { data: context.previous.data, user: {} },
    })),
  },
  {
    how: "an idle timeout that the flow does not return",
    noticedBy: [
      "a session lasts as long as the server grants, and has no limit that the server does not grant",
      "each call restarts the idle timeout, and a session that was idle for longer is not used",
    ],
    makeSession: reference("header", (flow) => ({
      async login(context) {
        const { idleTimeout: _, ...login } = await flow.login(context);
        return login;
      },
    })),
  },
  {
    how: "a flow that extends, although that is not stated",
    noticedBy: ["a session is renewed by a login, unless `extends` is stated"],
    makeSession: reference(),
    options: { extends: false },
  },
  {
    how: "a lifetime of a new credential in seconds",
    noticedBy: ["a new credential of a response lasts as long as the server grants, and is stored"],
    makeSession: reference("header", () => ({ lifetime: () => ({ expiresIn: 3_600 }) })),
  },
  {
    how: "a flow that rotates, although that is not stated",
    noticedBy: ["no response to a call replaces the credential, unless `rotates` is stated"],
    makeSession: reference(),
    options: { rotates: false },
  },
  {
    how: "concurrent calls with tokens that end each other",
    noticedBy: [
      "a session that the vendor has ended costs one login, and the call succeeds",
      "an extension after the end that the server refuses leads to one login",
      "concurrent calls after a session's end share one extension",
      "concurrent calls share one login",
      "twenty concurrent calls with a live session succeed, and cost no login",
      "when a session can no longer be extended, the next call signs in once",
    ],
    makeSession: reference(),
    endsOld: true,
  },
  {
    how: "a device that the next login does not send",
    noticedBy: ["what outlives a session stays in the store, and reaches the next login"],
    makeSession: reference("header", (flow) => ({
      login: (context) => flow.login({ ...context, previous: undefined }),
    })),
  },
  {
    how: "a device that the store drops",
    noticedBy: ["what outlives a session stays in the store, and reaches the next login"],
    makeSession: reference("header", () => ({ outlives: () => false })),
  },
  {
    how: "data that outlives a session, although that is not stated",
    noticedBy: ["a store keeps nothing of a session after its end, unless `outlives` is stated"],
    makeSession: reference(),
    options: { outlives: false },
  },
  {
    how: "an extension that signs in on its own, and fails",
    noticedBy: [
      "a session that the vendor has ended costs one login, and the call succeeds",
      "an extension after the end that the server refuses leads to one login",
      "an extension that the server refuses leads to one login, and calls continue",
      "the server accepts a POST as the first call, and again after it has ended the session",
    ],
    makeSession: reference("header", (flow) => ({
      async extend(context, record) {
        const extended = await flow.extend?.(context, record).catch(() => undefined);
        if (extended !== undefined) return extended;
        await flow.login(context);
        throw new TypeError("the extension was refused.");
      },
    })),
  },
  {
    how: "an extension without a known expiry",
    noticedBy: ["a session lasts as long as the server grants, and has no limit that the server does not grant"],
    makeSession: reference("header", (flow) => ({
      login: async (context) => ({
        ...(await flow.login(context)),
        extendableFor: undefined,
        extendableUntil: Number.POSITIVE_INFINITY,
      }),
    })),
  },
];
