import { createFindFaceServer, type FindFaceServer } from "@vms/simulator";
import { between } from "../soak/random.ts";
import { createLedger, type Ledger, type Sender } from "./ledger.ts";
import type { TimeLine } from "./machine/time-line.ts";
import { MIDNIGHT } from "./machine/virtual-machine.ts";
import { createOutage, type Outage } from "./outage.ts";
import type { DayPlan } from "./plan.ts";
import type { Process } from "./process.ts";
import type { Trace } from "./trace.ts";

/** The fleet's device name. A login ends the account's earlier session with the same name. */
export const DEVICE = "fleet";

/** The vendor: the simulator's server behind a network. */
export interface Vendor {
  readonly server: FindFaceServer;
  readonly ledger: Ledger;
  readonly outage: Outage;
  /** The accounts that lock after wrong passwords, and those that are locked. */
  readonly locking: Set<string>;
  readonly locked: Set<string>;
  /** The network of one process or of the foreign program. */
  open(process: Process, sender?: Sender): typeof globalThis.fetch;
}

interface World {
  readonly plan: DayPlan;
  readonly time: TimeLine;
  readonly random: () => number;
  readonly trace: Trace;
  readonly isStoreAway: () => boolean;
}

export function createVendor({ plan, time, random, trace, isStoreAway }: World): Vendor {
  const clock = { now: () => MIDNIGHT + time.now(), advance: () => {} };
  const server = createFindFaceServer({ clock, lifetime: plan.lifetime });
  const ledger = createLedger(plan, time.now);
  const failures = new Map<string, number>();

  /** Locks an account after too many wrong passwords: the simulator then rejects even the right one. */
  function countFailure(account: string, password: string, isRight: boolean): void {
    const failed = isRight ? 0 : (failures.get(account) ?? 0) + 1;
    failures.set(account, failed);
    if (failed < plan.triesToLock || !vendor.locking.has(account)) return;
    vendor.locked.add(account);
    server.addAccount({ username: account, password, active: false });
  }

  async function answer(process: Process, sender: Sender, url: string, init: RequestInit): Promise<Response> {
    const response = await server.fetch(url, init);
    // Nothing else runs between a request and its response.
    const [received] = server.requests;
    server.clearRequests();
    if (received === undefined) throw new Error("the simulator received nothing");
    const credential = tokenIn(received.headers);
    if (received.path.endsWith("/auth/login/")) {
      const token = response.ok ? ((await response.clone().json()) as { token: string }).token : undefined;
      const { account, password } = ledger.login({
        sender,
        request: received,
        token,
        held: process.held,
        isStoreAway: isStoreAway(),
      });
      countFailure(account, password, response.ok);
      trace.add(time.now(), "login", sender, account, response.status);
    } else {
      if (received.path.endsWith("/auth/logout/")) ledger.signedOut(credential);
      hold(process, credential);
      ledger.call(sender, response.status);
      trace.add(time.now(), "call", sender, credential, response.status);
    }
    return response;
  }

  /** Records the credential of a process. */
  function hold({ held }: Process, token: string): void {
    const account = ledger.accountOf(token);
    if (account !== undefined) held.set(account, token);
  }

  /** Fails as a vendor that is down: no connection, an error page, or silence. */
  async function fail(process: Process): Promise<Response> {
    const chance = random();
    if (chance < 0.4) throw new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } });
    if (chance < 0.9) return new Response("the service is unavailable", { status: 503 });
    await process.pass(10_000);
    throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
  }

  const vendor: Vendor = {
    server,
    ledger,
    outage: createOutage(time),
    locking: new Set(),
    locked: new Set(),
    open:
      (process, sender = process.worker) =>
      (input, init) => {
        const url = String(input);
        const isLogin = url.endsWith("/auth/login/");
        const exchange = async () => {
          await process.pass(isLogin ? between(random, 60, 200) : between(random, 10, 60));
          const response = await (vendor.outage.isOn ? fail(process) : answer(process, sender, url, init ?? {}));
          await process.pass(isLogin ? between(random, 60, 400) : between(random, 10, 80));
          if (isLogin && response.ok) hold(process, ((await response.clone().json()) as { token: string }).token);
          return response;
        };
        const running = unlessAborted(exchange(), init?.signal);
        if (!isLogin) return running;
        ledger.loginSent(sender);
        return running.finally(() => ledger.loginOver(sender));
      },
  };
  return vendor;
}

function tokenIn(headers: Headers): string {
  return headers.get("authorization")?.replace(/^Token /, "") ?? "";
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  if (signal === undefined || signal === null) return promise;
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
