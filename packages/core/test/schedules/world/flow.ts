import type { Flow, Login } from "../../../src/contract/flow/flow.ts";
import { InvalidCredentials } from "../../../src/errors/invalid-credentials.ts";
import { HOME, REGION, SECRET } from "./names.ts";
import type { Witness } from "./witness.ts";
import type { World } from "./world.ts";

export function flowOf(world: World, opened: Set<string>, witness: Witness, now: () => number): Flow<string, string> {
  const { lifetime, idleTimeout, regional, extends: extension } = world.vendor ?? {};

  function yields(token: string, sentAt: number): Login<string, string> {
    witness.yielded.set(token, sentAt);
    opened.add(token);
    return {
      data: token,
      // The user is no secret, but distinguishes the sessions.
      user: token.replace(`${SECRET}-`, ""),
      ...(regional ? { baseUrl: new URL(`${REGION}/`) } : {}),
      ...(lifetime === undefined ? {} : { expiresIn: lifetime }),
      ...(idleTimeout === undefined ? {} : { idleTimeout }),
    };
  }

  const flow: Flow<string, string> = {
    vendor: "fake",
    baseUrl: new URL(`${HOME}/`),
    allowedOrigins: [REGION],
    async login(context) {
      const { username, password } = await context.credentials();
      const sentAt = now();
      const answer = await context.send("login", { json: { username, password } });
      if (answer.status === 401) throw new InvalidCredentials("fake", "the password was refused.", { status: 401 });
      if (!answer.ok) throw answer.toError();
      return yields(answer.headers.get("x-token") ?? "", sentAt);
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
  if (extension === undefined) return flow;
  flow.extend = async (context, { data }) => {
    const sentAt = now();
    const answer = await context.send("extend", { headers: { authorization: `Bearer ${data}` } });
    if (!answer.ok) throw answer.toError();
    const token = answer.headers.get("x-token");
    return token === null ? ({} as Login<string, string>) : yields(token, sentAt);
  };
  return flow;
}
