import { memoryStore, type Session, type SessionEvent } from "@vms/core";
import type { Clause } from "../../clause.ts";
import { requestOf, send } from "../contract-call.ts";
import { ELSEWHERE, type Fault, type Sent } from "../network.ts";
import { entryOf, openStore, storedSession } from "../stored-value.ts";
import type { FlowSubject } from "../subject.ts";
import { collectSecrets } from "./collect-secrets.ts";
import { type Secrets, shows } from "./find-secrets.ts";

const EVENTS = [
  "login",
  "renewed",
  "renewal_failed",
  "rejected",
  "rotated",
  "expired",
  "logout",
  "store_failed",
] as const;

/** The response text of a vendor that quotes the whole request. */
function quoted({ url, headers, body }: Sent): string {
  return [url, ...[...headers].map(([name, value]) => `${name}: ${value}`), body].join("\n");
}

/** Responds with a message that a careless package would show. */
function quoting(status: number, format: "json" | "lists" | "text"): Fault {
  return (request) => {
    const text = quoted(request);
    if (format === "text") return new Response(`<p>${text}</p>`, { status, headers: { "content-type": "text/html" } });
    const names = ["message", "error", "error_description", "detail", "desc", "title", "reason", "param", "code"];
    const flat = Object.fromEntries(names.map((name) => [name, text]));
    const metadata = { status: "40", message: text };
    const lists = { message: text, errors: { password: [text], login: [text], [text]: [text] }, metadata };
    return Response.json(format === "json" ? { ...flat, metadata } : lists, { status });
  };
}

/** A network error that contains the whole request, in its message and its cause. */
const quotingNetwork: Fault = (request) => {
  const text = quoted(request);
  throw new TypeError(`failed: ${text}`, { cause: Object.assign(new Error(text), { request: { ...request } }) });
};

async function secretsNow({ open, network, server }: FlowSubject): Promise<Secrets> {
  const { store, values } = openStore();
  const session = open({ store });
  await session.login();
  // Includes the values that a call sends.
  await (await send(session, server.firstCall)).arrayBuffer();
  const secrets = await collectSecrets(server, session, network.sent, storedSession(entryOf(values)[1]));
  await session.logout().catch(() => {});
  return secrets;
}

async function thrown(run: () => unknown): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    return error;
  }
  return undefined;
}

export const secrecyClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "errors contain no secret, even if the vendor quotes one",
    async prove(subject) {
      const { open, signedIn, network, server } = subject;
      const secrets = new Map(await secretsNow(subject));
      const wrong = { ...server.account, password: `wrong-${crypto.randomUUID().slice(0, 13)}` };
      secrets.set("the wrong password", wrong.password);
      shows(await thrown(() => open({ credentials: wrong }).login()), secrets, "the error of a wrong password");

      for (const status of [200, 302, 400, 401, 402, 403, 404, 418, 422, 429, 500]) {
        for (const format of ["json", "lists", "text"] as const) {
          network.meet(quoting(status, format));
          const error = await thrown(() => open({ retry: { attempts: 1 } }).login());
          shows(error, secrets, `the error of a login that is answered ${status} with what was sent (${format})`);
        }
      }
      network.meet(quotingNetwork);
      const broken = await thrown(() => open({ retry: { attempts: 1 } }).login());
      shows(broken, secrets, "the error of a login that the network breaks");
      network.meet(undefined);

      const session = await signedIn();
      for (const [name, value] of await collectSecrets(server, session, [], undefined))
        secrets.set(`${name} in use`, value);
      shows(await thrown(() => session.fetch(`${ELSEWHERE}/x`)), secrets, "the error of a call to another origin");
      network.meet(quotingNetwork);
      shows(
        await thrown(() => send(session, server.firstCall)),
        secrets,
        "the error of a call that the network breaks",
      );
      network.meet(() => new Response("no", { status: 404 }));
      shows(
        await thrown(() => session.http.get(requestOf(server.firstCall).path)),
        secrets,
        "ky's error of a call answered 404",
      );
      network.meet(quoting(500, "json"));
      shows(await thrown(() => session.logout()), secrets, "the error of a logout() answered 500 with what was sent");
    },
  },
  {
    name: "the session, its info and its events contain no secret",
    async prove(subject) {
      const { open, network, server } = subject;
      const secrets = new Map(await secretsNow(subject));
      const kept = memoryStore();
      const failing = {
        ...kept,
        async set(_: string, value: string): Promise<void> {
          throw new Error(`not kept: ${value}`);
        },
      };
      for (const store of [kept, failing]) {
        const session = open({ store });
        const events: SessionEvent[] = [];
        for (const type of EVENTS) session.on(type, (event) => void events.push(event));
        shows(session, secrets, "a new session");
        const told: unknown[] = [await session.login()];
        const note = async () => {
          for (const [name, value] of await collectSecrets(server, session, [], undefined)) {
            secrets.set(`${name} of login ${secrets.size}`, value);
          }
        };
        await note();
        await server.revokeAll();
        await (await send(session, server.firstCall)).arrayBuffer();
        await note();
        told.push(await session.renew());
        await note();
        showsAll(session, secrets, "a session in use");
        network.meet(quoting(500, "json"));
        await thrown(() => session.logout());
        network.meet(undefined);
        showsAll(session, secrets, "a session after logout()");
        shows(told, secrets, "what login() and renew() return");
        for (const event of events) shows(event, secrets, `the event ${event.type}`);
      }
    },
  },
];

function showsAll(session: Session, secrets: Secrets, what: string): void {
  shows(session, secrets, what);
  shows(session.info, secrets, `the info of ${what}`);
  shows([session.fetch, session.http, session.on], secrets, `the functions of ${what}`);
}
