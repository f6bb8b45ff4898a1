import { fetchProbes, kyProbes, nodeFetchProbes } from "./all-probes.ts";
import { type Difference, namesOf } from "./difference.ts";
import { fetchDifferences } from "./fetch-differences.ts";
import { kyDifferences } from "./ky-differences.ts";
import { nodeFetchDifferences } from "./node-fetch-differences.ts";

export const PAGE: URL = new URL("../../../../docs/guides/like-fetch.md", import.meta.url);

export const NODE_FETCH_PAGE: URL = new URL("../../../../docs/guides/like-node-fetch.md", import.meta.url);

export function renderNodeFetchPage(): string {
  return `# How nodeFetch differs from fetch

\`nodeFetch()\` of \`@vms/core/node\` returns a \`fetch\` for servers. It behaves like Node's \`fetch\` and uses about half of the CPU: it passes ordinary calls
directly to a dispatcher of undici, and creates a stream for a response only if the program reads one. Other calls, for example with a \`FormData\`, a \`Blob\`,
a stream or \`integrity\`, use undici's own \`fetch\` on the same dispatcher at the usual cost.

Use it in a server that makes many calls. A program that makes only a few calls is faster with the global \`fetch\`, because undici takes time to load.

Tests make ${nodeFetchProbes.length.toLocaleString("en")} calls with both, over real sockets, with undici 7 and 8, on Node 24. They compare everything that a caller and the server can observe.
${namesOf(...nodeFetchDifferences).length} calls differ, for the reasons below. The tests fail if a difference is missing from this page or no longer exists.
\`pnpm --filter @vms/core run like-fetch\` generates it.

${renderTable(nodeFetchDifferences, false)}
`;
}

export function renderPage(): string {
  return `# How session.fetch differs from fetch

\`session.fetch\` behaves like the global \`fetch\`, and \`session.http\` like [ky](https://github.com/sindresorhus/ky). Tests make the same calls with both on Node 24:
signed in, after the vendor has revoked the session, and not signed in yet. They compare everything that a caller and the server can observe, except for the
credential.

${namesOf(...fetchDifferences).length} of ${fetchProbes.length} calls with \`fetch\` differ, and ${namesOf(...kyDifferences).length} of ${kyProbes.length} calls with ky. All reasons are below. The tests fail if a difference is missing from this page or no
longer exists. \`pnpm --filter @vms/core run like-fetch\` generates it.

## session.fetch

${renderTable(fetchDifferences, true)}

## session.http

\`session.http\` is compared with a ky that has \`baseUrl\`, \`timeout: false\` and \`retry: 0\`.

${renderTable(kyDifferences, true)}
`;
}

function renderTable(differences: readonly Difference[], hasStates: boolean): string {
  const row = (...cells: readonly string[]) => `| ${cells.slice(0, hasStates ? 3 : 2).join(" | ")} |`;
  const rows = differences.map(({ title, reason, when = ["always"] }) => row(title, reason, when.join(", ")));
  return [row("difference", "reason", "if the session is"), row("---", "---", "---"), ...rows].join("\n");
}
