import { type LoginLimiter, loginLimiter, sessionPool } from "@vms/core";
import { createFindFaceSession } from "@vms/findface";
import { MIDNIGHT } from "./machine/virtual-machine.ts";
import { createProcess } from "./process.ts";
import { DEVICE } from "./vendor.ts";
import type { Limited, Worker, World } from "./world.ts";

export function createWorker(index: number, clockAhead: number): Worker {
  return { index, clockAhead, passwords: new Map(), limited: [], running: undefined };
}

/** Starts a new process of a worker, without state of the previous one. */
export function startProcess(world: World, worker: Worker): void {
  const { plan, time, vendor, store } = world;
  const process = createProcess(time, worker.index, worker.clockAhead);
  const limited: Limited = { began: [], mostAtOnce: 0 };
  worker.limited.push(limited);
  const shared = { store: store.open(process), fetch: vendor.open(process) };
  const pool = sessionPool(
    (username, share) =>
      createFindFaceSession({
        ...shared,
        ...share,
        ...plan.session,
        baseUrl: vendor.server.baseUrl,
        uuid: DEVICE,
        credentials: () => ({ username, password: worker.passwords.get(username) ?? "" }),
        now: () => MIDNIGHT + time.now() + worker.clockAhead,
      }),
    { loginLimiter: counted(loginLimiter(plan.limiter), limited, time.now) },
  );
  worker.running = { process, pool };
}

function counted(limiter: LoginLimiter, limited: Limited, now: () => number): LoginLimiter {
  let running = 0;
  return {
    run: (login, options) =>
      limiter.run(async () => {
        limited.began.push(now());
        limited.mostAtOnce = Math.max(limited.mostAtOnce, ++running);
        try {
          return await login();
        } finally {
          running--;
        }
      }, options),
  };
}
