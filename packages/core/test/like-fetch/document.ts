import { fetchProbes, kyProbes, nodeFetchProbes } from "./all-probes.ts";
import { type Difference, namesOf } from "./difference.ts";
import { fetchDifferences } from "./fetch-differences.ts";
import { kyDifferences } from "./ky-differences.ts";
import { nodeFetchDifferences } from "./node-fetch-differences.ts";

export const PAGE: URL = new URL("../../../../docs/guides/like-fetch.md", import.meta.url);

export const NODE_FETCH_PAGE: URL = new URL("../../../../docs/guides/like-node-fetch.md", import.meta.url);

export function renderNodeFetchPage(): string {
  return `# How nodeFetch differs from fetch

\`nodeFetch()\` from \`@vms/core/node\` returns a \`fetch\` for servers. It behaves like Node's \`fetch\`, and uses about half of the CPU. It passes common
calls directly to a dispatcher of undici, and reads a response without a stream unless the program requests one. Other calls, for example with a
\`FormData\`, a \`Blob\`, a stream or \`integrity\`, use undici's own \`fetch\` on the same dispatcher, at the usual cost.

Use it in a server that makes many calls. A program that makes a few calls and ends is faster with the global \`fetch\`, because undici must be
loaded first.

Tests make the same calls with both functions, over real sockets, with undici 7 and 8. They compare everything that a caller can observe, and what
the server receives. Of ${nodeFetchProbes.length} calls, ${namesOf(...nodeFetchDifferences).length} differ. This page lists every difference with its reason. The tests fail if the page lacks a difference,
or lists one that does not exist.

\`pnpm --filter @vms/core run like-fetch\` generates this page. The tests compare on Node 24.

${renderTable(nodeFetchDifferences, "undici")}
`;
}

export function renderPage(): string {
  return `# How session.fetch differs from fetch

\`session.fetch\` behaves like the global \`fetch\`, and \`session.http\` like [ky](https://github.com/sindresorhus/ky). Tests make the same calls with
both, in each state of a session: signed in, revoked by the vendor, and not signed in yet. They compare everything that a caller can observe,
and what the server receives, except the credential.

Of ${fetchProbes.length} calls with \`fetch\`, ${namesOf(...fetchDifferences).length} differ. Of ${kyProbes.length} calls with ky, ${namesOf(...kyDifferences).length} differ. This page lists every difference with its reason.
The tests fail if the page lacks a difference, or lists one that does not exist.

\`pnpm --filter @vms/core run like-fetch\` generates this page. The tests compare on Node 24.

## session.fetch

${renderTable(fetchDifferences)}

## session.http

For the comparison, ky has the same options \`baseUrl\`, \`timeout: false\` and \`retry: 0\` as \`session.http\`.

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
