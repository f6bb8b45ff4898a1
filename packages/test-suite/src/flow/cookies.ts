import { same } from "../checks.ts";
import type { Clause } from "../clause.ts";
import { known, vmsErrorOf } from "./assertions.ts";
import { plainHeaders } from "./network.ts";
import { notTested } from "./report.ts";
import type { FlowSubject } from "./subject.ts";

const NAME = "a login answered as usual, but without its cookies, is an error of @vms, unless calls work without them";

/** A `fetch` that removes `Set-Cookie` from responses until `stop` is called. */
function withoutCookies(fetch: typeof globalThis.fetch): {
  readonly fetch: typeof globalThis.fetch;
  /** How many responses had cookies. */
  readonly removed: () => number;
  readonly stop: () => void;
} {
  let removed = 0;
  let isStopped = false;
  return {
    removed: () => removed,
    stop: () => {
      isStopped = true;
    },
    async fetch(input, init) {
      const response = await fetch(input, init);
      if (isStopped || !response.headers.has("set-cookie")) return response;
      removed++;
      const { status, url, body } = response;
      const headers = plainHeaders(response.headers);
      headers.delete("set-cookie");
      return Object.defineProperty(new Response(body, { status, headers }), "url", { value: url });
    },
  };
}

export const cookieClauses: readonly Clause<FlowSubject>[] = [
  {
    name: NAME,
    async prove({ open, network, call, logins, waitOut, stated }) {
      const cookies = withoutCookies(network.fetch);
      const session = open({ fetch: cookies.fetch });
      const error = await session.login().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (cookies.removed() === 0) {
        if (error !== undefined) throw error;
        return notTested([NAME], "(server): the answers to a login have no `Set-Cookie`.", stated);
      }
      const what = "a login whose answers have lost their cookies";
      if (error === undefined) {
        await call(session, `after ${what}`);
        same(logins(), 1, `logins of a call after ${what}`);
        return;
      }
      await vmsErrorOf(() => Promise.reject(error), what);
      known(session, false, `after ${what}`);
      cookies.stop();
      waitOut();
      await call(session, `with cookies again, after ${what}`);
    },
  },
];
