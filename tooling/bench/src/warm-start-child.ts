import type { SessionStore } from "@vms/core";
import type { WarmStart, WarmStartOrders } from "./warm-starts.ts";

// A program that makes its first call and exits. Node strips its types, which costs all cases the same.
const { store, base, directory, redis, token }: WarmStartOrders = JSON.parse(process.argv[2] ?? "");
const asked: string[] = [];

const call = store === "known token" ? bare() : await withSession();
const made = performance.now();
const response = await call();
await response.text();
// `performance.now()` counts from the start of the process.
const answered = performance.now();
if (!response.ok) throw new Error(String(response.status));
const result: WarmStart = { fromSession: answered - made, fromStart: answered, asked };
console.log(JSON.stringify(result));
process.exit();

function bare() {
  return () => fetch(`${base}zones`, { headers: { authorization: `Bearer ${token}` } });
}

async function withSession() {
  const { createBenchSession } = await import("./clients/session.ts");
  const opened = await openStore();
  const session = createBenchSession(base, undefined, opened && heard(opened));
  return () => session.fetch("zones");
}

async function openStore(): Promise<SessionStore | undefined> {
  if (store === "none") return undefined;
  if (store === "file") return (await import("@vms/core/node")).fileStore({ directory });
  const [{ createClient }, { redisStore }] = await Promise.all([import("redis"), import("@vms/redis")]);
  return redisStore(
    await createClient({ url: redis })
      .on("error", () => {})
      .connect(),
  );
}

/** Wraps a store and records its operations. */
function heard(inner: SessionStore): SessionStore {
  return new Proxy(inner, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== "function") return method;
      return (...parameters: unknown[]) => {
        asked.push(String(name));
        return Reflect.apply(method, target, parameters);
      };
    },
  });
}
