import { check } from "../checks.ts";
import type { Clause } from "../contract.ts";
import { entryOf, type FlowBench, nothingSent, openStore, parseJson, vmsErrorOf } from "./bench.ts";
import { holds } from "./leaks.ts";
import { secretsOf } from "./secrets-of.ts";
import { ELSEWHERE } from "./wire.ts";

export const homeClauses: readonly Clause<FlowBench>[] = [
  {
    name: "a call to another origin is origin_not_allowed, and is not sent",
    async prove({ signedIn, wire }) {
      const session = await signedIn();
      wire.clear();
      for (const url of [`${ELSEWHERE}/x`, "//elsewhere.example/x"]) {
        await vmsErrorOf(() => session.fetch(url), "a call to another origin", "origin_not_allowed");
      }
      nothingSent(wire, "a call to another origin");
    },
  },
  {
    name: "a redirect to another origin is followed without the credential",
    async prove({ signedIn, wire, server }) {
      const { store, values } = openStore();
      const session = await signedIn({ store });
      const record = parseJson(entryOf(values)[1], "what is stored");
      const secrets = await secretsOf(server, session, wire.sent, record);
      wire.clear();
      wire.meet(({ url }) => (url.startsWith(ELSEWHERE) ? undefined : Response.redirect(`${ELSEWHERE}/caught`, 307)));
      const response = await session.fetch(server.firstCall);
      await response.arrayBuffer();
      for (const { url, headers, body } of wire.sent.filter((one) => one.url.startsWith(ELSEWHERE))) {
        const text = [url, body, ...headers.values()].join("\n");
        for (const [name, secret] of secrets) check(!holds(text, secret), `${name} went to another origin.`);
        check(
          !headers.has("cookie") && !headers.has("authorization"),
          "a header of the session went to another origin.",
        );
      }
    },
  },
];
