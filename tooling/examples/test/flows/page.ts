import type { Session, SessionOptions } from "@vms/core";
import { createSession, type Flow } from "@vms/core/flow";
import { placePage } from "../place-page.ts";

type Fetch = typeof globalThis.fetch;

/** A part of a flow, as a page shows it. */
export type Part<Data, Draft = object> = Partial<Flow<Data, object, Draft>>;

/** The base URL of the servers of these tests. */
export const BASE = "https://vms.acme.example/api/";

/** Made up. It has characters that XML escapes. */
export const CREDENTIALS = { username: "ada", password: "made-up <&> password" };

/** Returns what a file of the page exports. */
export type Load = <T>(file: string) => Promise<T>;

/** Places the files of a page, for one test file. */
export function placeFlows(page: string, test: string): Load {
  const placed = placePage(page, `flows-${test}`);
  return async (file) => import(placed(file));
}

/** The answers of a server by path. */
export type Answers = Readonly<Record<string, (request: Request) => Response | Promise<Response>>>;

/** A server that answers by path and records the paths. */
export function served(answers: Answers): { readonly seen: string[]; readonly fetch: Fetch } {
  const seen: string[] = [];
  return {
    seen,
    async fetch(input, init) {
      const request = new Request(input, init);
      const path = request.url.slice(BASE.length);
      seen.push(path);
      return (await answers[path]?.(request)) ?? new Response(null, { status: 404 });
    },
  };
}

/** Creates a session with a part of a flow that a page shows, completed by defaults. */
export function sessionOf<Data, Draft>(
  part: Part<Data, Draft>,
  options: Partial<SessionOptions> & { readonly fetch: Fetch },
): Session {
  const rest: Flow<Data, object, Draft> = {
    vendor: "acme",
    baseUrl: new URL(BASE),
    login: () => Promise.reject(new Error("this part has no login")),
    authorize: ({ data }) => ({ headers: { authorization: `Bearer ${tokenOf(data)}` } }),
    parse: (data) => data as Data,
  };
  return createSession({ ...rest, ...part }, { credentials: CREDENTIALS, ...options });
}

function tokenOf(data: unknown): string {
  return typeof data === "string" ? data : (data as { readonly token: string }).token;
}

/** The token of a request. */
export function bearer({ headers }: Request): string | undefined {
  return headers.get("authorization")?.slice("Bearer ".length);
}

/** An answer to a wrong password or token. */
export function refused(): Response {
  return new Response(null, { status: 401 });
}
