import { fetchProbes, kyProbes } from "./all-probes.ts";
import { type Difference, namesOf } from "./difference.ts";
import { fetchDifferences } from "./fetch-differences.ts";
import { kyDifferences } from "./ky-differences.ts";

/** The page that `renderPage` makes. */
export const PAGE: URL = new URL("../../../../docs/guides/like-fetch.md", import.meta.url);

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

function renderTable(differences: readonly Difference[]): string {
  const rows = differences.map((difference) => {
    const { title, reason, when = ["always"] } = difference;
    return `| ${title} | ${reason} | ${when.join(", ")} | ${listed(namesOf(difference))} |`;
  });
  return ["| difference | reason | session | shown by |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function listed([first = "", ...others]: readonly string[]): string {
  return others.length <= 2 ? [first, ...others].join("; ") : `${first}; and ${others.length} others`;
}
