import { furtherSignIns, plainSignIns, type SignIn } from "../sign-ins/sign-ins.ts";
import type { Cell } from "./cell.ts";
import { faults } from "./faults.ts";
import { behaviors } from "./human-behavior.ts";

const INTRODUCTION = `# The result of each fault

Each table is one way of signing in to a vendor. A row is a fault, on a real socket, in the requests of one step. A column is that step. The
cell is the caller's result.

- **login** is \`session.login()\`. If it makes several requests, the column names the request with the fault.
- **call** is a call of a signed-in session.
- **renewal** is the renewal in the background that a call starts shortly before the session expires. The call itself receives 200 in every row.
- **logout** is \`session.logout()\`. A method such as **whoAmI()** is called on a signed-in session.

The counts are the requests that the session sent, without calls. The sessions have \`retry: { attempts: 3, maxRetryAfter: 100 }\`. In the rows
that stall, a session's \`timeout\` ends as soon as nothing else can happen. The time limit of the caller's \`signal\` ends with it. \`TypeError\` is the
error of \`fetch\`, with the code of its cause.

After every cell the fault is removed, and the same session works again: with the next call, after a refusal with \`renew()\`, or after a sign-out
with \`login()\`. If a failed renewal costs the live session, the cell says so. FindFace ends a device's older session at each login (an
assumption), even if the response to the login is lost.

In every cell, no value that can be used once (a token, a code) is sent twice, and a login asks for at most three codes. No error, event, prompt
or session shows a secret ([guarantees](guides/guarantees.md) 10, 11 and 13).

\`npm run attack:faults\` generates this file. The tests there fail if it differs from the results.
`;

const SECOND_FACTORS = `# With a second factor, and on another account

The additional steps. The person enters the right code immediately, and requests a new one if none arrived. Alta's codes come from a function
that is marked \`nonInteractive\`, so its renewals call it too. Eagle Eye's renewals send the \`tfa_key\` of the first code. FindFace's face is a
function that is marked \`nonInteractive\`, and it extends the session before a login would run. The counts are the codes and videos that were asked
for.
`;

const HUMANS = `# What a person may enter

A row is what the person enters in \`session.login()\`. A column is the way of signing in. Afterwards the person enters the right code, and the same
session works again. Eagle Eye locks a user permanently at the fourth wrong code.
`;

/**
 * The document: a table for each sign-in, and one for human behavior.
 * @param page the document so far, which has what was not run.
 */
export function faultsDocument(
  results: ReadonlyMap<SignIn, readonly Cell[]>,
  humans: ReadonlyMap<SignIn, readonly Cell[]>,
  page: string,
): string {
  const ofSignIn = (signIn: SignIn) => {
    if (!results.has(signIn)) return sectionOf(page, "##", signIn.name);
    const columns = signIn.steps.map(({ name }) => name);
    const rows = faults.map(({ name }) => name);
    return `## ${signIn.name}\n\n${table("fault", rows, columns, results.get(signIn) ?? [])}`;
  };
  const ofHumans = () =>
    table(
      "given",
      behaviors.map(({ name }) => name),
      [...humans.keys()].map(({ name }) => name),
      [...humans.values()].flat(),
    );
  return [
    INTRODUCTION,
    ...plainSignIns.map(ofSignIn),
    SECOND_FACTORS,
    ...furtherSignIns.map(ofSignIn),
    ...(humans.size === 0 ? [sectionOf(page, "#", "What a person may enter")] : [HUMANS, ofHumans()]),
  ].join("\n");
}

/** A section of a page, from its heading to the next one of its level or above. */
function sectionOf(page: string, level: "#" | "##", heading: string): string {
  const head = `${level} ${heading}\n`;
  const [, body = ""] = `\n${page}`.split(`\n${head}`);
  const end = body.search(level === "#" ? /^# /m : /^##? /m);
  return `${head}${end < 0 ? body : body.slice(0, end)}`.trimEnd().concat("\n");
}

function table(corner: string, names: readonly string[], columns: readonly string[], cells: readonly Cell[]): string {
  const rows = names.map((name) => [
    name,
    ...columns.map((column) => cells.find((cell) => cell.row === name && cell.column === column)?.text ?? ""),
  ]);
  const head = [corner, ...columns];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return `${[line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n")}\n`;
}
