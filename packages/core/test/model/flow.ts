import type { Flow, Login } from "../../src/contract/flow/flow.ts";
import type { FlowContext } from "../../src/contract/flow/flow-context.ts";
import { InvalidCredentials } from "../../src/errors/invalid-credentials.ts";
import { IDLE, LIFETIME, type System } from "./systems.ts";
import { type Watched, yielded } from "./watched.ts";
import type { Witness } from "./witness.ts";

type Made = Login<string, string>;

/** The flow of the model's vendor for one session. */
export function flowOf(system: System, session: Watched, witness: Witness, now: () => number): Flow<string, string> {
  const tries = new WeakSet<AbortSignal>();
  function enter({ signal }: FlowContext<string, string>): void {
    if (!tries.has(signal)) witness.begins(session);
    tries.add(signal);
  }

  // From here on, the session is known locally. It must be used, or ended at the vendor.
  function leave(what: "login" | "extend", token: string, sentAt: number): Made {
    const held = yielded(system, token, sentAt);
    session.offer[what] = held;
    if (!session.heard.has(token)) session.heard.set(token, false);
    return {
      data: token,
      user: token,
      ...(system.ends ? { expiresIn: LIFETIME } : {}),
      ...(system.idles ? { idleTimeout: IDLE } : {}),
    };
  }

  const flow: Flow<string, string> = {
    vendor: "fake",
    baseUrl: new URL("https://vendor.example/"),
    async login(context) {
      enter(context);
      const { username, password } = await context.credentials();
      const sentAt = now();
      const answer = await context.send("login", { json: { username, password } });
      if (answer.status === 401 || answer.status === 400) {
        session.at.refusal = witness.moment;
        witness.failedAt = witness.moment;
      }
      if (answer.status === 401) session.refused = password;
      if (answer.ok) session.refused = undefined;
      if (answer.ok || answer.status === 401 || answer.status === 400) session.mayBeRefused = !answer.ok;
      if (answer.status === 401) throw new InvalidCredentials("fake", "the password was refused.", { status: 401 });
      if (!answer.ok) throw answer.toError();
      return leave("login", answer.headers.get("x-token") ?? "", sentAt);
    },
    authorize: ({ data }) => ({ headers: { authorization: `Bearer ${data}` } }),
    async logout(context, { data }) {
      const answer = await context.send("logout", { headers: { authorization: `Bearer ${data}` } });
      if (!answer.ok && answer.status !== 401) throw answer.toError();
    },
    parse(data) {
      if (typeof data !== "string") throw new TypeError("not a token");
      return data;
    },
  };
  if (system.extends !== "no") {
    flow.extend = async (context, { data }) => {
      enter(context);
      const sentAt = now();
      const answer = await context.send("extend", { headers: { authorization: `Bearer ${data}` } });
      if (!answer.ok) throw answer.toError();
      return leave("extend", answer.headers.get("x-token") ?? "", sentAt);
    };
  }
  if (system.rotates) {
    flow.rotate = (response, { data }) => {
      const token = response.headers.get("x-rotated") ?? undefined;
      if (token !== undefined) session.rotated = { token, from: data };
      return token;
    };
  }
  return flow;
}
