import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FRONT } from "./guides.ts";
import { ROOT } from "./packages.ts";

const BENCHMARKS = "docs/benchmarks.md";

/** The programs of the benchmarks that are compared on the front page, by what they are called there. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "session.fetch": "**`@vms`: `session.fetch`**",
  "ky, its refresh recipe": "ky, the refresh recipe of its readme",
  "@azure/core-rest-pipeline": "Azure: `@azure/core-rest-pipeline`",
  "google-auth-library": "Google: `google-auth-library`",
  "@octokit/core": "GitHub: `@octokit/core`",
  "axios-auth-refresh": "axios, with `axios-auth-refresh`",
  "got, tough-cookie": "got, with `tough-cookie`",
};

const HEAD = [
  "client",
  "logins for 1000 calls",
  "calls that succeed",
  "calls that succeed if each login ends the previous session",
  "CPU of a call, relative to `fetch`",
  "bundle size, gzipped",
];

/**
 * The front page with the comparison of the benchmarks.
 * @throws {Error} `Error` if the benchmarks or the page do not have what is compared.
 */
export function withComparison(
  page: string,
  benchmarks: string = readFileSync(join(ROOT, BENCHMARKS), "utf8"),
): string {
  const logins = rowsBelow(benchmarks, "## Many callers on a dead session");
  const cpu = rowsBelow(benchmarks, "## The CPU of a call");
  const sizes = rowsBelow(benchmarks, "## The size");
  const rows = Object.entries(PROGRAMS).map(([program, title]) => {
    const [, shared = "", , alone = ""] = row(logins, program);
    const [made = "", succeeded = ""] = shared.split(" / ");
    const [, succeededAlone = ""] = alone.split(" / ");
    const [, , , , ratio = ""] = row(cpu, program);
    const [, , , , gzipped = ""] = row(sizes, program);
    return [title, made, succeeded, succeededAlone, ratio, `${gzipped} KB`];
  });
  const lines = [HEAD, ["---", ...HEAD.slice(1).map(() => "---:")], ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  const place = /(<!-- comparison: .*-->\n)[\s\S]*(<!-- \/comparison -->)/;
  if (!place.test(page)) throw new Error(`${FRONT} has no place for the comparison.`);
  return page.replace(place, (_, start: string, end: string) => `${start}\n${lines.join("\n")}\n\n${end}`);
}

/** The cells of the rows of the first table below a heading. */
function rowsBelow(page: string, heading: string): string[][] {
  const [, section = ""] = page.split(`\n${heading}\n`);
  const [table = ""] = /^(?:\|.*\n)+/m.exec(section) ?? [];
  return table.split("\n").map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function row(rows: readonly string[][], program: string): string[] {
  const found = rows.find(([first]) => first === `\`${program}\``);
  if (found === undefined) throw new Error(`${BENCHMARKS} has no row \`${program}\`.`);
  return found;
}
