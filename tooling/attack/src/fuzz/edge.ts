import { createSecrets, type Secrets } from "../secrets.ts";
import { unmarked } from "../ways/marks.ts";
import { quoting } from "../ways/quoting.ts";
import type { Scene } from "../ways/scenes.ts";
import { spentIn } from "../ways/spent.ts";
import { type Plan, spoil } from "./plan.ts";
import { putTogether, type RawAnswer, takeApart } from "./raw-answer.ts";

/** The edge of the network: a `fetch` that asks the simulator, and spoils what it is told to. */
export interface Edge {
  readonly fetch: typeof globalThis.fetch;
  readonly secrets: Secrets;
  /** Requests that the vendor did not get, because they led to another host: their address and headers. */
  readonly strayed: readonly string[];
  /** What may be used once, in the order in which it was sent. */
  readonly spent: readonly string[];
  /** How many answers were spoilt. */
  readonly spoilt: () => number;
  /** Spoils the next answers of requests whose path ends so. */
  aim(path: string, plan: Plan): void;
  /** Spoils nothing more. */
  calm(): void;
}

/** @param password what a careless vendor quotes as the password. */
export function createEdge({ server, human, secrets: more }: Scene, password: string): Edge {
  const secrets = createSecrets();
  const strayed: string[] = [];
  const spent: string[] = [];
  // Tokens of the vendor's own: what a spoilt answer gives out is always the same.
  const issued = new Set<string>();
  let aimed: { readonly path: string; readonly plan: Plan; left: number } | undefined;
  let spoilt = 0;
  let token = "none";
  secrets.account(server.account);
  secrets.add(...more);

  async function ask(url: URL, init: RequestInit | undefined): Promise<Response> {
    try {
      return await server.fetch(url, unmarked(init));
    } finally {
      const { host } = new URL(server.origin);
      const home = url.host === host || (server.vendor === "eagleeye" && url.host.endsWith(".eagleeyenetworks.com"));
      if (!home) strayed.push(`${url.href}\n${JSON.stringify([...new Headers(init?.headers)])}`);
      for (const request of server.requests) secrets.request(request);
      server.clearRequests();
    }
  }

  return {
    secrets,
    strayed,
    spent,
    spoilt: () => spoilt,
    async fetch(input, init) {
      const url = new URL(String(input));
      spent.push(...spentIn(url, init).filter((one) => issued.has(one) || human.codes.includes(one)));
      secrets.add(...human.codes);
      const response = await ask(url, init);
      const raw = await takeApart(response);
      const given = secrets.answer(response.headers, new TextDecoder().decode(raw.body));
      if (given !== undefined) issued.add(given);
      if (aimed === undefined || aimed.left === 0 || !url.pathname.endsWith(aimed.path)) {
        token = given ?? token;
        return putTogether(raw, url.href, init?.signal);
      }
      aimed.left--;
      spoilt++;
      const quotable = { password, token, code: human.codes.at(-1) };
      const answer = quoted(spoil(raw, aimed.plan), quotable);
      // A token that is given out a second time may go out a second time.
      if (answer.body.length < 1_000_000 && Buffer.from(answer.body).includes(token)) issued.delete(token);
      return putTogether(answer, url.href, init?.signal);
    },
    aim(path, plan) {
      aimed = { path, plan, left: plan.times };
    },
    calm() {
      aimed = undefined;
    },
  };
}

// A vendor may quote what it was sent, and the session that it gave out before.
function quoted(answer: RawAnswer, quotable: Parameters<typeof quoting>[1]): RawAnswer {
  const headers = answer.headers.map(([name, value]) => [name, quoting(value, quotable)] as const);
  const bytes = Buffer.from(answer.body);
  if (!["<password>", "<token>", "<code>"].some((name) => bytes.includes(name))) return { ...answer, headers };
  return {
    ...answer,
    headers,
    body: Uint8Array.from(Buffer.from(quoting(bytes.toString("latin1"), quotable), "latin1")),
  };
}
