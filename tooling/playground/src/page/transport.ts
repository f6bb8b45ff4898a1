import { h, type Ref, type VNode } from "vue";
import type { Reply } from "../protocol.ts";
import { timeOf } from "../run/lines.ts";
import type { ShownRun, Speed } from "./use-run.ts";

const SPEEDS: readonly (readonly [speed: Speed, text: string])[] = [
  [1, "slow"],
  [10, "normal"],
  ["fast", "fast"],
];

const COPY = { no: "Copy the link", yes: "Link copied", failed: "Copy it from the address bar" } as const;

/** What the buttons do that are not the run's own. */
interface Handlers {
  again(): void;
  copyLink(): Promise<void>;
  finish(): void;
  step(): void;
}

/** The buttons that stop, step and run the time. */
export function drawTransport(
  run: ShownRun,
  speed: Ref<Speed>,
  { now, next }: Reply,
  copied: "no" | "yes" | "failed",
  { again, copyLink, finish, step }: Handlers,
): VNode {
  const disabled = next === undefined;
  const button = (text: string, onClick: () => unknown, isDisabled = false) =>
    h("button", { type: "button", disabled: isDisabled, onClick }, text);

  function choose({ target }: Event): void {
    const chosen = SPEEDS.find(([one]) => String(one) === (target as HTMLSelectElement).value);
    speed.value = chosen?.[0] ?? 10;
    if (!run.playing.value) return;
    run.pause();
    run.play(speed.value);
  }

  return h("div", { class: "transport", role: "group", "aria-label": "Time" }, [
    run.playing.value ? button("Pause", () => run.pause()) : button("Play", () => run.play(speed.value), disabled),
    button("Step", step, disabled),
    button("To the end", finish, disabled),
    button("Again", again),
    h("label", [
      "Speed",
      h(
        "select",
        { value: String(speed.value), onChange: choose },
        SPEEDS.map(([one, text]) => h("option", { value: String(one) }, text)),
      ),
    ]),
    h("output", { class: "now", "aria-label": "Time since the start" }, timeOf(now)),
    button(COPY[copied], copyLink),
  ]);
}
