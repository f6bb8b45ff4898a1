import type { World } from "../world/install.ts";
import { START } from "../world/install.ts";
import type { Happening, Purpose, Step } from "./step.ts";

/** The header by which the playground knows which call a request belongs to. */
export const CALL_HEADER = "x-playground-call";

/** The headers and parameters that carry a credential. */
const CARRIER = /^cookie$|^authorization$|session|token/i;

/** Records what happens in a run. */
export class Recorder {
  readonly steps: Step[] = [];
  readonly #world: World;
  readonly #credentials: string[] = [];
  readonly #passwords: readonly string[];
  #requests = 0;

  constructor(world: World, passwords: readonly string[]) {
    this.#world = world;
    this.#passwords = passwords;
  }

  add(process: number, happening: Happening): void {
    const at = this.#world.time.now() - START;
    this.steps.push({ at, process, ...happening });
  }

  /** Records a request, and returns its number. */
  request(process: number, purpose: Purpose, request: Request, url: URL, body: string): number {
    this.#requests += 1;
    const { headers, method } = request;
    const secret = [...headers, ...url.searchParams]
      .flatMap(([name, value]) => (CARRIER.test(name) ? [value] : []))
      .join(" ");
    const carried = decodeBasic(headers.get("authorization")) + body + url.search;
    const password = this.#passwords.findIndex((one) => carried.includes(one));
    const call = headers.get(CALL_HEADER);
    this.add(process, {
      kind: "request",
      request: this.#requests,
      purpose,
      method,
      path: url.pathname,
      origin: url.origin,
      credential: password < 0 ? this.#credentialIn(secret) : undefined,
      call: call === null ? undefined : Number(call),
      body: checksum(body),
      password: password < 0 ? undefined : password + 1,
    });
    return this.#requests;
  }

  response(process: number, request: number, purpose: Purpose, status: number | "lost"): void {
    this.add(process, { kind: "response", request, purpose, status });
  }

  /** Records a leak if a text contains a password or a credential. */
  inspect(process: number, what: string, shown: string): void {
    const secrets = [...this.#passwords, ...this.#credentials.flatMap((value) => value.match(/[\w.-]{12,}/g) ?? [])];
    if (secrets.some((secret) => shown.includes(secret))) this.add(process, { kind: "leak", text: what });
  }

  #credentialIn(secret: string): number | undefined {
    if (secret.trim() === "") return undefined;
    if (!this.#credentials.includes(secret)) this.#credentials.push(secret);
    return this.#credentials.indexOf(secret) + 1;
  }
}

function decodeBasic(header: string | null): string {
  const encoded = /^Basic (.+)$/.exec(header ?? "")?.[1];
  return encoded === undefined ? "" : atob(encoded);
}

/** A checksum of a text, to compare bodies. */
export function checksum(text: string): number {
  let sum = 0;
  for (const letter of text) sum = (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0;
  return sum;
}
