import { InvalidCredentials, type Session, type SessionOptions } from "@vms/core";
import { createSession, type Flow, parseBaseUrl, type Schema, validate } from "@vms/core/flow";
import type { ContractServer, FlowContractOptions, MakeSession } from "../src/index.ts";

/** A made-up vendor: a password for a ticket, the ticket for a token, the token on every call. */
export function acmeServer(): ContractServer & { readonly sessions: number; readonly loginAttempts: number } {
  const baseUrl = "https://acme.example/api";
  const account = { username: "ada", password: "made-up-password" };
  const tickets = new Set<string>();
  const tokens = new Set<string>();
  let logins = 0;
  let loginAttempts = 0;

  async function answer(request: Request): Promise<Response> {
    const path = request.url.slice(`${baseUrl}/`.length);
    const sent = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
    if (path === "tickets") {
      loginAttempts++;
      const { username, password } = (await request.json()) as Record<string, string>;
      if (username !== account.username || password !== account.password) return new Response("{}", { status: 401 });
      const ticket = `ticket-${crypto.randomUUID()}`;
      tickets.add(ticket);
      return Response.json({ ticket });
    }
    if (path === "tokens") {
      const { ticket } = (await request.json()) as Record<string, string>;
      if (ticket === undefined || !tickets.delete(ticket)) return new Response("{}", { status: 403 });
      const token = `token-${crypto.randomUUID()}`;
      tokens.add(token);
      logins++;
      return Response.json({ token });
    }
    if (path === "ping") return Response.json({});
    if (!tokens.has(sent)) return new Response("{}", { status: 401 });
    if (path === "logout") tokens.delete(sent);
    else if (path !== "zones?page=1") return new Response("{}", { status: 404 });
    return Response.json([]);
  }

  return {
    vendor: "acme",
    baseUrl,
    account,
    firstCall: "zones?page=1",
    fetch: async (input, init) => {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      return answer(request);
    },
    revokeAll: () => tokens.clear(),
    get logins() {
      return logins;
    },
    get loginAttempts() {
      return loginAttempts;
    },
    get sessions() {
      return tokens.size;
    },
  };
}

export const acmeStated: FlowContractOptions = {
  lifetime: { expiresIn: 3_600_000 },
  cannot: { calls: "there is one call", post: "no call has a body", forbiddenCall: "there are no roles" },
};

export interface AcmeData {
  readonly token: string;
}
export type AcmeFlow = Flow<AcmeData, object>;

/** A schema for an object with one text. */
export function textAt<Name extends string>(name: Name): Schema<Record<Name, string>> {
  return {
    "~standard": {
      version: 1,
      vendor: "acme",
      validate(value) {
        const text = (value as Record<string, unknown> | null)?.[name];
        if (typeof text !== "string" || text === "") return { issues: [{ message: "no text", path: [name] }] };
        return { value: { [name]: text } as Record<Name, string> };
      },
    },
  };
}

export function acmeFlow(baseUrl: URL): AcmeFlow {
  return {
    vendor: "acme",
    baseUrl,
    async login(context) {
      const { username, password } = await context.credentials();
      const first = await context.send("tickets", { json: { username, password } });
      if (first.status === 401) throw new InvalidCredentials("acme", "the password was refused.", { status: 401 });
      if (!first.ok) throw first.toError();
      const second = await context.send("tokens", { json: first.json(textAt("ticket")) });
      if (!second.ok) throw second.toError();
      return { data: second.json(textAt("token")), user: { name: username }, expiresIn: 3_600_000 };
    },
    authorize: ({ data }) => ({ headers: { authorization: `Bearer ${data.token}` } }),
    async logout(context, { data }) {
      const answer = await context.send("logout", { headers: { authorization: `Bearer ${data.token}` } });
      if (!answer.ok && answer.status !== 401) throw answer.toError();
    },
    parse: (data) => validate(textAt("token"), data, "acme", "the stored session"),
  };
}

/** Returns the function that creates the vendor's sessions. `change` breaks its flow. */
export function acme(change: (flow: AcmeFlow) => Partial<AcmeFlow> = () => ({})): MakeSession {
  return (options) => {
    const flow = acmeFlow(parseBaseUrl("acme", options.baseUrl));
    return createSession({ ...flow, ...change(flow) }, options);
  };
}

export type Options = SessionOptions & { readonly baseUrl: string };

/** The same with changed options. */
export function given(change: (options: Options) => Partial<Options>): MakeSession {
  return (options) => acme()({ ...options, ...change(options) });
}

/** The same with replaced parts of the session. */
export function wrapped(change: (session: Session, options: Options) => object): MakeSession {
  return (options) => {
    const session = acme()(options);
    return Object.create(session, Object.getOwnPropertyDescriptors(change(session, options))) as Session;
  };
}
