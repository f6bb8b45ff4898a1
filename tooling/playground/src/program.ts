import { vendors } from "@vms-tooling/vendors";
import { type Action, LIFETIME, type Path, type Scenario, type TimedAction } from "./scenario/scenario.ts";

/** Actions that are at most so far apart run concurrently, in ms. */
const TOGETHER = 100;
/** Shorter times between actions are left out of the program, in ms. */
const SHORT = 1000;

/** Whether a program can do the same: it has a session of the core, and nobody to ask for a code. */
export function hasProgram({ client, secondFactor }: Scenario): boolean {
  return client === "vms" && !secondFactor;
}

/** A program that does what a scenario does, for Node. */
export function programOf(scenario: Scenario): string {
  const { factory, vendor } = vendors[scenario.vendor];
  const server = factory.replace(/Session$/, "Server");
  const uses = (...names: Action["do"][]) => scenario.actions.some((action) => names.includes(action.do));
  const core = [scenario.limit > 0 ? "loginLimiter" : undefined, scenario.store ? "memoryStore" : undefined].filter(
    (name) => name !== undefined,
  );
  const knows = scenario.vendor === "alertsite" ? "" : `, lifetime: ${LIFETIME}`;
  const isLong = (scenario.actions.at(-1)?.at ?? 0) > LIFETIME / 2;
  const date = scenario.skew === 0 ? "now" : `now + ${scenario.skew}`;
  const password = uses("wrong-password", "correct-password");
  return [
    `import { ${factory} } from "@vms/${vendor}";`,
    ...(core.length > 0 ? [`import { ${core.join(", ")} } from "@vms/core";`] : []),
    `import { createClock, ${server} } from "@vms/simulator";`,
    "",
    "let now = Date.UTC(2026, 0, 1);",
    `const vendor = ${server}({ clock: createClock(() => ${date})${knows} });`,
    ...(password ? ["let { password } = vendor.account;"] : []),
    ...storeOf(scenario, uses("spoil-store")),
    ...(scenario.limit > 0
      ? [`const limiter = loginLimiter({ concurrent: ${scenario.limit}, perMinute: 6000 });`]
      : []),
    "const open = () =>",
    `  ${factory}({`,
    "    baseUrl: vendor.baseUrl,",
    `    credentials: ${password ? "() => ({ ...vendor.account, password })" : "vendor.account"},`,
    "    fetch: vendor.fetch,",
    "    now: () => now,",
    ...(scenario.vendor === "alertsite" ? [] : [`    lifetime: ${LIFETIME},`]),
    ...(scenario.store ? ["    store,"] : []),
    ...(scenario.limit > 0 ? ["    loginLimiter: limiter,"] : []),
    "  });",
    `const sessions = Array.from({ length: ${scenario.processes} }, open);`,
    "async function call(process: number, path = vendor.firstCall, init?: RequestInit) {",
    "  try {",
    "    return (await sessions[process - 1]?.fetch(path, init))?.status;",
    "  } catch (error) {",
    "    return (error as { code?: unknown }).code;",
    "  }",
    "}",
    "",
    ...groupsOf(scenario.actions).flatMap((group, index, groups) => [
      ...waitBefore(group, groups[index - 1]),
      ...linesOf(group),
    ]),
    ...(isLong ? ["await new Promise((resolve) => setTimeout(resolve, 200)); // renewals run in the background"] : []),
    'console.log(vendor.loginAttempts, "logins sent");',
    "",
  ].join("\n");
}

/** A store in memory. If its content is damaged, it is a map that the program can write to. */
function storeOf({ store }: Scenario, isSpoiled: boolean): string[] {
  if (!store) return [];
  if (!isSpoiled) return ["const store = memoryStore();"];
  return [
    "const stored = new Map<string, string>();",
    "const store = {",
    "  get: async (key: string) => stored.get(key),",
    "  set: async (key: string, value: string) => void stored.set(key, value),",
    "  delete: async (key: string) => void stored.delete(key),",
    "};",
  ];
}

function groupsOf(actions: readonly TimedAction[]): TimedAction[][] {
  const groups: TimedAction[][] = [];
  for (const action of actions) {
    const last = groups.at(-1);
    const first = last?.[0];
    if (last !== undefined && first !== undefined && action.at - first.at <= TOGETHER) last.push(action);
    else groups.push([action]);
  }
  return groups;
}

function waitBefore([action]: readonly TimedAction[], before: readonly TimedAction[] | undefined): string[] {
  const passed = (action?.at ?? 0) - (before?.[0]?.at ?? 0);
  return passed >= SHORT ? [`now += ${passed};`] : [];
}

function linesOf(group: readonly TimedAction[]): string[] {
  const calls = group.filter((action) => action.do === "call");
  const others = group.filter((action) => action.do !== "call");
  const lines = [...others.flatMap(lineOf), ...calls.flatMap(({ path }) => scriptOf(path))];
  if (calls.length === 0) return lines;
  const list = calls.flatMap(({ count, process = 1, path, abortAfter }) => {
    const one = `call(${[process, ...argumentsOf(path, abortAfter)].join(", ")})`;
    return count === 1 ? [`  ${one},`] : [`  ...Array.from({ length: ${count} }, () => ${one}),`];
  });
  return [...lines, "console.log(await Promise.all([", ...list, "]));"];
}

function argumentsOf(path: Path | undefined, abortAfter: number | undefined): string[] {
  if (path === "upload") return ['"upload"', '{ method: "POST", body: "a clip" }'];
  if (path === "other-origin") return ['"https://elsewhere.example/data"'];
  if (path === "forbidden" || path === "slow") return [JSON.stringify(path)];
  return abortAfter === undefined ? [] : ["undefined", "{ signal: AbortSignal.abort() }"];
}

/** What the simulated vendor answers to calls that it does not know. */
function scriptOf(path: Path | undefined): string[] {
  const when = (status: number, more = "") =>
    `vendor.script({ when: ({ path }) => path.endsWith("/${path}"), status: ${status}${more} });`;
  if (path === "forbidden") return [when(401, ", times: 2")];
  if (path === "upload") return [when(401), when(201)];
  if (path === "slow") return [when(401, ", delay: 500"), when(200)];
  return [];
}

function lineOf(action: TimedAction): string[] {
  switch (action.do) {
    case "login":
    case "renew":
    case "logout":
    case "close":
      return [
        `await sessions[${(action.process ?? 1) - 1}]?.${action.do}().catch((error) => console.log(error.code));`,
      ];
    case "revoke":
      return ["vendor.revokeAll();"];
    case "wrong-password":
      return ['password = "wrong";'];
    case "correct-password":
      return ["({ password } = vendor.account);"];
    case "wait":
      return [`now += ${action.for};`];
    case "spoil-store":
      return ['for (const key of stored.keys()) stored.set(key, "rubbish");'];
    case "down":
      return ["vendor.script({ status: 503, times: 3 });"];
    case "reject-all":
      return ['vendor.script({ when: ({ method }) => method === "GET", status: 401, times: 1000 });'];
    case "slow-login":
      return ['vendor.script({ when: ({ method }) => method === "POST", delay: 400 });'];
    case "redirect-login":
      return ['vendor.script({ status: 307, headers: { location: "https://elsewhere.example/login" } });'];
    case "garbage-login":
      return ['vendor.script({ status: 200, body: "<p>Down for maintenance</p>" });'];
    case "call":
      return [];
  }
}
