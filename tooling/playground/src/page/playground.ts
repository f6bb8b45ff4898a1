import { computed, type DefineComponent, defineComponent, h, nextTick, onMounted, ref, shallowRef, type VNode, watch } from "vue";
import type { Verdict } from "../checks/guarantees.ts";
import { hasProgram, programOf } from "../program.ts";
import { type Line, timeOf } from "../run/lines.ts";
import { addressOf, scenarioFrom } from "../scenario/address.ts";
import { scenarioOf } from "../scenario/guarantees.ts";
import { BLANK, type Scenario } from "../scenario/scenario.ts";
import { drawButtons, drawSettings, type Handlers } from "./controls.ts";
import { drawLine, LANES, toneOf } from "./drawing.ts";
import { type Speed, useRun } from "./use-run.ts";

const SPEEDS: readonly (readonly [speed: Speed, text: string])[] = [
  [1, "slow"],
  [10, "as it happens"],
  ["fast", "fast"],
];

/** The playground: a scenario, its controls, and its timeline. `guide` is the address of the page with the guarantees. */
export const Playground: DefineComponent<{ guide: string }> = defineComponent({
  name: "Playground",
  props: { guide: { type: String, required: true } },
  setup(props: { guide: string }) {
    const run = useRun();
    const guarantee = ref(0);
    const scenario = shallowRef<Scenario>(BLANK);
    const speed = ref<Speed>(10);
    const copied = ref(false);
    const list = ref<HTMLElement>();
    const address = computed(() => addressOf(run.reply.value?.scenario ?? scenario.value, guarantee.value || undefined));

    function open(next: Scenario, play: boolean): void {
      scenario.value = next;
      run.open(next, play);
    }

    function readAddress(): void {
      const { hash } = window.location;
      const chosen = Number(new URLSearchParams(hash.slice(1)).get("scenario") ?? (hash === "" ? 1 : 0));
      guarantee.value = Number.isInteger(chosen) && chosen >= 1 && chosen <= 20 ? chosen : 0;
      open(hash === "" ? scenarioOf(1) : scenarioFrom(hash), !window.matchMedia("(prefers-reduced-motion: reduce)").matches);
      if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) run.finish();
    }

    const handlers: Handlers = {
      choose(number) {
        guarantee.value = number;
        open(number === 0 ? { ...BLANK, vendor: scenario.value.vendor, processes: 2 } : scenarioOf(number), number > 0);
      },
      change(change) {
        open({ ...(run.reply.value?.scenario ?? scenario.value), ...change }, true);
      },
      act(action) {
        run.act(action);
        if (!run.playing.value) run.play(speed.value);
      },
    };

    onMounted(() => {
      readAddress();
      window.addEventListener("hashchange", readAddress);
    });
    watch(address, (now) => {
      if (`#${now}` !== window.location.hash) window.history.replaceState(window.history.state, "", `#${now}`);
    });
    watch(run.lines, async () => {
      await nextTick();
      if (run.playing.value && list.value !== undefined) list.value.scrollTop = list.value.scrollHeight;
    });

    async function copyLink(): Promise<void> {
      await navigator.clipboard.writeText(window.location.href);
      copied.value = true;
    }

    const verdict = ({ number, title, state, reason }: Verdict): VNode =>
      h("li", { class: state, key: number }, [
        h("strong", state === "held" ? "Held: " : "Violated: "),
        h("a", { href: `${props.guide}#${anchorOf(number)}` }, `${number}. ${title}`),
        reason === undefined ? "" : ` ${reason}`,
      ]);

    const row = (line: Line): VNode =>
      h("li", { key: line.at, class: line.steps[0] === undefined ? "plain" : toneOf(line.steps[0]) }, [
        h("span", { class: "time" }, timeOf(line.at)),
        drawLine(line),
        h("span", { class: "words" }, [
          `${line.who}: ${line.text}${line.steps.length > 1 ? ` (${line.steps.length} times)` : ""}`,
          line.guarantee === undefined
            ? ""
            : h("a", { class: "shows", href: `${props.guide}#${anchorOf(line.guarantee)}` }, ` Guarantee ${line.guarantee}`),
        ]),
      ]);

    return () => {
      const { reply, lines, playing } = run;
      const seen = reply.value?.verdicts.filter(({ state }) => state !== "unseen") ?? [];
      const isOver = reply.value !== undefined && reply.value.next === undefined;
      const current = reply.value?.scenario ?? scenario.value;
      return h("div", { class: "playground" }, [
        drawSettings(current, guarantee.value, handlers),
        drawButtons(handlers),
        h("div", { class: "transport", role: "group", "aria-label": "Time" }, [
          playing.value
            ? h("button", { type: "button", onClick: () => run.pause() }, "Pause")
            : h("button", { type: "button", disabled: isOver, onClick: () => run.play(speed.value) }, "Play"),
          h("button", { type: "button", disabled: isOver, onClick: () => run.step() }, "Step"),
          h("button", { type: "button", disabled: isOver, onClick: () => run.finish() }, "To the end"),
          h("button", { type: "button", onClick: () => open(current, true) }, "Again"),
          h("label", [
            "Speed",
            h(
              "select",
              {
                value: String(speed.value),
                onChange: ({ target }: Event) => {
                  const chosen = SPEEDS.find(([one]) => String(one) === (target as HTMLSelectElement).value);
                  speed.value = chosen?.[0] ?? 10;
                  if (playing.value) {
                    run.pause();
                    run.play(speed.value);
                  }
                },
              },
              SPEEDS.map(([one, text]) => h("option", { value: String(one) }, text)),
            ),
          ]),
          h("span", { class: "now" }, timeOf(reply.value?.now ?? 0)),
          h("button", { type: "button", onClick: copyLink }, copied.value ? "Link copied" : "Copy the link"),
        ]),
        h("ul", { class: "verdicts", "aria-live": "polite", "aria-label": "What this run shows" }, seen.map(verdict)),
        h("div", { class: "lanes", "aria-hidden": "true" }, LANES.map(([, title]) => h("span", title))),
        h("ol", { class: "steps", ref: list, tabindex: 0, "aria-label": "Timeline" }, lines.value.map(row)),
        h("details", [
          h("summary", "Show me the code"),
          hasProgram(current)
            ? h("pre", { tabindex: 0 }, h("code", programOf(current)))
            : h("p", "There is no program for this scenario: choose a session of @vms, without a second factor."),
        ]),
      ]);
    };
  },
});

/** The anchor of a guarantee in its guide is that of its heading. */
function anchorOf(number: number): string {
  return `guarantee-${number}`;
}
