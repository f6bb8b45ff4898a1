import type { Session } from "@vms/core";
import { createClock } from "@vms/simulator";
import type { Fixture } from "../sign-ins/fixtures.ts";
import { unmarked } from "../sign-ins/marked-codes.ts";
import type { Kind } from "./kinds.ts";

/** The heap of an idle session, in bytes. */
export interface HeapResult {
  readonly kind: string;
  readonly created: number;
  readonly signedIn: number;
  /** After ten more logins and calls, which should not increase it. */
  readonly used: number;
}

/** The heap in use after garbage collection. */
async function settled(gc: () => void): Promise<number> {
  for (let round = 0; round < 4; round++) {
    // Weak references live until the end of the turn of the event loop.
    await new Promise((resolve) => setTimeout(resolve, 5));
    gc();
  }
  return process.memoryUsage().heapUsed;
}

/**
 * Measures the heap of a session after its creation, and after a login and a call. The vendor is a stub without state that
 * replays the simulator's responses to every session.
 */
export async function measureHeap(kinds: readonly Kind[], many: number, gc: () => void): Promise<HeapResult[]> {
  const results: HeapResult[] = [];
  for (const kind of kinds) results.push(await measureKind(kind, many, gc));
  return results;
}

async function measureKind(kind: Kind, many: number, gc: () => void): Promise<HeapResult> {
  const fixture = kind.open(createClock());
  const { server, human, create } = fixture;
  const stub = await recorded(kind, fixture);
  const make = () => create({ ...kind.options, baseUrl: server.baseUrl, credentials: server.account, fetch: stub });
  // The first sessions pay for shared parts.
  for (let at = 0; at < 50; at++) await make().fetch(server.firstCall);

  const sessions: Session[] = new Array<Session>(many);
  const before = await settled(gc);
  for (let at = 0; at < many; at++) sessions[at] = make();
  const made = await settled(gc);
  for (const session of sessions) await (await session.fetch(server.firstCall)).arrayBuffer();
  // The challenges that the person has received do not count as memory of the sessions.
  human.forget();
  const live = await settled(gc);
  for (let round = 0; round < 10; round++) {
    for (const session of sessions) {
      await session.renew();
      await (await session.fetch(server.firstCall)).arrayBuffer();
    }
  }
  human.forget();
  const used = await settled(gc);
  // Use the sessions here, so that none is collected before it is measured.
  if (sessions.some(({ info }) => info === undefined)) throw new Error(`${kind.name}: a session is not signed in`);
  const each = (heap: number) => (heap - before) / many;
  return { kind: kind.name, created: each(made), signedIn: each(live), used: each(used) };
}

/** A `fetch` that replays the simulator's response to the same path. */
async function recorded(kind: Kind, { server, create }: Fixture): Promise<typeof globalThis.fetch> {
  const answers = new Map<string, { status: number; headers: [string, string][]; body: string }>();
  const recording: typeof globalThis.fetch = async (input, init) => {
    const response = await server.fetch(input, unmarked(init));
    const copy = response.clone();
    const cookies = copy.headers.getSetCookie().map((line): [string, string] => ["set-cookie", line]);
    const headers = [...copy.headers].filter(([name]) => name !== "set-cookie");
    const { pathname } = new URL(String(input));
    answers.set(pathname, { status: copy.status, headers: [...headers, ...cookies], body: await copy.text() });
    return response;
  };
  const options = { ...kind.options, baseUrl: server.baseUrl, credentials: server.account, fetch: recording };
  await create(options).fetch(server.firstCall);
  return async (input) => {
    const answer = answers.get(new URL(String(input)).pathname);
    if (answer === undefined) throw new TypeError("fetch failed");
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  };
}
