import type { VendorName } from "@vms-tooling/vendors";
import { h, type VNode } from "vue";
import { GUARANTEES } from "../checks/guarantees.ts";
import type { Reply } from "../protocol.ts";
import { type Action, type ClientName, hasSecondFactor, LARGEST_SEED, type Scenario } from "../scenario/scenario.ts";

/** What a person can press: the text of the button, and what it does. */
const BUTTONS: readonly (readonly [text: string, ...actions: Action[]])[] = [
  ["1 call", { do: "call", count: 1 }],
  ["20 calls", { do: "call", count: 20 }],
  ["20 calls from a second process", { do: "call", count: 20, process: 2 }],
  ["A forbidden call", { do: "call", count: 1, path: "forbidden" }],
  ["End all sessions", { do: "revoke" }],
  ["Wrong password", { do: "wrong-password" }],
  ["Correct password", { do: "correct-password" }],
  ["Vendor down for 10 s", { do: "down", for: 10_000 }],
  ["Slow logins for 10 s", { do: "slow-login", for: 10_000 }],
  ["Wait 11 minutes", { do: "wait", for: 11 * 60_000 }],
  ["Log out", { do: "logout" }],
  ["Log in", { do: "login" }],
];

const CLIENTS: Readonly<Record<ClientName, string>> = {
  vms: "a session of @vms",
  naive: "a naive client: it signs in for each call",
  careless: "a careless client: it shares one login",
};

/** What the controls do. */
export interface Handlers {
  choose(guarantee: number): void;
  change(change: Partial<Scenario>): void;
  act(action: Action): void;
}

/** The choice of a scenario, and of what it runs with. */
export function drawSettings({ scenario, guarantee, vendors }: Reply, { choose, change }: Handlers): VNode {
  const titles = GUARANTEES.map(({ title }, index) => [String(index + 1), `${index + 1}. ${title}`] as const);
  return h("div", { class: "settings" }, [
    select("Scenario", String(guarantee), [["0", "Free play"], ...titles], (value) => choose(Number(value))),
    select("Vendor", scenario.vendor, vendors, (value) => change({ vendor: value as VendorName })),
    select("Calls are made by", scenario.client, Object.entries(CLIENTS), (value) =>
      change({ client: value as ClientName }),
    ),
    h("label", [
      "Seed",
      h("input", {
        type: "number",
        min: 0,
        max: LARGEST_SEED,
        value: scenario.seed,
        onChange: ({ target }: Event) => change({ seed: seedFrom((target as HTMLInputElement).value) }),
      }),
    ]),
    check("Shared store", scenario.store, (store) => change({ store })),
    check(
      "Second factor",
      scenario.secondFactor,
      (secondFactor) => change({ secondFactor }),
      !hasSecondFactor(scenario.vendor),
    ),
  ]);
}

/** A whole number that an address can hold. */
function seedFrom(text: string): number {
  return Math.min(LARGEST_SEED, Math.max(0, Math.trunc(Number(text)) || 0));
}

/** The buttons that act now. */
export function drawButtons({ act }: Handlers): VNode {
  const buttons = BUTTONS.map(([text, ...actions]) =>
    h("button", { type: "button", onClick: () => actions.forEach(act) }, text),
  );
  return h("div", { class: "buttons", role: "group", "aria-label": "What happens now" }, buttons);
}

function select(
  name: string,
  value: string,
  options: readonly (readonly [value: string, text: string])[],
  onChoose: (value: string) => void,
): VNode {
  return h("label", [
    name,
    h(
      "select",
      { value, onChange: ({ target }: Event) => onChoose((target as HTMLSelectElement).value) },
      options.map(([one, text]) => h("option", { value: one, selected: one === value }, text)),
    ),
  ]);
}

function check(name: string, checked: boolean, onChange: (checked: boolean) => void, isDisabled = false): VNode {
  return h("label", { class: "check" }, [
    h("input", {
      type: "checkbox",
      checked: checked && !isDisabled,
      disabled: isDisabled,
      onChange: ({ target }: Event) => onChange((target as HTMLInputElement).checked),
    }),
    name,
  ]);
}
