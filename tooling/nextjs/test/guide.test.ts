import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { freePort } from "@vms-tooling/testing/free-port";
import { expect, onTestFinished, test } from "vitest";
import { createFolder } from "./application.ts";
import { serveVendors } from "./vendors.ts";

const guide = readFileSync(join(import.meta.dirname, "../../../docs/guides/nextjs.md"), "utf8");
const blocks = [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", code = ""]) => ({
  language,
  code,
  /** Named in the first line: `// app/page.jsx`. */
  file: /^\/\/ (\S+)\n/.exec(code)?.[1],
}));

test("the application of the guide builds and answers as the guide shows, with one login", {
  timeout: 300_000,
}, async () => {
  const vendors = await serveVendors();
  onTestFinished(() => vendors.close());
  const folder = createFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  // The packages are links to the repository.
  writeFileSync(join(folder, "next.config.mjs"), 'export default { turbopack: { root: "/" } };\n');
  for (const { file, code } of blocks) {
    if (file === undefined) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), code);
  }
  const transcript = blocks.find(({ language }) => language === "text")?.code ?? "";
  const port = String(await freePort());
  const { out, status } = await play(transcript.replaceAll("localhost:3000", `localhost:${port}`), folder, {
    ...vendors.environment,
    PORT: port,
  });
  expect(out.replaceAll(port, "3000")).toBe(transcript);
  expect(status).toBe(0);
  expect(vendors.logins().alta).toBe(1);
});

test("the page of the guide in `use cache` is that of the tested application", () => {
  const unnamed = blocks.filter(({ language, file }) => language !== "text" && file === undefined);
  const applications = join(import.meta.dirname, "../applications");
  const tested = globSync("**/*.jsx", { cwd: applications }).map((file) =>
    readFileSync(join(applications, file), "utf8"),
  );
  expect(unnamed).toHaveLength(1);
  expect(tested).toContain(unnamed[0]?.code);
});

/** Runs the commands of a transcript in one shell with job control, and returns the transcript of this run. */
async function play(transcript: string, cwd: string, environment: Readonly<Record<string, string>>) {
  const commands = [...transcript.matchAll(/^\$ (.+)$/gm)].map(([, command = ""]) => command);
  const shown = (command: string) => `printf '$ %s\\n' '${command.replaceAll("'", `'\\''`)}'`;
  const script = ["set -m", ...commands.flatMap((command) => [shown(command), command]), "wait %1 || true"].join("\n");
  const { PATH = "" } = process.env;
  const env = { PATH, HOME: cwd, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1", NODE_ENV: "production" as const };
  const child = spawn("bash", ["-c", script], { cwd, env: { ...env, ...environment } });
  const ended = once(child, "close");
  const out = await text(child.stdout);
  const [status] = await ended;
  return { out, status };
}
