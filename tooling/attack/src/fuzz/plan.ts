import fc from "fast-check";
import type { SignIn } from "../sign-ins/sign-ins.ts";
import type { Step } from "../sign-ins/step.ts";
import { type BodyMutation, bodyMutations, mutateBody } from "./body-mutations.ts";
import { type HeaderMutation, headerMutations, mutateHeaders } from "./header-mutations.ts";
import type { RawAnswer } from "./raw-answer.ts";
import { statuses } from "./values.ts";

/** One corruption of a response. */
type Mutation =
  | { readonly part: "body"; readonly body: BodyMutation }
  | { readonly part: "headers"; readonly headers: HeaderMutation }
  | { readonly part: "status"; readonly status: number }
  | { readonly part: "refusal"; readonly status: number; readonly json: unknown }
  | { readonly part: "ending"; readonly ending: "broken" | "never" };

/** The plan of one run. */
export interface Plan {
  /** The responses to corrupt: of a login's step, a call, a method that makes a call, or a background renewal. */
  readonly target: Step;
  /** The index of the vendor's variant, modulo their number. */
  readonly variant: number;
  /** For a login: whether it renews a live session. */
  readonly live: boolean;
  /** For a live session: whether the vendor still trusts the device, so that no code is needed. */
  readonly trusted: boolean;
  /** Whether a store keeps the session, and another session adopts it. */
  readonly stored: boolean;
  /** The number of consecutive corrupted responses. */
  readonly times: number;
  readonly mutations: readonly Mutation[];
}

// Vendors' error bodies that quote the request.
const refusals = fc.record({
  part: fc.constant("refusal" as const),
  status: fc.constantFrom(200, 400, 401, 403, 422),
  json: fc.constantFrom<unknown[]>(
    { message: "<password>", errors: { login: ["<password>", "<token>"], "<password>": ["<password>"] } },
    { message: ["<password>"], errors: { token: "it was <token>, with <password>", "x<password>x": null } },
    { code: "BAD_PARAM", desc: "<password> is wrong", param: "<password>", traceback: "<password>" },
    { code: "BAD_PARAM", desc: "<token> is wrong", param: "uuid" },
    { code: "BAD_PARAM", desc: "<code> is wrong", param: "<code>", message: "<code>", error: "<code>" },
    { code: "LICENSE_ERROR", desc: "not for <password>" },
    { code: "PERMISSION_DENIED", desc: "not for <password>" },
    { metadata: { login: "<password>", status: "65", message: "<password> and <token>" } },
    { metadata: { login: "<password>", status: 40, message: "<password>" } },
    { metadata: { login: "<password>", status: "<password>", message: "<password>" } },
  ),
});

const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 200, arbitrary: fc.record({ part: fc.constant("body" as const), body: bodyMutations }) },
  { weight: 120, arbitrary: fc.record({ part: fc.constant("headers" as const), headers: headerMutations }) },
  { weight: 20, arbitrary: refusals },
  { weight: 60, arbitrary: fc.record({ part: fc.constant("status" as const), status: statuses }) },
  {
    weight: 6,
    arbitrary: fc.record({ part: fc.constant("ending" as const), ending: fc.constant("broken" as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ part: fc.constant("ending" as const), ending: fc.constant("never" as const) }),
  },
);

export function plans({ steps }: SignIn): fc.Arbitrary<Plan> {
  const targets = steps.filter(({ kind }) => kind !== "logout");
  return fc.record({
    // A login reads more of its response than a call does.
    target: fc.constantFrom(...targets, ...targets.filter(({ kind }) => kind === "login")),
    variant: fc.nat(5),
    live: fc.boolean(),
    trusted: fc.boolean(),
    stored: fc.integer({ min: 0, max: 4 }).map((chance) => chance === 0),
    times: fc.constantFrom(1, 1, 2, 30),
    mutations: fc.array(mutations, { minLength: 1, maxLength: 3 }),
  });
}

/** Applies the mutations to a response in order. */
export function spoil(answer: RawAnswer, { mutations }: Plan): RawAnswer {
  let { status, headers, body, ending } = answer;
  for (const mutation of mutations) {
    if (mutation.part === "body") body = mutateBody(body, mutation.body);
    else if (mutation.part === "headers") headers = mutateHeaders(headers, mutation.headers);
    else if (mutation.part === "status") status = mutation.status;
    else if (mutation.part === "refusal") [status, body] = [mutation.status, encoded(mutation.json)];
    else ending = mutation.ending;
  }
  return { status, headers, body, ending };
}

function encoded(json: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(json));
}

/** Whether only a timeout ends the run. */
export function neverEnds({ mutations }: Plan): boolean {
  return mutations.some((mutation) => mutation.part === "ending" && mutation.ending === "never");
}
