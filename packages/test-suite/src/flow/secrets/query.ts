import type { SessionEvent } from "@vms/core";
import { check, same } from "../../checks.ts";
import type { Clause } from "../../clause.ts";
import { requestOf } from "../contract-call.ts";
import { goesTo } from "../rejection.ts";
import type { FlowSubject } from "../subject.ts";
import { collectSecrets } from "./collect-secrets.ts";
import { type Secrets, shows } from "./find-secrets.ts";

export const queryClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "a credential in the query is sent with each call, and replaces an old one in the caller's URL",
    async prove({ signedIn, network, server: { firstCall } }) {
      const session = await signedIn();
      const { path, init } = requestOf(firstCall);
      const { searchParams } = await session.authorization();
      const names = Object.keys(searchParams);
      check(names.length > 0, "`authorization()` has no `searchParams`, but `queryCredential` is stated.");
      const old = new URL(path, session.info?.baseUrl);
      const own = [...old.searchParams];
      for (const name of names) old.searchParams.set(name, "made-up-and-old");
      for (const input of [path, old.href]) {
        const current = (await session.authorization()).searchParams;
        network.clear();
        const response = await session.fetch(input, init);
        await response.arrayBuffer();
        check(response.ok, `a call was answered ${response.status}.`);
        const sent = network.sent.filter((one) => goesTo(one, firstCall, session));
        same(sent.length, 1, "requests of one call");
        for (const { url } of sent) {
          const got = new URL(url).searchParams;
          for (const name of names) {
            const values = got.getAll(name);
            check(values.length === 1 && values[0] === current[name], "the query has not one current credential.");
          }
          for (const [name, value] of own) check(got.get(name) === value, `the caller's parameter ${name} is lost.`);
        }
      }
    },
  },
  {
    name: "the caller's URL, the response's URL, errors and events show no credential of the query",
    async prove({ open, network, server }) {
      const session = open();
      const events: SessionEvent[] = [];
      for (const type of ["login", "rejected", "resent", "renewed", "rotated"] as const) {
        session.on(type, (event) => void events.push(event));
      }
      await session.login();
      const secrets = new Map<string, string>();
      const note = async () => {
        const found: Secrets = await collectSecrets(server, session, [], undefined);
        for (const [name, value] of found) secrets.set(`${name} of login ${secrets.size}`, value);
      };
      await note();
      const { path, init } = requestOf(server.firstCall);
      const url = new URL(path, session.info?.baseUrl);
      const { href } = url;
      const request = new Request(url, init);
      for (const input of [url, request]) {
        const response = await (input instanceof Request ? session.fetch(input) : session.fetch(input, init));
        await note();
        shows(response.url, secrets, "the `url` of a response");
        await response.arrayBuffer();
        await server.revokeAll();
      }
      await (await session.fetch(url, init)).arrayBuffer();
      await note();
      same([url.href, request.url], [href, href], "the URL and the Request of the caller after the calls");
      network.meet(({ url: sent }) => {
        throw new TypeError(`failed: ${sent}`, { cause: Object.assign(new Error(sent), { code: "ECONNRESET" }) });
      });
      const error = await session.fetch(url, init).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      check(error !== undefined, "a call that the network breaks did not fail.");
      shows(error, secrets, "the error of a call that the network breaks");
      network.meet(() => new Response("no", { status: 404 }));
      const failed: unknown = await session.http.get(path).catch((reason: unknown) => reason);
      shows(failed, secrets, "ky's error of a call answered 404");
      network.meet(undefined);
      check(events.length > 0, "no event was emitted.");
      for (const event of events) shows(event, secrets, `the event ${event.type}`);
    },
  },
];

export const noQueryClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "no call carries a credential in its query, unless `queryCredential` is stated",
    async prove({ signedIn }) {
      const { searchParams } = await (await signedIn()).authorization();
      same(Object.keys(searchParams), [], "the names of the search parameters of `authorization()`");
    },
  },
];
