import { createSecrets, type Secrets } from "../secrets.ts";
import type { Fixture } from "../sign-ins/fixtures.ts";
import { unmarked } from "../sign-ins/marked-codes.ts";
import { quoteSecrets } from "../sign-ins/quote-secrets.ts";
import { singleUseIn } from "../sign-ins/single-use.ts";
import { type Plan, spoil } from "./plan.ts";
import { putTogether, type RawAnswer, takeApart } from "./raw-answer.ts";

/** A `fetch` that calls the simulator and corrupts selected responses. */
export interface CorruptingFetch {
  readonly fetch: typeof globalThis.fetch;
  readonly secrets: Secrets;
  /** The URL and headers of requests to other hosts, which the vendor did not receive. */
  readonly strayed: readonly string[];
  /** The single-use values that were sent, in order. */
  readonly singleUse: readonly string[];
  /** The number of corrupted responses. */
  readonly spoilt: () => number;
  /** Corrupts the next responses to requests whose path ends with this text. */
  aim(path: string, plan: Plan): void;
  /** Stops corrupting. */
  calm(): void;
}

/** @param password what a careless vendor quotes as the password. */
export function createCorruptingFetch({ server, human, secrets: more }: Fixture, password: string): CorruptingFetch {
  const secrets = createSecrets();
  const strayed: string[] = [];
  const singleUse: string[] = [];
  // Only tokens of the vendor count: a corrupted answer always contains the same one.
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
    singleUse,
    spoilt: () => spoilt,
    async fetch(input, init) {
      const url = new URL(String(input));
      singleUse.push(...singleUseIn(url, init).filter((one) => issued.has(one) || human.codes.includes(one)));
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
      // A token that the vendor reissues may be sent again.
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

// A vendor may quote the request and the session that it issued earlier.
function quoted(answer: RawAnswer, quotable: Parameters<typeof quoteSecrets>[1]): RawAnswer {
  const headers = answer.headers.map(([name, value]) => [name, quoteSecrets(value, quotable)] as const);
  const bytes = Buffer.from(answer.body);
  if (!["<password>", "<token>", "<code>"].some((name) => bytes.includes(name))) return { ...answer, headers };
  return {
    ...answer,
    headers,
    body: Uint8Array.from(Buffer.from(quoteSecrets(bytes.toString("latin1"), quotable), "latin1")),
  };
}
