import {
  type Authorization,
  type Flow,
  type FlowContext,
  type FlowRequest,
  type Login,
  type SecondFactorMethod,
  SecondFactorRequired,
  UnexpectedResponse,
} from "@vms/core";
import { authenticateFailure, authorizeFailure } from "./errors.ts";
import type { EagleEyeBody, EagleEyeTransport } from "./session.ts";
import { type EagleEyeUser, userSchema } from "./user.ts";
import {
  authenticatedSchema,
  brandUrl,
  type EagleEyeData,
  givenCookie,
  isVendorHost,
  parseData,
  secondFactorOf,
  sessionCookie,
  VENDOR_ORIGINS,
} from "./wire.ts";

/** How long the token lives between the two steps, in ms; and where a second factor has to be asked for. */
const TOKEN_LIFETIME = 30_000;
const TOKEN_LIFETIME_SECOND_FACTOR = 15 * 60_000;

/** The flow's options, checked. */
export interface EagleEyeFlowOptions {
  readonly baseUrl: URL;
  readonly body: EagleEyeBody;
  readonly transport: EagleEyeTransport;
  readonly realm: string | undefined;
  readonly apiKey: string | undefined;
}

/** What stands between the two steps. */
interface Ticket {
  readonly token: string;
  /** In ms since the epoch, counted from when authenticate was sent: a token cannot be older than that. */
  readonly usableUntil: number;
  /** The ways of a second factor, where one is asked for. */
  readonly secondFactor: readonly SecondFactorMethod[] | undefined;
}

/**
 * Signs in to Eagle Eye Networks: user name and password for a token, the token for the session's cookie.
 *
 * A token is sent once. Whatever goes wrong with it, the core starts again at authenticate.
 * @see Eagle Eye Networks API, "Authentication"
 */
export function eagleEyeFlow(options: EagleEyeFlowOptions): Flow<EagleEyeData, EagleEyeUser> {
  const { baseUrl, realm, apiKey } = options;
  const atVendor = isVendorHost(baseUrl);
  const keyHeader: Record<string, string> = apiKey === undefined ? {} : { authentication: apiKey };

  function request(fields: Record<string, string>): FlowRequest {
    return options.body === "json"
      ? { json: fields, headers: keyHeader }
      : { body: new URLSearchParams(fields), headers: keyHeader };
  }

  async function authenticate(context: FlowContext): Promise<Ticket> {
    const { username, password } = await context.credentials();
    const sentAt = context.now();
    const fields = { username, password, ...(realm === undefined ? {} : { realm }) };
    const answer = await context.send("g/aaa/authenticate", request(fields));
    if (!answer.ok) throw authenticateFailure(answer);
    const body = answer.json(authenticatedSchema);
    const secondFactor = secondFactorOf(body);
    const lifetime = secondFactor === undefined ? TOKEN_LIFETIME : TOKEN_LIFETIME_SECOND_FACTOR;
    return { token: body.token, usableUntil: sentAt + lifetime, secondFactor };
  }

  async function authorize(
    context: FlowContext,
    { token }: Ticket,
    code?: string,
  ): Promise<Login<EagleEyeData, EagleEyeUser>> {
    const fields = { token, ...(code === undefined ? {} : { two_factor_authentication_code: code }) };
    const answer = await context.send("g/aaa/authorize", request(fields));
    if (!answer.ok) throw authorizeFailure(answer, code !== undefined);
    const user = answer.json(userSchema);
    const data = sessionCookie(answer.headers);
    if (data === undefined) {
      throw new UnexpectedResponse(
        "eagleeye",
        "authorize was answered without a session cookie. Check the base URL; in a browser, cookies cannot be read at all.",
        { status: answer.status, paths: ["Set-Cookie: auth_key", "Set-Cookie: videobank_sessionid"] },
      );
    }
    return { data, user, baseUrl: atVendor ? brandUrl(user.active_brand_subdomain) : baseUrl };
  }

  function credential({ cookie, session }: EagleEyeData): Partial<Authorization> {
    if (options.transport === "query") return { headers: keyHeader, searchParams: { A: session } };
    return { headers: keyHeader, cookies: { [cookie]: session } };
  }

  return {
    vendor: "eagleeye",
    baseUrl,
    ...(realm === undefined ? {} : { identity: realm }),
    ...(atVendor ? { allowedOrigins: VENDOR_ORIGINS } : {}),

    async login(context) {
      let ticket = await authenticate(context);
      if (ticket.secondFactor === undefined && context.now() > ticket.usableUntil) ticket = await authenticate(context);
      if (ticket.secondFactor !== undefined) throw secondFactorRequired(ticket.secondFactor);
      return authorize(context, ticket);
    },

    async resume(context, cookies) {
      const data = givenCookie(cookies);
      if (data === undefined) return undefined;
      const headers = { ...keyHeader, cookie: `${data.cookie}=${data.session}` };
      const answer = await context.send("g/user", { method: "GET", headers });
      if (answer.status === 401) return undefined;
      if (!answer.ok) throw answer.failure();
      const user = answer.json(userSchema);
      return { data, user, baseUrl: atVendor ? brandUrl(user.active_brand_subdomain) : baseUrl };
    },

    authorize: ({ data }) => credential(data),

    // The session lives where calls go. One that is gone already is signed out.
    async logout(context, { baseUrl: home, data }) {
      const { searchParams = {}, cookies = {} } = credential(data);
      const url = new URL("g/aaa/logout", home);
      for (const [name, value] of Object.entries(searchParams)) url.searchParams.set(name, value);
      const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
      const headers = { ...keyHeader, ...(cookie.length === 0 ? {} : { cookie: cookie.join("; ") }) };
      const answer = await context.send(url, { headers });
      if (!answer.ok && answer.status !== 401) throw answer.failure();
    },

    parse: parseData,
  };
}

function secondFactorRequired(methods: readonly SecondFactorMethod[]): SecondFactorRequired {
  const offered = methods.map(({ type }) => type).join(" or ");
  return new SecondFactorRequired(
    "eagleeye",
    `the account asks for a second factor${offered === "" ? "" : ` (a code by ${offered})`}, which was not given. ` +
      "Use a user without one.",
    { methods, status: 200 },
  );
}
