import { onBeforeUnmount, type Ref, ref, shallowRef } from "vue";
import type { Reply, Request } from "../protocol.ts";
import { groupsOf, type Line } from "../run/lines.ts";
import type { Step } from "../run/step.ts";
import type { Action, Scenario } from "../scenario/scenario.ts";

/** How time passes: as a multiple of real time, or at once. */
export type Speed = 1 | 10 | "fast";

/** No wait between two steps is longer than this, in ms, because nobody wants to watch ten minutes pass. */
const LONGEST_WAIT = 1500;
/** How long a step stays before the next one while time runs fast, in ms. */
const GLANCE = 60;

/** A run in a worker, and what the page shows of it. */
export interface ShownRun {
  readonly reply: Readonly<Ref<Reply | undefined>>;
  readonly lines: Readonly<Ref<readonly Line[]>>;
  readonly playing: Readonly<Ref<boolean>>;
  /** Whether the worker has failed. */
  readonly failed: Readonly<Ref<boolean>>;
  /** Opens the scenario of an address, with changes. */
  open(address: string, change: Partial<Scenario>, play: boolean): void;
  act(action: Action): void;
  step(): void;
  finish(): void;
  play(speed: Speed): void;
  pause(): void;
}

/** Creates a run that lives as long as the component. */
export function useRun(): ShownRun {
  const reply = shallowRef<Reply>();
  const lines = shallowRef<readonly Line[]>([]);
  const playing = ref(false);
  const failed = ref(false);
  let steps: Step[] = [];
  let worker: Worker | undefined;
  let timer: number | undefined;
  let speed: Speed = 10;

  const ask = (request: Request) => worker?.postMessage(request);

  function receive(data: Reply): void {
    steps = [...steps, ...data.steps];
    lines.value = groupsOf(steps);
    reply.value = data;
    if (data.next === undefined) playing.value = false;
    // An action during the wait answers, too: there is one timer.
    window.clearTimeout(timer);
    if (playing.value) timer = window.setTimeout(() => ask({ do: "advance" }), waitBefore(data, speed));
  }

  function pause(): void {
    playing.value = false;
    window.clearTimeout(timer);
  }

  onBeforeUnmount(() => {
    pause();
    worker?.terminate();
  });

  return {
    reply,
    lines,
    playing,
    failed,
    pause,
    open(address, change, play) {
      pause();
      worker?.terminate();
      worker = new Worker(new URL("../worker.ts", import.meta.url), { type: "module" });
      worker.onmessage = ({ data }: MessageEvent<Reply>) => receive(data);
      worker.onerror = () => {
        pause();
        failed.value = true;
      };
      failed.value = false;
      steps = [];
      playing.value = play;
      ask({ do: "open", address, change });
    },
    act: (action) => ask({ do: "act", action }),
    step() {
      pause();
      ask({ do: "advance" });
    },
    finish() {
      pause();
      ask({ do: "finish" });
    },
    play(chosen) {
      speed = chosen;
      if (playing.value) return;
      playing.value = true;
      ask({ do: "advance" });
    },
  };
}

function waitBefore({ now, next }: Reply, speed: Speed): number {
  if (speed === "fast" || next === undefined) return GLANCE;
  return Math.min(LONGEST_WAIT, ((next - now) * 10) / speed);
}
