import { serve } from "@vms/simulator/node";
import { createSecrets, type Secrets } from "../secrets.ts";
import { quoting } from "./quoting.ts";
import type { Scene } from "./scenes.ts";

/** A scene whose vendor listens on a socket, quotes what it was sent, and is overheard. */
export interface ServedScene {
  readonly origin: string;
  readonly baseUrl: string;
  /** Every secret that travelled; the codes as the session knows them. */
  readonly secrets: Secrets;
  /** How many codes the vendor has refused as wrong. */
  readonly wrongCodes: () => number;
  close(): Promise<void>;
}

/** @param passwordless whether the vendor never learns the password, and so cannot quote it. */
export async function serveScene({ server, human, secrets: more }: Scene, passwordless = false): Promise<ServedScene> {
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
    const password = passwordless ? "no password" : account.password;
    const says = quoting(body, { password, token, code: human.codes.at(-1) });
    return { ...answer, body: new TextEncoder().encode(says) };
  };
  const { origin, baseUrl, close } = await serve({ ...server, receive });
  return { origin, baseUrl, secrets, wrongCodes: () => wrongCodes, close };
}
