import type { KyInstance } from "ky";
import { type Observed, outcome } from "./observe.ts";
import type { Answer, ProbeServer } from "./probe-server.ts";

/** `fetch` with a type that accepts any arguments. */
export type AnyFetch = (input?: unknown, init?: unknown) => Promise<Response>;

/** The tools of a probe: a way to make calls, and the server that receives them. */
export interface World {
  readonly fetch: AnyFetch;
  readonly http: KyInstance;
  /** The base URL of the session and of ky, with a slash at the end. */
  readonly base: string;
  /** Another origin than that of the session. */
  readonly foreign: string;
  readonly server: ProbeServer;
  /** Calls `fetch` with a path below the base, and describes the result. */
  call(path: string, init?: unknown, reason?: unknown): Promise<Observed>;
  /** The URL of a path below the base. */
  url(path: string): string;
  /** The path of `url`. */
  path(path: string): string;
  answer(path: string, answer: Answer, options?: { early?: boolean }): void;
  started(path: string): Promise<void>;
  arrived(path: string): Promise<void>;
  left(path: string): Promise<void>;
}

/** An action of a caller, with all its observable effects. */
export interface Probe {
  readonly name: string;
  readonly run: (world: World) => unknown;
  /** Whether the speed of the machine decides if the server receives the request. */
  readonly sendsMaybe?: boolean;
}

export function probe(name: string, run: Probe["run"]): Probe {
  return { name, run };
}

/** Probes that differ in one value. */
export function probes<T>(
  cases: Readonly<Record<string, T>>,
  run: (world: World, value: T, name: string) => unknown,
): Probe[] {
  return Object.entries(cases).map(([name, value]) => ({ name, run: (world) => run(world, value, name) }));
}

export function worldOf(
  fetch: AnyFetch,
  http: KyInstance,
  server: ProbeServer,
  foreign: string,
  basePath: string,
): World {
  const base = `${server.origin}${basePath}`;
  const pathOf = (path: string) => `${basePath}${path}`.split("?")[0] ?? "";
  return {
    fetch,
    http,
    base,
    foreign,
    server,
    url: (path) => base + path,
    path: (path) => basePath + path,
    call: (path, init, reason) => outcome(() => fetch(base + path, init), reason),
    answer: (path, answer, options) => server.answer(pathOf(path), answer, options),
    started: (path) => server.started(pathOf(path)),
    arrived: (path) => server.arrived(pathOf(path)),
    left: (path) => server.left(pathOf(path)),
  };
}
