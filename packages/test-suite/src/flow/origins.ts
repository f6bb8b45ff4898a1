import { check } from "../checks.ts";
import type { Clause } from "../clause.ts";
import { nothingSent, vmsErrorOf } from "./assertions.ts";
import { send } from "./contract-call.ts";
import { ELSEWHERE } from "./network.ts";
import { collectSecrets } from "./secrets/collect-secrets.ts";
import { holds } from "./secrets/find-secrets.ts";
import { entryOf, openStore, storedSession } from "./stored-value.ts";
import type { FlowSubject } from "./subject.ts";

export const originClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "a call to another origin is origin_not_allowed, and is not sent",
    async prove({ signedIn, network }) {
      const session = await signedIn();
      network.clear();
      for (const url of [`${ELSEWHERE}/x`, "//elsewhere.example/x"]) {
        await vmsErrorOf(() => session.fetch(url), "a call to another origin", "origin_not_allowed");
      }
      nothingSent(network, "a call to another origin");
    },
  },
  {
    name: "a redirect to another origin is followed without the credential",
    async prove({ signedIn, network, server }) {
      const { store, values } = openStore();
      const session = await signedIn({ store });
      const record = storedSession(entryOf(values)[1]);
      const secrets = await collectSecrets(server, session, network.sent, record);
      network.clear();
      network.meet(({ url }) =>
        url.startsWith(ELSEWHERE) ? undefined : Response.redirect(`${ELSEWHERE}/caught`, 307),
      );
      const response = await send(session, server.firstCall);
      await response.arrayBuffer();
      for (const { url, headers, body } of network.sent.filter((one) => one.url.startsWith(ELSEWHERE))) {
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
