// A user's program without Node's types.
import { createAltaSession } from "@vms/alta";
import { type AnyVmsError, encryptedStore, isVmsError, memoryStore, type Session } from "@vms/core";
import { createSession, type Flow } from "@vms/core/flow";
import { totp } from "@vms/core/totp";
import { createEagleEyeSession } from "@vms/eagleeye";
import { createFindFaceSession } from "@vms/findface";
import { createSimulator } from "@vms/simulator";

const simulator = createSimulator();
const credentials = async () => ({ username: "ada", password: "made-up" });
const store = encryptedStore(memoryStore(), { key: "made-up, and long enough to be taken for a key" });

export const sessions: readonly Session[] = [
  createAltaSession({ baseUrl: simulator.alta.baseUrl, credentials, secondFactor: totp("JBSWY3DPEHPK3PXP") }),
  createEagleEyeSession({ credentials, store, fetch: simulator.eagleeye.fetch }),
  createFindFaceSession({ baseUrl: new URL(simulator.findface.baseUrl), credentials, renewBefore: 60_000 }),
];

const flow: Flow<{ token: string }, { id: number }> = {
  vendor: "acme",
  baseUrl: new URL("https://acme.example"),
  login: async (context) => {
    const { username } = await context.credentials();
    return { data: { token: username }, user: { id: 1 }, expiresIn: 60_000 };
  },
  authorize: ({ data }) => ({ headers: { authorization: `Bearer ${data.token}` } }),
  parse: () => ({ token: "" }),
};

export async function call(signal: AbortSignal): Promise<number | undefined> {
  await using session = createSession(flow, { credentials });
  session.on("login", (event) => console.log(event.type));
  const names: string[] = await session.http.get("names", { signal }).json<string[]>();
  const response: Response = await session.fetch("names", { method: "POST", body: names.join() });
  return response.ok ? session.info?.user.id : undefined;
}

export function say(error: AnyVmsError): string {
  switch (error.code) {
    case "rate_limited":
      return `wait ${error.retryAfter} ms`;
    case "account_unavailable":
      return error.reason;
    case "invalid_request":
      return Object.keys(error.fields).join();
    default:
      return isVmsError(error) ? error.vendor : "";
  }
}

// @ts-expect-error The types must reject this.
createAltaSession({ baseUrl: 1, credentials });
