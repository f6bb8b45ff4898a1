import { loginLimiter, memoryStore, type SessionOptions, type SessionStore } from "@vms/core";
import { createClock, createSimulator, type VendorServer } from "@vms/simulator";
import { type Vendor, vendors } from "@vms-tooling/vendors";
import type { Action, Path, Scenario, TimedAction } from "../scenario/scenario.ts";
import { LIFETIME } from "../scenario/scenario.ts";
import { START, type World } from "../world/install.ts";
import { carelessClient, type Shared } from "./careless-client.ts";
import { type Client, type ClientSetup, vmsClient } from "./client.ts";
import { naiveClient } from "./naive-client.ts";
import { ELSEWHERE, networkOf, type Trouble } from "./network.ts";
import { secondFactorOf, TOTP_SECRET } from "./person.ts";
import { CALL_HEADER, checksum, Recorder } from "./recorder.ts";
import type { Step } from "./step.ts";
import { recordedStore } from "./store.ts";
import { describeEvent, nameOfAction, outcomeOf } from "./words.ts";

/** Made up. The second one is wrong. */
const PASSWORDS = ["quiet-harbour-17", "wrong-meadow-35"] as const;
const USERNAME = "ada@acme.example";
const UPLOAD = "a clip of ten seconds, made up";
/** For how long a run goes on after its last action, in ms. */
const REST = 120_000;

/** A run of a scenario. Nothing happens between two calls of its methods. */
export class Run {
  readonly #world: World;
  readonly #scenario: Scenario;
  readonly #recorder: Recorder;
  readonly #server: VendorServer;
  readonly #vendor: Vendor;
  readonly #clients = new Map<number, Client>();
  readonly #stored: SessionStore = memoryStore();
  readonly #limiter: ReturnType<typeof loginLimiter> | undefined;
  readonly #shared: Shared = { credential: undefined, expiresAt: undefined, login: undefined };
  #password: string = PASSWORDS[0];
  #trouble: Trouble | undefined;
  #calls = 0;
  #until = START;

  constructor(world: World, scenario: Scenario) {
    this.#world = world;
    this.#scenario = scenario;
    this.#recorder = new Recorder(world, PASSWORDS);
    this.#vendor = vendors[scenario.vendor];
    this.#limiter = scenario.limit > 0 ? loginLimiter({ concurrent: scenario.limit }) : undefined;
    this.#server = createServer(world, scenario, this.#vendor);
    for (const action of scenario.actions) this.schedule(action);
  }

  /** Everything that has happened. */
  get steps(): readonly Step[] {
    return this.#recorder.steps;
  }

  /** The time in ms since the start. */
  get now(): number {
    return this.#world.time.now() - START;
  }

  /** When something happens next, in ms since the start. `undefined` at the end of the run. */
  get next(): number | undefined {
    const { next } = this.#world.time;
    return next === undefined || next > this.#until + REST ? undefined : next - START;
  }

  /** Adds an action to the run. */
  schedule(action: TimedAction): void {
    const at = START + action.at;
    this.#until = Math.max(this.#until, action.do === "wait" ? at + action.for : at);
    // A person sees everything of a time before acting in it, so a link must run it in the same order.
    this.#world.time.set(() => this.#perform(action), at - this.#world.time.now(), true);
  }

  /** Runs what happens next, and everything that follows from it without time passing. */
  async advance(): Promise<void> {
    this.#world.time.fire();
    await this.#world.settle();
  }

  /** Runs to the end. */
  async finish(): Promise<readonly Step[]> {
    while (this.next !== undefined) await this.advance();
    return this.steps;
  }

