import { fetchProbes, kyProbes, nodeFetchProbes } from "./all-probes.ts";
import { type Difference, namesOf } from "./difference.ts";
import { fetchDifferences } from "./fetch-differences.ts";
import { kyDifferences } from "./ky-differences.ts";
import { nodeFetchDifferences } from "./node-fetch-differences.ts";

/** The path of the page that `renderPage` returns. */
export const PAGE: URL = new URL("../../../../docs/guides/like-fetch.md", import.meta.url);

/** The path of the page that `renderNodeFetchPage` returns. */
export const NODE_FETCH_PAGE: URL = new URL("../../../../docs/guides/like-node-fetch.md", import.meta.url);

/** The text of `docs/guides/like-node-fetch.md`. */
export function renderNodeFetchPage(): string {
  return `# How nodeFetch differs from fetch

\`nodeFetch()\` of \`@vms/core/node\` returns a \`fetch\` for servers: it does what Node's \`fetch\` does, for about half of the CPU. It gives calls of the
usual form directly to a dispatcher of undici, and reads a response without a stream unless the program asks for one. Calls of other forms, for
example with a \`FormData\`, a \`Blob\`, a stream or \`integrity\`, go through undici's own \`fetch\` on the same dispatcher, at the usual cost.

Take it for a server that makes many calls. A program that makes a few calls and ends is faster with the global \`fetch\`, because undici must be
loaded first.

Tests make the same call with both, over real sockets, with undici 7 and 8. They compare everything that a caller can observe, and what the server
receives. ${nodeFetchProbes.length} calls are compared, and ${namesOf(...nodeFetchDifferences).length} of them differ. This page lists every difference with its reason. The tests fail if a
difference is missing here, or if one of these does not exist.

\`pnpm --filter @vms/core run like-fetch\` generates this page. The comparison is made on Node 24.

${renderTable(nodeFetchDifferences, "undici")}
`;
}

/** The text of `docs/guides/like-fetch.md`. */
export function renderPage(): string {
  return `# How session.fetch differs from fetch

\`session.fetch\` does what the global \`fetch\` does, and \`session.http\` what [ky](https://github.com/sindresorhus/ky) does. Tests make the same call with
both, in each state of a session: signed in, revoked by the vendor, and not signed in yet. They compare everything that a caller can observe,
and what the server receives. The credential itself is left out.

${fetchProbes.length} calls with \`fetch\` are compared, and ${namesOf(...fetchDifferences).length} of them differ. Of ${kyProbes.length} calls with ky, ${namesOf(...kyDifferences).length} differ. This page
lists every difference with its reason. The tests fail if a difference is missing here, or if one of these does not exist.

\`pnpm --filter @vms/core run like-fetch\` generates this page. The comparison is made on Node 24.

## session.fetch

${renderTable(fetchDifferences)}

## session.http

ky has the options \`baseUrl\`, \`timeout: false\` and \`retry: 0\` here, like \`session.http\`.

${renderTable(kyDifferences)}
`;
}

function renderTable(differences: readonly Difference[], when = "session"): string {
  const rows = differences.map((difference) => {
    const { title, reason, when = ["always"] } = difference;
    return `| ${title} | ${reason} | ${when.join(", ")} | ${listed(namesOf(difference))} |`;
  });
  return [`| difference | reason | ${when} | shown by |`, "| --- | --- | --- | --- |", ...rows].join("\n");
}

function listed([first = "", ...others]: readonly string[]): string {
  return others.length <= 2 ? [first, ...others].join("; ") : `${first}; and ${others.length} others`;
}
