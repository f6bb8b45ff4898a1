import { allVendors } from "@vms-tooling/vendors";
import { verdictsOf } from "./checks/guarantees.ts";
import { hasProgram, programOf } from "./program.ts";
import type { Request as Asked, Reply } from "./protocol.ts";
import { Run } from "./run/run.ts";
import { addressOf, guaranteeIn, scenarioFrom, unreadIn } from "./scenario/address.ts";
import type { Scenario } from "./scenario/scenario.ts";
import { installWorld } from "./world/install.ts";

// The entry of the worker: a page asks, and the run answers. A worker runs one scenario.

/** The worker's end of the connection to the page. */
interface Port {
  onmessage: ((event: { readonly data: Asked }) => void) | null;
  postMessage(reply: Reply): void;
}

/** The scenario of this worker, and its run. */
interface Opened {
  readonly run: Run;
  readonly guarantee: number;
  readonly unread: readonly string[];
  scenario: Scenario;
  /** How many steps the page has. */
  sent: number;
}

function open({ address, change }: Extract<Asked, { do: "open" }>): Opened {
  const scenario = { ...scenarioFrom(address), ...change };
  return {
    run: new Run(installWorld(scenario.seed), scenario),
    guarantee: guaranteeIn(address),
    unread: unreadIn(address),
    scenario,
    sent: 0,
  };
}

async function handle(opened: Opened, asked: Asked): Promise<Reply> {
  const { run } = opened;
  if (asked.do === "act") {
    const action = { ...asked.action, at: run.now };
    opened.scenario = { ...opened.scenario, actions: [...opened.scenario.actions, action] };
    run.schedule(action);
  }
  if (asked.do === "act") await runThrough(run, run.now);
  if (asked.do === "advance") {
    // A time at which nothing can be seen is no step.
    do await runThrough(run, run.next);
    while (run.next !== undefined && run.steps.length === opened.sent);
  }
  if (asked.do === "finish") await run.finish();
  return reply(opened);
}

/** Runs everything that is due until a time. */
async function runThrough(run: Run, time: number | undefined): Promise<void> {
  while (run.next !== undefined && time !== undefined && run.next <= time) await run.advance();
}

function reply(opened: Opened): Reply {
  const { run, scenario, guarantee, unread } = opened;
  const steps = run.steps.slice(opened.sent);
  opened.sent = run.steps.length;
  return {
    now: run.now,
    next: run.next,
    steps,
    scenario,
    guarantee,
    address: addressOf(scenario, guarantee),
    unread,
    verdicts: verdictsOf(scenario, run.steps),
    program: hasProgram(scenario) ? programOf(scenario) : undefined,
    vendors: allVendors.map(({ vendor, title }) => [vendor, title]),
  };
}

/** Answers one request after the other. */
function listen(port: Port): void {
  let opened: Opened | undefined;
  let last: Promise<void> = Promise.resolve();
  port.onmessage = ({ data }) => {
    // The page hears of an error by the worker's event `error`.
    last = last
      .then(async () => {
        if (data.do === "open") opened = open(data);
        if (opened !== undefined) port.postMessage(await handle(opened, data));
      })
      .catch(reportError);
  };
}

listen(globalThis as unknown as Port);
