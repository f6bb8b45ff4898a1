import fc, { type AsyncCommand } from "fast-check";
import { settle } from "../virtual-clock.ts";
import type { Fault, Kind } from "./vendor.ts";
import { PASSWORDS, type World } from "./world.ts";

/** An event that can occur in a history. */
type Action =
  | {
      readonly do: "fetch" | "http" | "authorization" | "login" | "renew" | "logout";
      readonly by: number;
      readonly leaves: boolean;
    }
  | { readonly do: "look"; readonly by: number }
  | { readonly do: "leave"; readonly which: number }
  | { readonly do: "revoke" }
  | { readonly do: "password"; readonly vendor: number; readonly ours: number }
  | { readonly do: "fault"; readonly of: Kind; readonly what: Fault };

const by = fc.nat(1);
const leaves = fc.boolean();
const caller = (...kinds: ("fetch" | "http" | "authorization" | "login" | "renew" | "logout")[]) =>
  fc.record({ do: fc.constantFrom(...kinds), by, leaves });

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: caller("fetch") },
  { weight: 4, arbitrary: caller("http", "authorization", "login") },
  { weight: 3, arbitrary: caller("renew") },
  { weight: 3, arbitrary: caller("logout") },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("look" as const), by }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("leave" as const), which: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.constant({ do: "revoke" as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("password" as const), vendor: fc.nat(1), ours: fc.nat(1) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("fault" as const),
      of: fc.constantFrom<Kind[]>("login", "login", "extend", "logout"),
      what: fc.constantFrom<Fault[]>("lost", "unanswered", 400, 429, 500),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("fault" as const),
      of: fc.constant("call" as const),
      what: fc.constantFrom<Fault[]>("lost", "unanswered", "rotate", 401),
    }),
  },
);

function act(world: World, action: Action): void {
  const { callers, vendor, watched, sessions } = world;
  switch (action.do) {
    case "look":
      void sessions[action.by % sessions.length]!.info;
      return;
    case "leave": {
      const waiting = callers.waiting().filter(({ leaver, leftAt }) => leaver !== undefined && leftAt === undefined);
      const one = waiting[action.which % Math.max(1, waiting.length)];
      if (one !== undefined) callers.leave(one);
      return;
    }
    case "revoke":
      vendor.alive.clear();
      return;
    case "password":
      vendor.password = PASSWORDS[action.vendor]!;
      world.credentials.password = PASSWORDS[action.ours]!;
      return;
    case "fault":
      vendor.faults[action.of].push(action.what);
      return;
    default: {
      const index = action.by % sessions.length;
      callers[action.do](watched[index]!, sessions[index]!, action.leaves);
    }
  }
}

type Command = AsyncCommand<object, World, true>;

function command(name: string, run: (world: World) => unknown): Command {
  return {
    check: async () => true,
    async run(_, world) {
      world.witness.moment++;
      await run(world);
      await settle();
      if (world.witness.broken.length > 0) throw new Error(world.witness.broken.join("\n"));
    },
    toString: () => name,
  };
}

const show = (action: Action) =>
  Object.values(action)
    .filter((value) => value !== false)
    .map((value) => (value === true ? "leaving" : value))
    .join(" ");

/** A step of a history: an action now, an action during the effects of the next response, or passing time. */
export const steps: fc.Arbitrary<Command>[] = [
  action.map((one) => command(show(one), (world) => act(world, one))),
  action.map((one) => command(show(one), (world) => act(world, one))),
  fc
    .tuple(action, fc.nat(24))
    .map(([one, ticks]) =>
      command(`${ticks} ticks after the next answer: ${show(one)}`, (world) =>
        world.vendor.soon.push({ ticks, run: () => act(world, one) }),
      ),
    ),
  fc
    .constantFrom(1, 800, 2_000, 9_000, 14_000, 18_500, 20_000, 31_000)
    .map((ms) => command(`${ms} ms pass`, ({ clock }) => clock.advance(ms))),
];
