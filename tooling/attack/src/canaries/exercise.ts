import { encryptedStore, isVmsError, memoryStore, type SessionEvent, type SessionOptions } from "@vms/core";
import { allVendors } from "@vms-tooling/vendors";
import type { Fixture } from "../sign-ins/fixtures.ts";
import type { Behavior } from "../sign-ins/human.ts";
import { unmarked } from "../sign-ins/marked-codes.ts";
import type { ServedFixture } from "../sign-ins/serve-fixture.ts";
import { answersToCall, answersToLogin, answersToMethod, CANARIES, PLAUSIBLE, SET_COOKIE } from "./answers.ts";
import type { Row } from "./targets.ts";

const EVENTS: readonly SessionEvent["type"][] = [
  "login",
  "renewed",
  "renewal_failed",
  "rejected",
  "rotated",
  "expired",
  "logout",
  "store_failed",
];

/** Everything that was thrown, emitted or returned, and every unexpected outcome. */
export interface Exercise {
  readonly seen: readonly unknown[];
  /** Operations that did not fail as expected. */
  readonly surprises: readonly string[];
}

/** The 32-byte key of an encrypted store. */
export const STORE_KEY = "a made-up canary key of 32 bytes";

/** Signs in, calls and signs out with every failure, and collects every value that appears. */
export async function exercise(row: Row, fixture: Fixture, { baseUrl }: ServedFixture): Promise<Exercise> {
  const { server, human } = fixture;
  const { account, firstCall } = server;
  const seen: unknown[] = [];
  const surprises: string[] = [];
  const options: SessionOptions & { readonly baseUrl: string } = {
    baseUrl,
    credentials: account,
    fetch: (input, init) => fetch(input, unmarked(init)),
    retry: { attempts: 1 },
    timeout: 2_000,
  };
  const open = (more: Partial<SessionOptions> = {}, create: Fixture["create"] = fixture.create) => {
    const session = create({ ...options, ...more });
    for (const type of EVENTS) session.on(type, (event) => seen.push(event));
    seen.push(session, session.http, session.fetch, more.store, ...(row.more?.(session) ?? []));
    return session;
  };
  const keep = async (run: Promise<unknown>, code?: string) => {
    const outcome = await run.catch((error: unknown) => error);
    seen.push(outcome);
    const came = isVmsError(outcome) ? outcome.code : "not a VmsError";
    if (code !== undefined && came !== code) surprises.push(`${came} in place of ${code}`);
    return outcome;
  };

  // Failing logins, whose bodies quote the request.
  for (const { path } of row.steps.filter(({ kind }) => kind === "login")) {
    for (const answer of answersToLogin(account.password)) {
      server.script({ ...answer, when: (request) => request.path.endsWith(path) });
      const error = await keep(open().login());
      if (path === row.begins && !isVmsError(error) && answer.body !== PLAUSIBLE)
        surprises.push(`${path}: not a VmsError`);
    }
  }
  if (row.passwordOptional === undefined) {
    const credentials = { ...account, password: "made-up-canary-wrong" };
    await keep(open({ credentials }).login(), "invalid_credentials");
  }
  if (row.asks !== undefined) {
    const behaviors: Behavior[] = ["wrong", "late", "empty", "throws"];
    for (const behavior of row.asks === "video" ? [...behaviors, "another" as const] : behaviors) {
      human.behavior = () => behavior;
      await keep(open().login());
      server.revokeAll();
    }
    human.behavior = () => "right";
    const bare = allVendors.find(({ vendor }) => vendor === server.vendor)?.create;
    const code = row.asks === "video" && row.passwordOptional ? "invalid_credentials" : "second_factor_required";
    await keep(open({}, bare).login(), code);
  }

  // Failing calls.
  const session = open();
  // The search covers errors while reading a body, but not its content.
  const read = async () => void (await (await session.fetch(firstCall)).arrayBuffer());
  await keep(session.fetch(firstCall));
  server.script({ status: 404, body: "{}", headers: SET_COOKIE });
  const httpError = await keep(session.http.get(firstCall, { retry: 0 }).json());
  const { response } = httpError as { response?: Response };
  if (response === undefined) surprises.push("a 404 was not an HTTPError");
  seen.push(response?.headers, [...(response?.headers ?? [])], response?.url);
  server.script({ status: 500, headers: SET_COOKIE });
  await keep(session.http.post(firstCall, { json: {}, retry: 0 }));
  for (const answer of answersToCall(firstCall)) {
    server.script(answer);
    await keep(read());
    server.script(answer);
    await keep(session.http.get(firstCall, { retry: 0 }).then(() => undefined));
  }
  for (const answer of row.method === undefined ? [] : [...answersToCall(firstCall), ...answersToMethod]) {
    server.script(answer);
    await keep(row.method?.run(session, {}) ?? Promise.resolve());
  }
  await keep(session.fetch(`https://evil.example/?x=${account.password}`), "origin_not_allowed");
  server.revokeAll();
  await keep(read());
  await keep(session.renew());
  seen.push(session.info);
  server.script({ status: 500, when: ({ path }) => path.includes("logout") });
  await keep(session.logout());
  await keep(session.fetch(firstCall), "session_closed");

  // The cookies of an expired session.
  const [va, videobank_sessionid, auth_key, tfa_key] = CANARIES;
  const cookies = { va, videobank_sessionid, auth_key, tfa_key };
  // An error if the vendor has no cookie sessions.
  await keep((async () => open({ cookies }).login())());

  for (const store of [memoryStore(), encryptedStore(memoryStore(), { key: Buffer.from(STORE_KEY) })]) {
    await keep(open({ store }).login());
    await keep(open({ store }).fetch(firstCall));
  }
  return { seen: [...seen, ...human.told], surprises };
}
