import { Session } from "node:inspector/promises";
import { createAltaSession } from "@vms/alta";

// Counts the functions of the core and a vendor that run in a first call and in a later one, with V8's coverage. The
// vendor's bundle contains parts of valibot.
const session = createAltaSession({
  baseUrl: "https://bench.alta.avigilon.com",
  credentials: { username: "made-up", password: "made-up-password" },
  fetch: async (input) => {
    const isLogin = String(input).endsWith("/dologin");
    const cookie = isLogin ? { "set-cookie": "va=made-up; Path=/", date: new Date().toUTCString() } : {};
    return new Response("{}", { headers: { "content-type": "application/json", ...cookie } });
  },
});
const inspector = new Session();
inspector.connect();
await inspector.post("Profiler.enable");
const first = await count(() => session.fetch("api/v1/alarmZones"));
await session.fetch("api/v1/alarmZones");
const live = await count(() => session.fetch("api/v1/alarmZones"));
console.log(JSON.stringify({ first, live }));

async function count(call: () => Promise<unknown>): Promise<number> {
  await inspector.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  await call();
  const { result } = await inspector.post("Profiler.takePreciseCoverage");
  await inspector.post("Profiler.stopPreciseCoverage");
  let functions = 0;
  for (const { url, functions: all } of result) {
    if (!/\/packages\/(core|alta)\/dist\//.test(url)) continue;
    // The first range of a file is the module itself.
    const own = all.filter(({ ranges: [range] }) => range && range.startOffset > 0);
    functions += own.filter(({ ranges: [range] }) => range && range.count > 0).length;
  }
  return functions;
}
