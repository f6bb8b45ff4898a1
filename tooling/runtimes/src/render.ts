import type { Seen } from "./runtime.ts";

/** What was seen, by the name of the runtime. */
export type All = Readonly<Record<string, Seen>>;

/** The text of `docs/runtimes.md`. */
export function render(all: All): string {
  const names = Object.keys(all);
  const asked = [...new Set(Object.values(all).flatMap(({ results }) => Object.keys(results)))];
  const rows = [
    ["", ...names],
    ["---", ...names.map(() => "---")],
    ["version", ...names.map((name) => all[name]?.version ?? "")],
    ...asked.map((one) => [one, ...names.map((name) => cell(all[name]?.results[one]))]),
  ];
  const errors = names.flatMap((name) => errorsOf(name, all[name]));
  return `# Where it runs

Made by \`pnpm --filter @vms-tooling/runtimes run write\` from the packed packages: do not edit it. \`npm test\` holds each runtime
to its column. In each, a session of each vendor signs in, calls, is renewed, calls again, signs out and is refused; once against
a simulator in the same program, and once over sockets of this machine by the runtime's own \`fetch\`.

${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}

What needs undici is tried with its versions 7 and 8: undici 8 needs Node 22.19 or newer.
A dash: it does not apply. \`@vms/core/node\` and \`@vms/simulator/node\` are for Node, Bun and Deno; everything else is for all.

## What comes instead

${errors.join("\n")}

## What to know

- **Browsers.** A page cannot read \`Set-Cookie\`, so vendors whose session is a cookie cannot be used from one. The others can
  be from a page of the vendor's own origin, and from another one where the vendor allows it (CORS). A page can neither
  see where a redirect leads nor name a \`User-Agent\`. Keep sessions on a server where you can: what a page holds is seen by whoever has the page.
- **Bun and Deno** have a \`fetch\` of their own, which undici does not reach. For a proxy, a private CA or a client's certificate
  use what their own \`fetch\` takes, and give the session a function that sets it: \`fetch: (input, init) => fetch(input, { ...init, … })\`.
- **workerd** allows no requests and no random numbers outside of a request. Creating a session needs neither, so one session can
  be made at the start and serve every request.
`;
}

/** What a page says of one runtime, in any order: its column of the table, and the errors under it. */
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
