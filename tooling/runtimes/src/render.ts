import { packageOver } from "./over-network.ts";
import type { Seen } from "./runtime.ts";

/** The results, by runtime. */
export type All = Readonly<Record<string, Seen>>;

const FIRST_COLUMN = "what works";

/** Renders `docs/runtimes.md`. */
export function render(all: All): string {
  const names = Object.keys(all);
  const asked = [...new Set(Object.values(all).flatMap(({ results }) => Object.keys(results)))];
  // One row for all vendors, so that a new vendor changes the page only if it fails somewhere.
  const others = asked.filter((one) => packageOver(one) === undefined);
  const [inProcess = "", ...further] = others;
  const rowOf = (one: string) => [one, ...names.map((name) => cell(all[name]?.results[one]))];
  const rows = [
    [FIRST_COLUMN, ...names],
    ["---", ...names.map(() => "---")],
    rowOf(inProcess),
    ["each vendor, over the network", ...names.map((name) => vendorsCell(all[name]?.results ?? {}))],
    ...further.map(rowOf),
  ];
  const failures = names.flatMap((name) => failuresOf(name, all[name]));
  const versions = names.map((name) => `${name} (${all[name]?.version ?? ""})`);
  return `# Where it runs

\`pnpm --filter @vms-tooling/runtimes run write\` generates this page from the packed packages. Do not edit it. \`npm test\` checks each column in
its runtime.

In each runtime, a session of each vendor signs in, makes a call, renews, makes another call and signs out; a further call is then rejected. This
runs once against a simulator in the same program, and once over local sockets with the runtime's own \`fetch\`.

${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}

The tested versions are ${versions.join(", ")}.

A dash means that a row does not apply. [What fails](#what-fails) explains each failure. Functions that need undici are tested with undici 7 and 8; undici 8 needs Node 22.19 or newer.

\`@vms/core\`, \`@vms/core/flow\`, \`@vms/core/totp\`, \`@vms/simulator\` and the vendor packages work in all runtimes. \`@vms/core/node\` and
\`@vms/simulator/node\` need Node, Bun or Deno, and \`nodeFetch\` and \`sessionInterceptor\` of \`@vms/core/node\` need Node.

## What fails

${failures.join("\n")}

## Limits of a runtime

- **Browsers:** Scripts cannot read \`Set-Cookie\`, so vendors whose session is a cookie do not work. Other vendors work on a page of the vendor's
  origin, or on any page if the vendor allows it (CORS). Scripts cannot see the target of a redirect or set \`User-Agent\`. Keep sessions on a server
  if possible: anyone with access to the page can read its data.
- **Bun and Deno** ignore undici. For a proxy, a private CA or a client certificate, set the options of their own \`fetch\`:
  \`fetch: (input, init) => fetch(input, { ...init, … })\`.
- **workerd** allows no I/O and no random numbers outside a request. Creating a session needs neither, so create one session at startup and use it in
  every request.
`;
}

/** The results of one runtime in the page, unordered: its column of the table, and the failures below. */
export function said(page: string, name: string): string[] {
  const lines = page.split("\n");
  const table = lines.filter((line) => line.startsWith("|")).map((line) => line.split("|").map((one) => one.trim()));
  const column = table[0]?.indexOf(name) ?? -1;
  if (column === -1) throw new Error(`docs/runtimes.md has no column for ${name}`);
  const cells = table
    .filter((row) => ![FIRST_COLUMN, "---"].includes(row[1] ?? ""))
    .filter((row) => row[column] !== "–")
    .map((row) => `${row[1]}: ${row[column]}`);
  return [...cells, ...lines.filter((line) => line.startsWith(`- ${name}, `))].sort();
}

/** The result of all vendors over the network. */
function vendorsCell(results: Seen["results"]): string {
  const works = Object.entries(results)
    .filter(([asked]) => packageOver(asked) !== undefined)
    .map(([, result]) => result === "works");
  if (works.every(Boolean)) return "yes";
  return works.some(Boolean) ? "some" : "no";
}

function cell(result: string | undefined): string {
  if (result === undefined) return "–";
  return result === "works" ? "yes" : "no";
}

function failuresOf(name: string, seen: Seen | undefined): string[] {
  return Object.entries(seen?.results ?? {})
    .filter(([, result]) => result !== "works")
    .map(([asked, result]) => `- ${name}, ${asked}${reasonOf(result).replace(/\b127\.0\.0\.1:\d+/, "…")}`);
}

function reasonOf(result: string): string {
  const { code, message } = /^(?<code>[a-z_]+): (?<message>.*)/s.exec(result)?.groups ?? {};
  return code === undefined ? `: ${result.replace("Error: ", "")}.` : ` (\`${code}\`): ${message}`;
}