  #perform(action: Action): void {
    this.#recorder.add(0, { kind: "action", name: action.do, text: nameOfAction(action) });
    const { time } = this.#world;
    switch (action.do) {
      case "call":
        for (let n = 0; n < action.count; n += 1)
          void this.#call(action.process ?? 1, action.path ?? "data", action.abortAfter);
        return;
      case "login":
      case "renew":
      case "logout":
      case "close":
        void this.#client(action.process ?? 1)
          [action.do]()
          .catch((error) => this.#inspect(action.process ?? 1, error));
        return;
      case "revoke":
        this.#server.revokeAll();
        return;
      case "wrong-password":
        this.#password = PASSWORDS[1];
        return;
      case "correct-password":
        this.#password = PASSWORDS[0];
        return;
      case "wait":
        time.set(() => {}, action.for);
        return;
      case "spoil-store":
        void recordedStore(this.#stored, 0, this.#recorder).spoil();
        return;
      default:
        this.#trouble = { kind: action.do, until: time.now() + action.for };
    }
  }

  async #call(process: number, path: Path, abortAfter: number | undefined): Promise<void> {
    this.#calls += 1;
    const call = this.#calls;
    const target = targetOf(path, this.#server);
    const isUpload = path === "upload";
    const body = isUpload ? UPLOAD : undefined;
    const method = isUpload ? "POST" : "GET";
    this.#recorder.add(process, {
      kind: "call",
      call,
      method,
      path: target,
      body: body === undefined ? 0 : checksum(body),
    });
    const controller = new AbortController();
    if (abortAfter !== undefined) this.#world.time.set(() => controller.abort(), abortAfter);
    try {
      const init: RequestInit = { method, headers: { [CALL_HEADER]: String(call) }, signal: controller.signal };
      const response = await this.#client(process).fetch(target, body === undefined ? init : { ...init, body });
      await response.text();
      this.#recorder.add(process, { kind: "answer", call, outcome: response.status });
    } catch (error) {
      this.#recorder.add(process, { kind: "answer", call, outcome: outcomeOf(error) });
      this.#inspect(process, error);
    }
  }

  #client(process: number): Client {
    const existing = this.#clients.get(process);
    if (existing !== undefined) return existing;
    const { client: name } = this.#scenario;
    const setup = this.#setupOf(process);
    const created =
      name === "vms" ? vmsClient(setup) : name === "naive" ? naiveClient(setup) : carelessClient(setup, this.#shared);
    this.#clients.set(process, created);
    return created;
  }

  #setupOf(process: number): ClientSetup {
    const { store, secondFactor } = this.#scenario;
    const recorder = this.#recorder;
    const person = secondFactor
      ? secondFactorOf(this.#vendor, this.#server, this.#world, recorder, process)
      : undefined;
    const options: SessionOptions & { readonly baseUrl: string } = {
      baseUrl: this.#server.baseUrl,
      credentials: () => ({ username: USERNAME, password: this.#password }),
      ...(this.#vendor.vendor === "alertsite" ? {} : { lifetime: LIFETIME }),
      ...(store ? { store: recordedStore(this.#stored, process, recorder) } : {}),
      ...(this.#limiter === undefined ? {} : { loginLimiter: this.#limiter }),
      ...(person === undefined ? {} : { secondFactor: person }),
    };
    return {
      vendor: this.#vendor,
      options,
      fetch: networkOf(process, this.#world, this.#server, recorder, () => this.#currentTrouble()),
      report: (name, event) => {
        recorder.add(process, { kind: "event", name, detail: describeEvent(event) });
        recorder.inspect(process, `the event ${name}`, shown(event));
      },
    };
  }

  #currentTrouble(): Trouble | undefined {
    return this.#trouble !== undefined && this.#world.time.now() < this.#trouble.until ? this.#trouble : undefined;
  }

  #inspect(process: number, error: unknown): void {
    this.#recorder.inspect(process, "an error", shown(error));
  }
}

function createServer({ time }: World, scenario: Scenario, { key }: Vendor): VendorServer {
  const clock = createClock(() => time.now() + scenario.skew);
  // AlertSite can name the end of a session in the body only: here it does so in the status too, so that it can be seen.
  const behaviour = scenario.vendor === "alertsite" ? { errorStatus: 401 } : { lifetime: LIFETIME };
  const account = {
    username: USERNAME,
    password: PASSWORDS[0],
    ...(scenario.secondFactor && key === "alta" ? { totpSecret: TOTP_SECRET } : {}),
    ...(scenario.secondFactor && key === "eagleeye" ? { secondFactor: { sms: "+49 170 0000779" } } : {}),
  };
  return createSimulator({ [key]: { clock, account, ...behaviour } })[key];
}

function targetOf(path: Path, server: VendorServer): string {
  if (path === "data") return server.firstCall;
  return path === "other-origin" ? `${ELSEWHERE}/data` : path;
}

/** Everything of a value that a log could contain. */
function shown(value: unknown): string {
  const seen = new Set<unknown>();
  const parts = (one: unknown): string => {
    if (typeof one !== "object" || one === null || seen.has(one)) return String(one);
    seen.add(one);
    const own = Object.getOwnPropertyNames(one).map((name) => parts((one as Record<string, unknown>)[name]));
    return own.join(" ");
  };
  return parts(value);
}
