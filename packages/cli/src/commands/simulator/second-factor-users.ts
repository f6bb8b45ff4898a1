import type { Incoming, Simulator, VendorKey, VendorServer } from "@vms/simulator";
import type { SimulatedUser } from "../../profiles/simulator-file.ts";

/** A made-up user with a second factor. */
interface SecondFactorUser extends SimulatedUser {
  /** How to get a code, for the table. */
  readonly code: string;
}

const APP = { username: "app@acme.example", password: "paper-lantern-19", totpSecret: "JBSWY3DPEHPK3PXP" };
const SMS = { username: "sms@acme.example", password: "brass-willow-83" };
const EMAIL = { username: "email@acme.example", password: "linen-compass-46" };

/** The users with a second factor by server: one for each method. The vendors that are not listed have no codes. */
export const secondFactorUsers: { readonly [Key in VendorKey]?: readonly SecondFactorUser[] } = {
  alta: [{ ...APP, code: `app: ${APP.totpSecret}` }],
  eagleeye: [
    { ...SMS, code: "SMS, printed here" },
    { ...EMAIL, code: "e-mail, printed here" },
  ],
};

/**
 * Adds the users to the servers.
 * @param say prints a code as if a phone or a mailbox received it.
 * @returns the servers that do this.
 */
export function withSecondFactors(made: Simulator, say: (line: string) => void): Simulator {
  const { alta, eagleeye } = made;
  alta.addAccount(APP);
  eagleeye.addAccount({ ...SMS, secondFactor: { sms: "+1 555 0100" } });
  eagleeye.addAccount({ ...EMAIL, secondFactor: { email: EMAIL.username } });
  let printed = 0;
  return {
    ...made,
    alta: after(alta, async ({ url, body }) => {
      if (!url.endsWith("/dologin") || !new TextDecoder().decode(body).includes(APP.username)) return;
      say(`alta: the app of ${APP.username} shows ${await alta.totpCode(APP.username)}`);
    }),
    eagleeye: after(eagleeye, () => {
      for (const { type, to, code } of eagleeye.inbox.slice(printed)) {
        say(`eagleeye: ${type === "sms" ? "SMS" : "e-mail"} to ${to}: ${code}`);
      }
      printed = eagleeye.inbox.length;
    }),
  };
}

/** A server that does something after each request, before it responds. */
function after<Server extends VendorServer>(server: Server, run: (request: Incoming) => void | Promise<void>): Server {
  const receive: VendorServer["receive"] = async (request) => {
    const answer = await server.receive(request);
    await run(request);
    return answer;
  };
  return Object.create(server, { receive: { value: receive } }) as Server;
}
