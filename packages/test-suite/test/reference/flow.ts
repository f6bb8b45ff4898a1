import { InvalidCredentials } from "@vms/core";
import {
  createSession,
  type Flow,
  type FlowContext,
  type FlowResponse,
  type Login,
  parseBaseUrl,
  type Schema,
  validate,
} from "@vms/core/flow";
import type { FlowContractOptions, MakeSession } from "../../src/index.ts";
import { GRANTED, type Place } from "./server.ts";

/** The secrets of a session. A resumed session has only the token. */
export interface ReferenceData {
  readonly token: string;
  readonly refresh?: string | undefined;
  readonly device?: string | undefined;
}

export type ReferenceFlow = Flow<ReferenceData, object>;
type Context = FlowContext<ReferenceData, object>;

/** The server's response to a login or an extension. Durations are in seconds. The token can be a cookie instead. */
interface Issued extends Omit<ReferenceData, "token"> {
  readonly access?: string | undefined;
  readonly expires_in: number;
  readonly idle_timeout: number;
  readonly refresh_expires_in: number;
}

function schemaOf<T>(texts: readonly string[], numbers: readonly string[]): Schema<T> {
  const isText = (value: unknown) => typeof value === "string" && value !== "";
  return {
    "~standard": {
      version: 1,
      vendor: "reference",
      validate(value) {
        const fields = (value ?? {}) as Record<string, unknown>;
        const wrong = [
          ...texts.filter((name) => !(isText(fields[name]) || (name !== "token" && fields[name] === undefined))),
          ...numbers.filter((name) => typeof fields[name] !== "number"),
        ];
        if (wrong.length > 0) return { issues: wrong.map((name) => ({ message: "is missing", path: [name] })) };
        return { value: Object.fromEntries([...texts, ...numbers].map((name) => [name, fields[name]])) as T };
      },
    },
  };
}

const SECRETS: readonly string[] = ["token", "refresh", "device"];
const dataSchema = schemaOf<ReferenceData>(SECRETS, []);
const issuedSchema: Schema<Issued> = schemaOf<Issued>(
  ["access", "refresh", "device"],
  ["expires_in", "idle_timeout", "refresh_expires_in"],
);

/** Returns the session of a response. `otherwise` replaces a missing token, which a correct flow does not accept. */
export function loginOf(response: FlowResponse, otherwise?: string): Login<ReferenceData, object> {
  const { expires_in, idle_timeout, refresh_expires_in, access, ...rest } = response.json(issuedSchema);
  const cookie = /^sid=([^;]*)/.exec(response.headers.getSetCookie()[0] ?? "")?.[1];
  const given = { ...rest, token: access ?? cookie ?? otherwise };
  return {
    data: validate(dataSchema, given, "reference", "the response to a login"),
    user: { role: "operator" },
    expiresIn: expires_in * 1000,
    idleTimeout: idle_timeout * 1000,
    extendableFor: refresh_expires_in * 1000,
  };
}

/** Sends the user name, the password, and the device if it is known. */
export async function sendLogin(context: Context): Promise<FlowResponse> {
  const { username, password } = await context.credentials();
  const device = context.previous?.data.device;
  return context.send("sessions", { json: { username, password, device } });
}

export function refusal(context: Context, response: FlowResponse): Error {
  if (response.status !== 401) return response.toError();
  return new InvalidCredentials("reference", `${context.account} was refused.`, { status: 401 });
}

function referenceFlow(baseUrl: URL, place: Place): ReferenceFlow {
  return {
    vendor: "reference",
    baseUrl,
    async login(context) {
      const response = await sendLogin(context);
      if (!response.ok) throw refusal(context, response);
      return loginOf(response);
    },
    ...(place === "cookie"
      ? { resume: async (_, { sid }) => (sid === undefined ? undefined : { data: { token: sid }, user: {} }) }
      : {}),
    async extend(context, { data: { refresh, device } }) {
      const response = await context.send("sessions/refresh", { json: { refresh, device } });
      if (!response.ok) throw response.toError();
      return loginOf(response);
    },
    authorize({ data: { token } }) {
      if (place === "query") return { searchParams: { token } };
      return place === "cookie" ? { cookies: { sid: token } } : { headers: { "x-token": token } };
    },
    isRejected: ({ status }) => status === 401,
    rotate({ headers }, { data }) {
      const token = headers.get("x-new-token");
      return token === null ? undefined : { ...data, token };
    },
    outlives: ({ device }) => device !== undefined,
    async logout(context, { data }) {
      const response = await context.send("logout", { as: data });
      if (!response.ok && response.status !== 401) throw response.toError();
    },
    parse: (data) => validate(dataSchema, data, "reference", "the stored session"),
  };
}

/** Returns the function that creates the vendor's sessions. `change` breaks its flow. */
export function reference(
  place: Place = "header",
  change: (flow: ReferenceFlow, baseUrl: URL) => Partial<ReferenceFlow> = () => ({}),
  identity?: string,
): MakeSession {
  return (options) => {
    const baseUrl = parseBaseUrl("reference", options.baseUrl);
    const plain = referenceFlow(baseUrl, place);
    const flow = identity === undefined ? plain : { ...plain, identity };
    return createSession({ ...flow, ...change(flow, baseUrl) }, options);
  };
}

export function stated(place: Place): FlowContractOptions {
  return {
    lifetime: GRANTED,
    extends: true,
    rotates: true,
    outlives: true,
    resumes: place === "cookie",
    queryCredential: place === "query",
    otherIdentity: reference(place, () => ({}), "north"),
    calls: ["cameras"],
    post: { path: "notes", json: { text: "Tür 7" } },
    forbiddenCall: "settings",
    print: () => {},
  };
}
