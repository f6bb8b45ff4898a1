import type { VendorServer } from "@vms/simulator";
import { createSecrets, type Secrets } from "../secrets.ts";
import { type Plan, spoil } from "./plan.ts";
import { putTogether, type RawAnswer, takeApart } from "./raw-answer.ts";

/** The edge of the network: a `fetch` that asks the simulator, and spoils what it is told to. */
export interface Edge {
  readonly fetch: typeof globalThis.fetch;
  readonly secrets: Secrets;
  /** Requests that the vendor did not get, because they led to another host: their address and headers. */
  readonly strayed: readonly string[];
  /** How many answers were spoilt. */
  readonly spoilt: () => number;
  /** Spoils the next answers of requests whose path ends so. */
  aim(path: string, plan: Plan): void;
  /** Spoils nothing more. */
  calm(): void;
}

export function createEdge(server: VendorServer): Edge {
  const secrets = createSecrets();
  const strayed: string[] = [];
  let aimed: { readonly path: string; readonly plan: Plan; left: number } | undefined;
  let spoilt = 0;
  let token = "none";
  secrets.account(server.account);

  async function ask(url: URL, init: RequestInit | undefined): Promise<Response> {
    try {
      return await server.fetch(url, init);
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
    spoilt: () => spoilt,
    async fetch(input, init) {
      const url = new URL(String(input));
      const response = await ask(url, init);
      const raw = await takeApart(response);
      secrets.answer(response.headers, new TextDecoder().decode(raw.body));
      if (aimed === undefined || aimed.left === 0 || !url.pathname.endsWith(aimed.path)) {
        token = tokenIn(raw) ?? token;
        return putTogether(raw, url.href, init?.signal);
      }
      aimed.left--;
      spoilt++;
      return putTogether(quoting(spoil(raw, aimed.plan), server.account.password, token), url.href, init?.signal);
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
function quoting(answer: RawAnswer, password: string, token: string): RawAnswer {
  const quoted = (text: string) => text.replaceAll("<password>", password).replaceAll("<token>", token);
  const headers = answer.headers.map(([name, value]) => [name, quoted(value)] as const);
  const bytes = Buffer.from(answer.body);
  if (!bytes.includes("<password>") && !bytes.includes("<token>")) return { ...answer, headers };
  return { ...answer, headers, body: Uint8Array.from(Buffer.from(quoted(bytes.toString("latin1")), "latin1")) };
}

function tokenIn({ headers, body }: RawAnswer): string | undefined {
  const cookies = headers.map(([, value]) => /^(?:va|videobank_sessionid|auth_key)=([^;]+)/.exec(value)?.[1]);
  const text = new TextDecoder().decode(body);
  return cookies.find((value) => value !== undefined) ?? /"(?:token|access_token|session)":"([^"]+)"/.exec(text)?.[1];
}
