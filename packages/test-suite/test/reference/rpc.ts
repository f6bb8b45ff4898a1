import { InvalidCredentials } from "@vms/core";
import { createSession, type Flow, type FlowResponse, parseBaseUrl, tryPeekJson, validate } from "@vms/core/flow";
import type { ContractCall, ContractServer, FlowContractOptions, MakeSession } from "../../src/index.ts";
import { textAt } from "../acme.ts";

const SESSION = "x-session";
const LIFETIME = 3_600_000;

/** A made-up vendor with JSON-RPC: each call is a `POST` to one path, and each response is a 200. */
export function rpcServer(): ContractServer & { readonly sessions: number; readonly loginAttempts: number } {
  const baseUrl = "https://rpc.example/api";
  const account = { username: "edsger", password: "made-up-and-long" };
  const sessions = new Set<string>();
  let logins = 0;
  let loginAttempts = 0;
  const refuse = (code: string) => Response.json({ error: { code } });

  function open(): Response {
    const session = `session-${crypto.randomUUID()}`;
    sessions.add(session);
    return Response.json({ session });
  }

  async function answer(request: Request): Promise<Response> {
    const isForm = request.headers.get("content-type")?.includes("form") === true;
    if (isForm) return sessions.has(request.headers.get(SESSION) ?? "") ? formed(request) : refuse("no_session");
    const { method, username, password } = JSON.parse(await request.text()) as Record<string, string>;
    if (method === "login") {
      loginAttempts++;
      if (username !== account.username || password !== account.password) return refuse("wrong_password");
      logins++;
      return open();
    }
    const session = request.headers.get(SESSION) ?? "";
    if (!sessions.has(session)) return refuse("no_session");
    if (method === "extend" || method === "logout") sessions.delete(session);
    if (method === "extend") return open();
    return method === "users" ? refuse("not_permitted") : Response.json({ result: [] });
  }

  async function formed(request: Request): Promise<Response> {
    const text = (await request.formData()).get("text");
    return text === NOTE ? Response.json({ result: [] }) : new Response(null, { status: 400 });
  }

  return {
    vendor: "rpc",
    baseUrl,
    account,
    firstCall: { path: "rpc", json: { method: "zones" } },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      const isRpc = request.method === "POST" && new URL(request.url).pathname === "/api/rpc";
      return isRpc ? answer(request) : new Response(null, { status: 404 });
    },
    revokeAll: () => sessions.clear(),
    get logins() {
      return logins;
    },
    get loginAttempts() {
      return loginAttempts;
    },
    get sessions() {
      return sessions.size;
    },
  };
}

/** Returns the code of an error response. */
function codeOf(answer: unknown): string | undefined {
  return (answer as { readonly error?: { readonly code?: string } } | undefined)?.error?.code;
}

interface RpcData {
  readonly session: string;
}
type RpcFlow = Flow<RpcData, object>;

const isError = { "~standard": { version: 1, vendor: "rpc", validate: (value: unknown) => ({ value }) } } as const;
const errorOf = (response: FlowResponse) => codeOf(response.safeJson(isError));

/** Returns the function that creates the vendor's sessions. `change` breaks its flow. */
export function rpc(change: (flow: RpcFlow) => Partial<RpcFlow> = () => ({})): MakeSession {
  return (options) => {
    const flow: RpcFlow = {
      vendor: "rpc",
      baseUrl: parseBaseUrl("rpc", options.baseUrl),
      async login(context) {
        const { username, password } = await context.credentials();
        const response = await context.send("rpc", { json: { method: "login", username, password } });
        if (!response.ok) throw response.toError();
        if (errorOf(response) === "wrong_password") throw new InvalidCredentials("rpc", "it was refused.");
        return { data: response.json(textAt("session")), user: {}, expiresIn: LIFETIME };
      },
      async extend(context, { data }) {
        const response = await context.send("rpc", { json: { method: "extend" }, as: data });
        if (!response.ok) throw response.toError();
        if (errorOf(response) === "no_session") return undefined;
        return { data: response.json(textAt("session")), expiresIn: LIFETIME };
      },
      authorize: ({ data }) => ({ headers: { [SESSION]: data.session } }),
      isRejected: async (response) => codeOf(await tryPeekJson(response, 4_096)) === "no_session",
      async logout(context, { data }) {
        const response = await context.send("rpc", { json: { method: "logout" }, as: data });
        if (!response.ok) throw response.toError();
      },
      parse: (data) => validate(textAt("session"), data, "rpc", "the stored session"),
    };
    return createSession({ ...flow, ...change(flow) }, options);
  };
}

const NOTE = "Tür 7 & Süd";

/** The bodies in which the server accepts a note. */
export function notes(): Readonly<Record<string, ContractCall>> {
  const multipart = new FormData();
  multipart.set("text", NOTE);
  const form = new URLSearchParams({ text: NOTE });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return {
    "a form": { path: "rpc", body: form },
    multipart: { path: "rpc", body: multipart },
    text: { path: "rpc", body: form.toString(), headers },
  };
}

export const rpcStated: FlowContractOptions = {
  lifetime: { expiresIn: LIFETIME },
  extends: true,
  calls: [{ path: "rpc", json: { method: "cameras" } }],
  post: notes()["a form"],
  forbiddenCall: {
    path: "rpc",
    json: { method: "users" },
    isForbidden: async (response) => codeOf(await response.json()) === "not_permitted",
  },
  print: () => {},
};

/** A flow that treats each error as an ended session. */
export const eachErrorEnds: MakeSession = rpc(() => ({
  isRejected: async (response) => codeOf(await tryPeekJson(response, 4_096)) !== undefined,
}));
