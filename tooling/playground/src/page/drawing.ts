import { h, type VNode } from "vue";
import { lanesOf } from "../run/explain.ts";
import type { Line } from "../run/lines.ts";
import type { Lane, Step } from "../run/step.ts";

/** The lanes in the order of the drawing. */
export const LANES: readonly (readonly [lane: Lane, title: string])[] = [
  ["caller", "Callers"],
  ["session", "Session"],
  ["store", "Store"],
  ["vendor", "Vendor"],
];

const WIDTH = 320;
const HEIGHT = 34;
const MIDDLE = 22;
const GAP = WIDTH / LANES.length;

const xOf = (lane: Lane) => GAP * (LANES.findIndex(([name]) => name === lane) + 0.5);

/** A row of the timeline: what moves between the lanes. It is drawn for the eye only: the text says the same. */
export function drawLine(line: Line): VNode {
  const [step] = line.steps;
  const marks = step === undefined ? [] : marksOf(step, line.steps.length);
  return h("svg", { class: "drawing", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" }, marks);
}

function marksOf(step: Step, count: number): VNode[] {
  const [from, to] = lanesOf(step);
  const [x1, x2] = [xOf(from), xOf(to)];
  const tone = toneOf(step);
  const label = `${labelOf(step)}${count > 1 ? ` ×${count}` : ""}`;
  if (from === to) {
    return [
      h("circle", { class: tone, cx: x1, cy: MIDDLE, r: 4 }),
      h("text", { class: tone, x: from === "caller" ? 6 : x1 + 8, y: MIDDLE - 8 }, label),
    ];
  }
  const direction = Math.sign(x2 - x1);
  const tip = x2 - direction * 2;
  const head = `${tip},${MIDDLE} ${tip - direction * 7},${MIDDLE - 4} ${tip - direction * 7},${MIDDLE + 4}`;
  return [
    h("line", { class: ["arrow", tone], x1: x1 + direction * 2, x2: tip - direction * 5, y1: MIDDLE, y2: MIDDLE }),
    h("polygon", { class: tone, points: head }),
    h("text", { class: tone, x: (x1 + x2) / 2, y: MIDDLE - 6, "text-anchor": "middle" }, label),
  ];
}

/** A few letters for the drawing. */
function labelOf(step: Step): string {
  switch (step.kind) {
    case "action":
      return "you";
    case "person":
      return "a person";
    case "leak":
      return "secret shown";
    case "call":
      return "call";
    case "answer":
      return String(step.outcome).replaceAll("_", " ");
    case "event":
      return step.name.replaceAll("_", " ");
    case "store":
      return step.operation;
    case "request":
      return step.purpose;
    case "response":
      return String(step.status);
  }
}

/** How a step looks: good news, bad news, or neither. */
export function toneOf(step: Step): "good" | "bad" | "plain" {
  if (step.kind === "leak") return "bad";
  if (step.kind === "response") return typeof step.status === "number" && step.status < 400 ? "good" : "bad";
  if (step.kind === "answer") return typeof step.outcome === "number" && step.outcome < 400 ? "good" : "bad";
  if (step.kind !== "event") return "plain";
  return GOOD.has(step.name) ? "good" : BAD.has(step.name) ? "bad" : "plain";
}

const GOOD: ReadonlySet<string> = new Set(["login", "renewed"]);
const BAD: ReadonlySet<string> = new Set([
  "login_failed",
  "renewal_failed",
  "rejected",
  "login_limited",
  "store_failed",
]);
