import { packageOver } from "./over-network.ts";
import type { Seen } from "./runtime.ts";

/** The results, by runtime. */
export type All = Readonly<Record<string, Seen>>;

/** Renders `docs/runtimes.md`. */
export function render(all: All): string {
  const names = Object.keys(all);
  const asked = [...new Set(Object.values(all).flatMap(({ results }) => Object.keys(results)))];
  // One row for all vendors, so that a new vendor changes the page only if it fails somewhere.
  const others = asked.filter((one) => packageOver(one) === undefined);
  const [inProcess = "", ...further] = others;
  const rowOf = (one: string) => [one, ...names.map((name) => cell(all[name]?.results[one]))];
  const rows = [
    ["", ...names],
    ["---", ...names.map(() => "---")],
    ["version", ...names.map((name) => all[name]?.version ?? "")],
    rowOf(inProcess),
    ["each vendor, over the network", ...names.map((name) => vendorsCell(all[name]?.results ?? {}))],
    ...further.map(rowOf),
  ];
  const errors = names.flatMap((name) => errorsOf(name, all[name]));
  return `# Where it runs

\`pnpm --filter @vms-tooling/runtimes run write\` generates this page from the packed packages. Do not edit it. \`npm test\` checks each column in
its runtime.

In each runtime, a session of each vendor signs in, makes a call, renews, makes another call and signs out; a further call is then rejected. This
runs once against a simulator in the same program, and once over local sockets with the runtime's own \`fetch\`.

${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}

A dash means that a row does not apply. Functions that need undici are tested with undici 7 and 8; undici 8 needs Node 22.19 or newer.

\`@vms/core\`, \`@vms/core/flow\`, \`@vms/core/totp\`, \`@vms/simulator\` and the vendor packages work in all runtimes. \`@vms/core/node\` and
\`@vms/simulator/node\` need Node, Bun or Deno, and \`nodeFetch\` and \`sessionInterceptor\` of \`@vms/core/node\` need Node.

## Error messages

${errors.join("\n")}

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

/** The results of one runtime in the page, unordered: its column of the table, and the errors below. */
export function said(page: string, name: string): string[] {
  const lines = page.split("\n");
  const table = lines.filter((line) => line.startsWith("|")).map((line) => line.split("|").map((one) => one.trim()));
  const column = table[0]?.indexOf(name) ?? -1;
  if (column === -1) throw new Error(`docs/runtimes.md has no column for ${name}`);
  const cells = table
    .filter((row) => !["", "---", "version"].includes(row[1] ?? ""))
    .filter((row) => row[column] !== "–")
    .map((row) => `${row[1]}: ${row[column]}`);
  return [...cells, ...lines.filter((line) => line.startsWith(`- ${name}, `))].sort();
}

/** The result of all vendors over the network: `yes`, or the vendors that fail, with their error codes. */
function vendorsCell(results: Seen["results"]): string {
  const failed = new Map<string, string[]>();
  for (const [asked, result] of Object.entries(results)) {
    const name = packageOver(asked);
    if (name === undefined || result === "works") continue;
    failed.set(cell(result), [...(failed.get(cell(result)) ?? []), `\`${name}\``]);
  }
  const parts = [...failed].map(([said, packages]) => `${said}, for ${packages.join(" and ")}`);
  return parts.join("; ") || "yes";
}

function cell(result: string | undefined): string {
  if (result === undefined) return "–";
  const code = /^([a-z_]+): /.exec(result)?.[1];
  return result === "works" ? "yes" : `no: ${code === undefined ? result.replace("Error: ", "") : `\`${code}\``}`;
}

function errorsOf(name: string, seen: Seen | undefined): string[] {
  return Object.entries(seen?.results ?? {})
    .filter(([, result]) => /^[a-z_]+: /.test(result))
    .map(
      ([asked, result]) =>
        `- ${name}, ${asked}: ${result.replace(/^[a-z_]+: /, "").replace(/\b127\.0\.0\.1:\d+/, "…")}`,
    );
}
