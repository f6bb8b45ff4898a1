import { createAdminTokenSession } from "@vms/admin-token";
import { createAltaSession } from "@vms/alta";
import { memoryStore, type Session, type SessionOptions, type SessionStore } from "@vms/core";
import { createEagleEyeSession } from "@vms/eagleeye";
import {
  createAdminTokenServer,
  createAltaServer,
  createClock,
  createEagleEyeServer,
  type ReceivedRequest,
  type VendorServer,
} from "@vms/simulator";
import { expect, test, vi } from "vitest";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A simulated vendor, and a session with it. */
interface Vendor {
  readonly name: string;
  readonly path: string;
  serve(withCode: boolean): { server: VendorServer; code(): Promise<{ method: "totp" | "sms"; code: string }> };
  open(server: VendorServer, options: SessionOptions): Session<unknown>;
}

const account = { username: "two@acme.example", password: "made-up-password-1" };

// The sessions last longer than the clock is set forward.
const vendors: readonly Vendor[] = [
  {
    name: "alta",
    path: "api/v1/alarmZones",
    serve(withCode) {
      const totpSecret = withCode ? "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" : undefined;
      const server = createAltaServer({
        clock: createClock(Date.now()),
        account: { ...account, totpSecret },
        claimedLifetime: 365 * DAY,
      });
      return { server, code: async () => ({ method: "totp", code: await server.totpCode(account.username) }) };
    },
    open: ({ baseUrl, fetch }, options) => createAltaSession({ baseUrl, fetch, ...options }),
  },
  {
    name: "eagleeye",
    path: "g/user",
    serve(withCode) {
      const secondFactor = withCode ? { sms: "+351 900 000 779" } : undefined;
      const server = createEagleEyeServer({ clock: createClock(Date.now()), account: { ...account, secondFactor } });
      return { server, code: async () => ({ method: "sms", code: server.inbox.at(-1)?.code ?? "" }) };
    },
    open: ({ baseUrl, fetch }, options) => createEagleEyeSession({ baseUrl, fetch, ...options }),
  },
  {
    name: "admin-token",
    path: "api/admin/v1/admins",
    serve() {
      const server = createAdminTokenServer({ clock: createClock(Date.now()), account, lifetime: 365 * DAY });
      return { server, code: () => Promise.reject(new Error("this vendor has no second factor")) };
    },
    open: ({ baseUrl, fetch }, options) => createAdminTokenSession({ baseUrl, fetch, ...options }),
  },
];

interface Scenario {
  readonly vendor: Vendor;
  readonly withCode: boolean;
  readonly withStore: boolean;
}

/** Signs in after a failed attempt, and calls twice. Sets the wall clock of the session before one of its steps. */
async function signIn({ vendor, withCode, withStore }: Scenario, step?: { readonly at: number; readonly by: number }) {
  let set = 0;
  const points: string[] = [];
  const reached = (point: string) => {
    if (points.length === step?.at) set = step.by;
    points.push(point);
  };
  const { server, code } = vendor.serve(withCode);
  const time = Date.now();
  const wall = vi.spyOn(Date, "now").mockImplementation(() => {
    reached("now");
    return time + set;
  });
  server.script({ times: 1, status: 503 });
  const around = async <T>(point: string, work: () => Promise<T>): Promise<T> => {
    reached(point);
    const result = await work();
    reached(`${point} is over`);
    return result;
  };
  const store = memoryStore();
  const observed: SessionStore = {
    get: (key) => around("get", () => store.get(key)),
    set: (key, value, options) => around("set", () => store.set(key, value, options)),
    delete: (key) => around("delete", () => store.delete(key)),
    withLock: (key, run, options) =>
      around("lock", async () => {
        if (store.withLock === undefined) throw new Error("the store has no lock");
        return store.withLock(key, (lease) => around("locked", () => run(lease)), options);
      }),
  };
  const session = vendor.open(server, {
    credentials: () => {
      reached("credentials");
      return account;
    },
    fetch: (input, init) => around("request", () => server.fetch(input, init)),
    ...(withCode ? { secondFactor: () => around("code", code) } : {}),
    ...(withStore ? { store: observed } : {}),
    retry: { minDelay: 1, maxDelay: 1 },
  });
  const results: unknown[] = [];
  for (let n = 0; n < 2; n++) {
    results.push(
      await session.fetch(vendor.path).then(
        ({ status }) => status,
        (error: unknown) => error,
      ),
    );
  }
  wall.mockRestore();
  const requests = server.requests.map(({ method, path }: ReceivedRequest) => `${method} ${path}`);
  return { points, outcome: { results, requests, sessions: server.sessions } };
}

const scenarios = vendors.flatMap((vendor) =>
  [false, true].flatMap((withStore) =>
    (vendor.name === "admin-token" ? [false] : [false, true]).map((withCode) => ({
      name: vendor.name,
      withCode,
      withStore,
      vendor,
    })),
  ),
);

test.each(scenarios)(
  "G9: the wall clock can be set at any point of a login at $name (code: $withCode, store: $withStore)",
  { timeout: 120_000 },
  async (scenario) => {
    const { points, outcome } = await signIn(scenario);
    expect(outcome).toMatchObject({ results: [200, 200], sessions: 1 });
    const names = ["credentials", "request", "request is over", "now"];
    if (scenario.withCode) names.push("code", "code is over");
    if (scenario.withStore) names.push("get", "locked");
    expect(points).toEqual(expect.arrayContaining(names));
    for (const at of points.keys()) {
      for (const by of [-DAY, -HOUR, HOUR, DAY]) {
        const stepped = await signIn(scenario, { at, by });
        expect(stepped.outcome, `set by ${by} ms at point ${at} (${points[at]})`).toEqual(outcome);
      }
    }
  },
);
