import type { Board } from "../search/board.ts";
import type { Fleet, Member } from "./fleet.ts";
import { SECRET } from "./names.ts";
import type { Witness } from "./witness.ts";
import type { World } from "./world.ts";

/** The vendor behind `fetch`. A request arrives in one step, and its response in another. */
export interface Vendor {
  fetchOf(member: Member): typeof globalThis.fetch;
  revoke(): void;
  /** Removes all faults of the vendor. */
  recover(): void;
  isAlive(token: string): boolean;
  password: string;
}

interface Request {
  readonly kind: "login" | "extend" | "logout" | "call";
  readonly call: string;
  readonly token: string;
  readonly password: string | undefined;
}

export function createVendor(world: World, board: Board, fleet: Fleet, witness: Witness): Vendor {
  const { logins = [], refuses = false, lifetime, idleTimeout, extends: extension } = world.vendor ?? {};
  let { forbidden = [], endsFirstOf: unlucky } = world.vendor ?? {};
  const alive = new Map<string, { end: number; usedAt: number }>();
  const { now } = fleet.clock;
  let faults = [...logins];
  let serial = 0;

  function isAlive(token: string): boolean {
    const life = alive.get(token);
    return life !== undefined && now() < life.end && now() - life.usedAt < (idleTimeout ?? Number.POSITIVE_INFINITY);
  }

  function open(): Response {
    const token = `${SECRET}-t${++serial}`;
    alive.set(token, { end: now() + (lifetime ?? Number.POSITIVE_INFINITY), usedAt: now() });
    return new Response(null, { headers: { "x-token": token } });
  }

  function answer(member: Member, { kind, call, token, password }: Request): Response | undefined {
    if (kind === "login") {
      board.touch("logins", "changes");
      const fault = faults.shift();
      if (fault === "lost") return undefined;
      if (typeof fault === "number") return new Response(null, { status: fault });
      if (password !== self.password) return new Response(null, { status: 401 });
      const opened = open();
      if (member.index === unlucky) {
        unlucky = undefined;
        alive.delete(opened.headers.get("x-token") ?? "");
      }
      return fault === "unanswered" ? undefined : opened;
    }
    board.touch("tokens", "reads");
    board.touch(token, kind === "logout" ? "changes" : "reads");
    const life = alive.get(token);
    if (life === undefined || !isAlive(token) || forbidden.includes(call)) return new Response(null, { status: 401 });
    life.usedAt = now();
    if (kind === "logout") alive.delete(token);
    if (kind !== "extend") return new Response(null);
    if (extension === "new token") return open();
    life.end = now() + (lifetime ?? Number.POSITIVE_INFINITY);
    return new Response(null);
  }

  function travel(member: Member, input: string | URL | globalThis.Request, init: RequestInit = {}): Promise<Response> {
    const { origin, pathname } = new URL(typeof input === "object" && "url" in input ? input.url : input);
    const [, first = "", call = ""] = pathname.split("/");
    const token = new Headers(init.headers).get("authorization")?.replace("Bearer ", "") ?? "";
    const { password } = JSON.parse(typeof init.body === "string" ? init.body : "{}") as { password?: string };
    const kind = first as Request["kind"];
    const { signal } = init;
    if (signal?.aborted) return Promise.reject(signal.reason);
    const flight = witness.sends(member, { kind, origin, call, token, password });
    return new Promise((resolve, reject) => {
      const name = fleet.nameOf(member, kind === "call" ? `call ${call}` : kind);
      const onAbort = () => {
        withdraw();
        witness.ends(flight, "gone");
        reject(signal?.reason);
      };
      let withdraw = fleet.post(member, {
        key: `${name} arrives`,
        of: name,
        run() {
          const response = answer(member, { kind, call, token, password });
          withdraw = fleet.post(member, {
            key: `${name} is answered ${response?.status ?? "by nothing"}`,
            of: name,
            by: member.name,
            run() {
              signal?.removeEventListener("abort", onAbort);
              witness.ends(flight, response?.status ?? "gone");
              if (response === undefined) reject(new TypeError("fetch failed"));
              else resolve(response);
            },
          });
        },
      });
      signal?.addEventListener("abort", onAbort);
    });
  }

  const self: Vendor = {
    password: refuses ? `${SECRET}-other` : `${SECRET}-password`,
    isAlive,
    fetchOf: (member) => (input, init) => travel(member, input, init),
    revoke() {
      board.touch("tokens", "changes");
      board.touch("logins", "changes");
      alive.clear();
    },
    recover() {
      faults = [];
      forbidden = [];
    },
  };
  return self;
}
