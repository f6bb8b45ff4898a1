import { furtherSignIns, plainSignIns, type SignIn } from "../sign-ins/sign-ins.ts";
import type { Step } from "../sign-ins/step.ts";
import { type Fault, faults, type Theme } from "./faults.ts";
import { behaviors } from "./human-behavior.ts";
import { cellAt, type Results } from "./results.ts";

const INTRODUCTION = `# What the caller gets after each fault

Each section is one fault, injected on a real socket into the requests of one step. Its table shows what the caller gets at each step:

- **login** is \`session.login()\`.
- **call** is a call of a signed-in session.
- **renewal** is the background renewal that a call starts shortly before the session expires. The call itself always receives 200.
- **logout** is \`session.logout()\`.
- A method such as \`whoAmI()\` is called on a signed-in session.

A step without a vendor shows the usual result. The rows below it list the exceptions: the vendors, and in parentheses the request that the
fault hits. The number of requests includes retries and excludes calls.

The sessions use \`retry: { attempts: 3, maxRetryAfter: 100 }\`. If the vendor stalls, the session's \`timeout\` and the caller's
\`AbortSignal.timeout()\` fire as soon as nothing else can happen. \`TypeError\` is the error of \`fetch\`, with the code of its cause.

In every case:

- The same session works again after the fault: on the next call, after a refusal with \`renew()\`, or after a sign-out with \`login()\`. If a
  failed renewal costs the live session, the table says so.
- No single-use value (a token, a code) is sent twice, and a login asks for at most three codes.
- No error, event, prompt or session shows a secret ([guarantees](guides/guarantees.md) 10, 11 and 13).

Some results depend on the vendor:

- Alta's codes come from a function marked \`nonInteractive\`, so its renewals call that function too.
- Eagle Eye's renewals send the \`tfa_key\` that the first code returned.
- FindFace's face comes from a function marked \`nonInteractive\`. It extends the session before a login is tried.
- FindFace ends the older session of a device at each login (an assumption), even if the response to the login is lost.

\`npm run attack:faults\` generates this page, and its tests fail if the page differs from the results. The exact number of requests and codes
for each vendor and step is in \`tooling/attack/test/faults.json\`.
`;

const HUMANS = `## Codes and faces

What the person enters when \`session.login()\` asks for a code or a face. The person then enters the right one, and the same session works again.
Eagle Eye locks a user permanently at the fourth wrong code.
`;

const THEMES: readonly Theme[] = ["Connection", "Timeouts", "TLS", "Responses", "Redirects"];
const KINDS: readonly Step["kind"][] = ["login", "call", "method", "renewal", "logout"];

/** The page: a table for each fault, and one for what a person enters. */
export function faultsDocument(results: Results): string {
  const sections = THEMES.flatMap((theme) => [
    `## ${theme}\n`,
    ...faults.filter((fault) => fault.theme === theme).map((fault) => sectionOf(results, fault)),
  ]);
  return [INTRODUCTION, ...sections, HUMANS, humanTable(results)].join("\n");
}

function sectionOf(results: Results, { name, about }: Fault): string {
  return `### ${name}\n\n${about}\n\n${table(
    ["Step", "Result"],
    KINDS.flatMap((kind) => rowsOf(results, name, kind)),
  )}`;
}

interface Place {
  readonly signIn: string;
  readonly step: string;
  /** The request of the step; `""` if the sign-in has no other step of this kind. */
  readonly request: string;
  readonly requests: readonly number[];
}

/** The rows of one step: the most frequent result first, then its exceptions. */
function rowsOf(results: Results, fault: string, kind: Step["kind"]): string[][] {
  const groups = new Map<string, Place[]>();
  for (const { name: signIn, steps } of [...plainSignIns, ...furtherSignIns]) {
    const ofKind = steps.filter((one) => one.kind === kind);
    for (const { name: step } of ofKind) {
      const request = ofKind.length === 1 ? "" : (step.split(": ")[1] ?? "");
      const { result, counts } = cellAt(results, signIn, step, fault);
      const requests = counts.slice(0, 1).map((count) => Number.parseInt(count, 10));
      groups.set(result, [...(groups.get(result) ?? []), { signIn, step, request, requests }]);
    }
  }
  const sorted = [...groups].sort(([, left], [, right]) => right.length - left.length);
  return sorted.map(([result, places], index) => {
    const usual = index === 0 ? kind : exception(kind, places);
    const where = kind === "method" ? [...new Set(places.map(({ step }) => `\`${step}\``))].join(", ") : usual;
    return [where, result + requestsOf(places)];
  });
}

/** "login: Eagle Eye Networks (authorize)". */
function exception(kind: Step["kind"], places: readonly Place[]): string {
  const bySignIn = Map.groupBy(places, ({ signIn }) => signIn);
  const texts = [...bySignIn].map(([signIn, ofIt]) => {
    const requests = ofIt.map(({ request }) => request).filter((request) => request !== "");
    return requests.length === 0 ? signIn : `${signIn} (${requests.join(", ")})`;
  });
  return `${kind}: ${texts.join("; ")}`;
}

/** " (3–9 requests)", or nothing for a call. */
function requestsOf(places: readonly Place[]): string {
  const all = places.flatMap(({ requests }) => requests);
  if (all.length === 0) return "";
  const [least, most] = [Math.min(...all), Math.max(...all)];
  if (least === most) return ` (${most} ${most === 1 ? "request" : "requests"})`;
  return ` (${least}–${most} requests)`;
}

function humanTable(results: Results): string {
  const asking = furtherSignIns.filter(({ asks }) => asks !== undefined);
  const rows = behaviors.flatMap(({ name }) => {
    const groups = Map.groupBy(
      asking.filter((signIn) => name in (results[signIn.name]?.[ENTERED] ?? {})),
      (signIn) => resultOf(results, signIn, name),
    );
    return [...groups].map(([result, signIns]) => [name, signIns.map((signIn) => signIn.name).join("; "), result]);
  });
  return table(["Entered", "Sign-in", "Result"], rows);
}

/** The step under which `results` has what a person enters. */
export const ENTERED = "entered";

function resultOf(results: Results, signIn: SignIn, behavior: string): string {
  const { result, counts } = cellAt(results, signIn.name, ENTERED, behavior);
  return `${result} (${counts.join(", ")})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return `${[line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n")}\n`;
}
