import { serve } from "@vms/simulator/node";
import { createSecrets, type Secrets } from "../secrets.ts";
import type { Fixture } from "./fixtures.ts";
import { quoteSecrets } from "./quote-secrets.ts";

/** A fixture whose vendor listens on a socket and quotes what it receives. It records all secrets. */
export interface ServedFixture {
  readonly origin: string;
  readonly baseUrl: string;
  /** Every secret that was sent or received, with marked codes. */
  readonly secrets: Secrets;
  /** The number of codes that the vendor has rejected. */
  readonly wrongCodes: () => number;
  close(): Promise<void>;
}

/** @param passwordOptional whether the vendor never learns the password, and so cannot quote it. */
export async function serveFixture(
  { server, human, secrets: more }: Fixture,
  passwordOptional = false,
): Promise<ServedFixture> {
  const { account } = server;
  const secrets = createSecrets();
  let token = "none";
  let wrongCodes = 0;
  secrets.account(account);
  secrets.add(...more);

  const receive: typeof server.receive = async (incoming) => {
    const answer = await server.receive(incoming);
    for (const request of server.requests) secrets.request(request);
    server.clearRequests();
    secrets.add(...human.codes);
    if (answer === "dropped") return answer;
    const body = new TextDecoder().decode(answer.body);
    if (answer.status === 406) wrongCodes++;
    token = secrets.answer(answer.headers, body) ?? token;
    const password = passwordOptional ? "no password" : account.password;
    const says = quoteSecrets(body, { password, token, code: human.codes.at(-1) });
    return { ...answer, body: new TextEncoder().encode(says) };
  };
  const { origin, baseUrl, close } = await serve({ ...server, receive });
  return { origin, baseUrl, secrets, wrongCodes: () => wrongCodes, close };
}
