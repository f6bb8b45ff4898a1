import { verdictsOf } from "./checks/guarantees.ts";
import type { Request as Asked, Reply } from "./protocol.ts";
import { Run } from "./run/run.ts";
import type { Scenario } from "./scenario/scenario.ts";
import { installWorld } from "./world/install.ts";

// The entry of the worker: a page asks, and the run answers. A worker runs one scenario.

/** The worker's end of the connection to the page. */
interface Port {
  onmessage: ((event: { readonly data: Asked }) => void) | null;
  postMessage(reply: Reply): void;
}

let opened: { readonly run: Run; scenario: Scenario } | undefined;
let sent = 0;
let last: Promise<void> = Promise.resolve();

async function handle(asked: Asked): Promise<Reply> {
  if (asked.do === "open") {
    const { scenario } = asked;
    opened = { run: new Run(installWorld(scenario.seed), scenario), scenario };
  }
  if (opened === undefined) throw new Error("The worker has no scenario.");
  const { run } = opened;
  if (asked.do === "act") {
    const action = { ...asked.action, at: run.now };
    opened.scenario = { ...opened.scenario, actions: [...opened.scenario.actions, action] };
    run.schedule(action);
  }
  if (asked.do === "advance" || asked.do === "act") {
    for (const until = run.next; run.next !== undefined && run.next === until; ) await run.advance();
  }
  if (asked.do === "finish") await run.finish();
  const steps = run.steps.slice(sent);
  sent = run.steps.length;
  const { scenario } = opened;
  return { now: run.now, next: run.next, steps, scenario, verdicts: verdictsOf(scenario, run.steps) };
}

const port = globalThis as unknown as Port;
port.onmessage = ({ data }) => {
  last = last.then(async () => port.postMessage(await handle(data)));
};
