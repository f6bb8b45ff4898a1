import { slug } from "github-slugger";
import {
  type DefineComponent,
  defineComponent,
  h,
  nextTick,
  onBeforeUnmount,
  onMounted,
  ref,
  type VNode,
  watch,
} from "vue";
import type { Verdict } from "../checks/guarantees.ts";
import { type Line, textOf, timeOf } from "../run/lines.ts";
import { drawButtons, drawSettings, type Handlers } from "./controls.ts";
import { drawLine, LANES, toneOf } from "./drawing.ts";
import { drawTransport } from "./transport.ts";
import { type Speed, useRun } from "./use-run.ts";

/** The scenario that a page without one shows. */
const FIRST = "scenario=1";

const FAILED = "The playground has failed. Please report the address of this page, and reload it to start again.";

/** The playground: a scenario, its controls, and its timeline. `guide` is the address of the page with the guarantees. */
export const VmsPlayground: DefineComponent<{ guide: string }> = defineComponent({
  name: "VmsPlayground",
  props: { guide: { type: String, required: true } },
  setup(props: { guide: string }) {
    const run = useRun();
    const speed = ref<Speed>(10);
    const copied = ref<"no" | "yes" | "failed">("no");
    const list = ref<HTMLElement>();
    /** Whether the timeline scrolls to its last step. Someone who runs a scenario to its end reads it from the top. */
    let follow = true;
    const wantsNoMotion = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

    function open(address: string, change = {}, play = true): void {
      copied.value = "no";
      follow = true;
      run.open(address, change, play && !wantsNoMotion());
      if (play && wantsNoMotion()) finish();
    }

    function finish(): void {
      follow = false;
      run.finish();
    }

    /** The anchor of a heading is no scenario. */
    const hasScenario = () => window.location.hash.includes("=");
    const readAddress = () => {
      if (hasScenario() || run.reply.value === undefined) open(hasScenario() ? window.location.hash : FIRST);
    };
    const here = () => run.reply.value?.address ?? FIRST;

    const handlers: Handlers = {
      // The browser's Back leads to the scenario before.
      choose(number) {
        window.location.hash = number === 0 ? "processes=2" : `scenario=${number}`;
      },
      change: (change) => open(here(), change),
      act(action) {
        copied.value = "no";
        follow = true;
        run.act(action);
        if (!run.playing.value) run.play(speed.value);
      },
    };

    onMounted(() => {
      readAddress();
      window.addEventListener("hashchange", readAddress);
    });
    onBeforeUnmount(() => window.removeEventListener("hashchange", readAddress));
    watch(run.reply, (reply) => {
      if (reply !== undefined) window.history.replaceState(window.history.state, "", `#${reply.address}`);
    });
    watch(run.lines, async () => {
      await nextTick();
      if (follow && list.value !== undefined) list.value.scrollTop = list.value.scrollHeight;
    });

    const linkTo = ({ number, title }: Pick<Verdict, "number" | "title">) =>
      `${props.guide}#${slug(`${number}. ${title}`)}`;

    const verdict = (one: Verdict): VNode =>
      h("li", { class: one.state, key: one.number }, [
        h("strong", one.state === "held" ? "Held: " : "Violated: "),
        h("a", { href: linkTo(one) }, `${one.number}. ${one.title}`),
        one.reason === undefined ? "" : `. ${one.reason}`,
      ]);

    const row = (line: Line, index: number, verdicts: readonly Verdict[]): VNode => {
      const shown = verdicts.find(({ number }) => number === line.guarantee);
      return h("li", { key: index, class: line.steps[0] === undefined ? "plain" : toneOf(line.steps[0]) }, [
        drawLine(line),
        h("span", { class: "words" }, [
          h("span", { class: "line" }, textOf(line)),
          shown === undefined ? "" : h("a", { class: "shows", href: linkTo(shown) }, `${shown.number}. ${shown.title}`),
        ]),
      ]);
    };

    function step(): void {
      follow = true;
      run.step();
    }

    async function copyLink(): Promise<void> {
      try {
        await navigator.clipboard.writeText(new URL(`#${here()}`, window.location.href).href);
        copied.value = "yes";
      } catch {
        copied.value = "failed";
      }
    }

    return () => {
      const reply = run.reply.value;
      if (run.failed.value) return h("p", { role: "alert" }, FAILED);
      if (reply === undefined) return h("p", "The playground is starting.");
      const seen = reply.verdicts.filter(({ state }) => state !== "unseen");
      return h("div", { class: "playground", "data-state": reply.next === undefined ? "over" : "running" }, [
        reply.unread.length === 0
          ? ""
          : h("p", { class: "unread", role: "status" }, `Left out of the link: ${reply.unread.join(", ")}.`),
        drawSettings(reply, handlers),
        drawButtons(handlers),
        drawTransport(run, speed, reply, copied.value, { again: () => open(here()), copyLink, finish, step }),
        h("ul", { class: "verdicts", "aria-live": "polite", "aria-label": "What this run shows" }, seen.map(verdict)),
        h(
          "div",
          { class: "lanes", "aria-hidden": "true" },
          LANES.map(([, title]) => h("span", title)),
        ),
        h(
          "ol",
          { class: "steps", ref: list, tabindex: 0, "aria-label": `Timeline until ${timeOf(reply.now)}` },
          run.lines.value.length === 0
            ? h("li", { class: "hint" }, "Nothing has happened yet. Press a button.")
            : run.lines.value.map((line, index) => row(line, index, reply.verdicts)),
        ),
        h("details", [
          h("summary", "Show me the code"),
          reply.program === undefined
            ? h("p", "There is no program for this run. Choose a session of @vms, without a second factor.")
            : h("pre", { tabindex: 0 }, h("code", reply.program)),
        ]),
      ]);
    };
  },
});
