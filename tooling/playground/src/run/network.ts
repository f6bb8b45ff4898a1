import type { VendorServer } from "@vms/simulator";
import type { World } from "../world/install.ts";
import { CALL_HEADER, type Recorder } from "./recorder.ts";
import type { Purpose } from "./step.ts";

/** How far the vendor is away: a request travels for 20 to 60 ms, and so does its response. */
const NEAREST = 20;
const SPREAD = 40;

/** A host that is not the vendor's. */
export const ELSEWHERE = "https://elsewhere.example";

/** How long the vendor needs for a slow call or login, in ms. */
const SLOW = 4000;

/** What happens to the requests of a vendor for a time. */
export interface Trouble {
  /** When it ends, in ms since the epoch. */
  readonly until: number;
  readonly kind: "down" | "slow-login" | "reject-all" | "redirect-login" | "garbage-login";
}

/** The purpose of a request: a call has the header of the playground, and everything else is signing in or out. */
function purposeOf(url: URL, headers: Headers): Purpose {
  if (url.origin === ELSEWHERE) return "other origin";
  if (headers.has(CALL_HEADER)) return "call";
  if (/\/logout\/?$/.test(url.pathname)) return "logout";
  return /\/(totp|two_factor_authenticate)$/.test(url.pathname) ? "second factor" : "login";
}

/** The `fetch` of a process: each request travels to the simulated vendor, and each response back. */
export function networkOf(
  process: number,
  world: World,
  server: VendorServer,
  recorder: Recorder,
  trouble: () => Trouble | undefined,
): typeof globalThis.fetch {
  const { time } = world;
  const travel = () => NEAREST + Math.floor(world.random() * SPREAD);
  const wait = (ms: number) => new Promise<void>((resolve) => time.set(resolve, ms));

  async function exchange(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const purpose = purposeOf(url, request.headers);
    const body = request.body === null ? "" : await request.clone().text();
    const sent = recorder.request(process, purpose, request, url, body);
    await wait(travel());
    const response = await answer(request, purpose);
    await wait(travel());
    recorder.response(process, sent, purpose, response?.status ?? "lost");
    if (response !== undefined) return response;
    throw new TypeError("fetch failed", {
      cause: Object.assign(new Error("The vendor is down."), { code: "ECONNREFUSED" }),
    });
  }

  async function answer(request: Request, purpose: Purpose): Promise<Response | undefined> {
    const now = trouble();
    if (purpose === "other origin") return new Response("{}", { headers: { "content-type": "application/json" } });
    if (now?.kind === "down") return undefined;
    if (now?.kind === "reject-all" && purpose === "call") return new Response("{}", { status: 401 });
    if (now?.kind === "redirect-login" && purpose === "login") {
      return new Response(null, { status: 307, headers: { location: `${ELSEWHERE}/login` } });
    }
    if (now?.kind === "garbage-login" && purpose === "login") {
      return new Response("<p>Down for maintenance</p>", { headers: { "content-type": "text/html" } });
    }
    if (now?.kind === "slow-login" && purpose === "login") await wait(SLOW);
    const path = new URL(request.url).pathname.split("/").at(-1) ?? "";
    if (path === "forbidden") return new Response("{}", { status: 401 });
    if (path !== "upload" && path !== "slow") return server.fetch(request, { redirect: "manual" });
    // The simulator has no such paths: they behave like its first call.
    const first = new URL(server.firstCall, `${server.baseUrl}/`);
    const response = await server.fetch(first, { headers: request.headers, redirect: "manual" });
    if (path === "slow") await wait(SLOW);
    return response;
  }

  return (input, init) => {
    const request = new Request(input, init);
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    if (request.signal.aborted) reject(request.signal.reason);
    else {
      request.signal.addEventListener("abort", () => reject(request.signal.reason));
      exchange(request).then(resolve, reject);
    }
    return promise;
  };
}
