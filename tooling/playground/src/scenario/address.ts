import { isVendor } from "@vms-tooling/vendors";
import { SCENARIOS, scenarioOf } from "./guarantees.ts";
import { BLANK, type ClientName, LARGEST_SEED, type Path, type Scenario, type TimedAction } from "./scenario.ts";

const CLIENTS: readonly ClientName[] = ["vms", "naive", "careless"];
const PATHS: readonly Path[] = ["data", "forbidden", "other-origin", "upload", "slow"];
const TROUBLES = ["down", "slow-login", "reject-all", "redirect-login", "garbage-login"] as const;
const METHODS = ["login", "renew", "logout", "close"] as const;
const CHANGES = ["revoke", "wrong-password", "correct-password", "spoil-store"] as const;
/** More would make a page slow. */
const MOST_ACTIONS = 200;
const MOST_CALLS = 100;
const MOST_CALLS_IN_ALL = 1000;
const MOST_PROCESSES = 20;
const LONGEST = 24 * 60 * 60_000;

/**
 * Reads a scenario from the part of an address after `#`. What cannot be read is left out, because a link may be damaged.
 * The parameter `scenario` is the number of a guarantee; the others change it.
 */
export function scenarioFrom(hash: string): Scenario {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const guarantee = guaranteeIn(hash);
  const base = guarantee === 0 ? BLANK : scenarioOf(guarantee);
  const vendor = given.get("vendor");
  const client = CLIENTS.find((one) => one === given.get("client"));
  const actions = given.get("do");
  return {
    vendor: isVendor(vendor) ? vendor : base.vendor,
    seed: whole(given.get("seed"), LARGEST_SEED) ?? base.seed,
    client: client ?? base.client,
    store: flag(given.get("store")) ?? base.store,
    secondFactor: flag(given.get("code")) ?? base.secondFactor,
    processes: whole(given.get("processes"), MOST_PROCESSES) ?? base.processes,
    skew: skewFrom(given.get("skew")) ?? base.skew,
    limit: whole(given.get("limit"), MOST_PROCESSES) ?? base.limit,
    actions: actions === null ? base.actions : actionsFrom(actions),
  };
}

/** The number of the guarantee in an address. 0 for none. */
export function guaranteeIn(hash: string): number {
  const number = whole(new URLSearchParams(hash.replace(/^#/, "")).get("scenario"), 999_999);
  return number !== undefined && SCENARIOS.has(number) ? number : 0;
}

/** The parts of an address that `scenarioFrom` leaves out or changes: the names of parameters, and `action 3` of `do`. */
export function unreadIn(hash: string): string[] {
  const { actions, store, secondFactor, ...scenario } = scenarioFrom(hash);
  const read = new Map<string, unknown>([
    ...Object.entries(scenario),
    ["scenario", guaranteeIn(hash)],
    ["store", store ? "yes" : "no"],
    ["code", secondFactor ? "yes" : "no"],
  ]);
  const texts = new Set(actions.map(textOf));
  return [...new URLSearchParams(hash.replace(/^#/, ""))].flatMap(([name, value]) => {
    if (name !== "do") return String(read.get(name)) === value ? [] : [name];
    const parts = value === "" ? [] : value.split(",");
    return parts.flatMap((part, index) => (texts.has(part) ? [] : [`action ${index + 1}`]));
  });
}

/** The address of a scenario, without `#`. `guarantee` is the number of the scenario that it is a change of, or 0. */
export function addressOf(scenario: Scenario, guarantee: number): string {
  const base = guarantee === 0 ? BLANK : scenarioOf(guarantee);
  const parts: Record<string, string> = {};
  if (guarantee !== 0) parts.scenario = String(guarantee);
  if (scenario.vendor !== base.vendor) parts.vendor = scenario.vendor;
  parts.seed = String(scenario.seed);
  if (scenario.client !== base.client) parts.client = scenario.client;
  if (scenario.store !== base.store) parts.store = scenario.store ? "yes" : "no";
  if (scenario.secondFactor !== base.secondFactor) parts.code = scenario.secondFactor ? "yes" : "no";
  for (const name of ["processes", "skew", "limit"] as const) {
    if (scenario[name] !== base[name]) parts[name] = String(scenario[name]);
  }
  const actions = scenario.actions.map(textOf).join(",");
  if (actions !== base.actions.map(textOf).join(",")) parts.do = actions;
  return Object.entries(parts)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** An action as `time.name`, and what it needs: `1000.call.20.p2`, `2000.down.5000`. */
function textOf(action: TimedAction): string {
  const parts: (string | number)[] = [action.at, action.do];
  if (action.do === "call") {
    parts.push(action.count);
    if (action.path !== undefined && action.path !== "data") parts.push(action.path);
    if (action.abortAfter !== undefined) parts.push(`a${action.abortAfter}`);
  }
  if ("for" in action) parts.push(action.for);
  if ("process" in action && action.process !== undefined && action.process !== 1) parts.push(`p${action.process}`);
  return parts.join(".");
}

function actionsFrom(text: string): TimedAction[] {
  const actions = text.split(",").flatMap((part) => actionFrom(part.split(".")) ?? []);
  let calls = 0;
  const some = actions.slice(0, MOST_ACTIONS).filter((action) => {
    if (action.do === "call") calls += action.count;
    return calls <= MOST_CALLS_IN_ALL;
  });
  return some.sort((one, other) => one.at - other.at);
}

function actionFrom([time = "", name = "", ...rest]: readonly string[]): TimedAction | undefined {
  const at = whole(time, LONGEST);
  if (at === undefined) return undefined;
  const numberAfter = (letter: string, most: number) =>
    whole(rest.find((part) => part.startsWith(letter) && /^\d+$/.test(part.slice(1)))?.slice(1) ?? null, most);
  const process = numberAfter("p", MOST_PROCESSES);
  const ofProcess = process === undefined || process < 2 ? {} : { process };
  const change = CHANGES.find((one) => one === name);
  if (change !== undefined) return { at, do: change };
  const method = METHODS.find((one) => one === name);
  if (method !== undefined) return { at, do: method, ...ofProcess };
  const trouble = TROUBLES.find((one) => one === name);
  const length = whole(rest[0] ?? null, LONGEST) ?? 10_000;
  if (trouble !== undefined) return { at, do: trouble, for: length };
  if (name === "wait") return { at, do: "wait", for: length };
  if (name !== "call") return undefined;
  const path = PATHS.find((one) => rest.includes(one));
  const abortAfter = numberAfter("a", LONGEST);
  return {
    at,
    do: "call",
    count: Math.max(1, whole(rest[0] ?? null, MOST_CALLS) ?? 1),
    ...(path === undefined ? {} : { path }),
    ...(abortAfter === undefined ? {} : { abortAfter }),
    ...ofProcess,
  };
}

function whole(text: string | null, most: number): number | undefined {
  if (text === null || !/^\d{1,9}$/.test(text)) return undefined;
  return Math.min(Number(text), most);
}

function skewFrom(text: string | null): number | undefined {
  const ms = whole(text?.replace(/^-/, "") ?? null, LONGEST);
  return ms !== undefined && text?.startsWith("-") === true ? -ms : ms;
}

function flag(text: string | null): boolean | undefined {
  return text === "yes" ? true : text === "no" ? false : undefined;
}
