import { ORDER } from "../src/rules/folders.ts";
import type { Files } from "../src/workspace.ts";

const json = (value: unknown) => JSON.stringify(value, undefined, 2);

/** Three files in each folder of the core. */
const CORE_FILES = Object.entries({
  errors: ["vms-error", "one", "two"],
  util: ["clock", "wait", "one"],
  net: ["target", "folder", "one"],
  contract: ["flow", "options", "store"],
  "contract/events": ["login", "logout", "renewed"],
  state: ["engine", "one", "two"],
  store: ["memory-store", "one", "two"],
  request: ["fetch", "one", "two"],
  login: ["login", "one", "two"],
  session: ["engine", "one", "two"],
  node: ["file-store", "one", "two"],
}).flatMap(([folder, names]) => names.map((name) => `${folder}/${name}`));

const CORE_OPTIONS = ["credentials", "secondFactor", "cookies", "timeout"];

/** A valid guide of a vendor. */
function guide(folder: string): [string, string] {
  const text = `# The guide

## The session

## The user

## Second factor

## Faces

## Options

[All](../../packages/${folder}/README.md#options).

## Assumptions

[All](../assumptions.md#the-vendor).

## Errors

| code | cause |
| --- | --- |
| \`invalid_credentials\`, \`rate_limited\` | |

## Troubleshooting
`;
  return [`docs/guides/${folder}.md`, text];
}

/** A minimal valid vendor. */
function vendor(folder: string, prefix: string): [string, string][] {
  const simulated = folder === "acme";
  const manifest = {
    name: `@vms/${folder}`,
    version: "0.0.0",
    description: "Sign in, and stay signed in.",
    keywords: [folder],
    license: "MIT",
    repository: { type: "git", url: "git+https://vms.example/vms.git", directory: `packages/${folder}` },
    type: "module",
    sideEffects: false,
    exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } },
    files: ["dist", "CHANGELOG.md"],
    engines: { node: ">=22.3" },
    publishConfig: { access: "public" },
    scripts: { build: "tsdown", lint: "biome check .", test: "vitest run", typecheck: "tsc" },
    dependencies: { "@vms/core": "workspace:^", "small-parser": "^1.0.0" },
    devDependencies: { "@vms/test-suite": "workspace:^", valibot: "catalog:" },
  };
  const files: Readonly<Record<string, string>> = {
    "package.json": json(manifest),
    "README.md": `# @vms/${folder}

\`\`\`ts
import { create${prefix}Session } from "@vms/${folder}";
const session = create${prefix}Session({ baseUrl, credentials });
\`\`\`

## Options

| option | default |
| --- | --- |
| \`baseUrl\` | required |
| \`credentials\` | required |
| \`timeout\` | 60,000 ms |

## Documentation
`,
    "tsconfig.json": `{ "include": ["src", "test"] }\n`,
    "tsdown.config.ts": `export default { dts: true };\n`,
    "vitest.config.ts": `export default {};\n`,
    "src/index.ts": `export type { ${prefix}Options } from "./options.ts";
export { create${prefix}Session, type ${prefix}Session } from "./session.ts";
export type { ${prefix}User } from "./wire.ts";
`,
    "src/options.ts": `import type { SessionOptions } from "@vms/core";
export interface ${prefix}Options extends SessionOptions {
  readonly baseUrl: string;
}
`,
    "src/session.ts": `import { InvalidOptions, type Session } from "@vms/core";
import { createSession } from "@vms/core/flow";
import { flow } from "./flow.ts";
import type { ${prefix}Options } from "./options.ts";
import type { ${prefix}User } from "./wire.ts";
export type ${prefix}Session = Session<${prefix}User>;
export function create${prefix}Session(options: ${prefix}Options): ${prefix}Session {
  let base = options.baseUrl;
  if (base === "") throw new InvalidOptions("${folder}", "\`baseUrl\` is empty.");
  return createSession(flow(base), options);
}
`,
    "src/describe.ts": `export const describe = {
  vendor: "${folder}",
  title: "${prefix} Watch",
  baseUrl: { default: "https://login.${folder}.example/api" },
  firstCall: "v1/${folder}/user",
  options: { account: { type: "text", example: "17", listedAt: "v1/${folder}/accounts" } },
  sessionCookies: ["${folder}_key"],
};
`,
    "src/flow.ts": `import { failure } from "./errors.ts";
import { schema } from "./wire.ts";
const STATUSES = new Set([401]);
const kept = new WeakMap<object, string>();
export function flow(baseUrl: string) {
  return { baseUrl, schema, failure, STATUSES, kept };
}
`,
    "src/wire.ts": `import type { Schema } from "@vms/core/flow";
import * as v from "valibot";
export interface ${prefix}User {
  readonly name: string;
}
export const schema: Schema<${prefix}User> & v.GenericSchema<${prefix}User> = v.looseObject({ name: v.string() });
`,
    "src/errors.ts": `import { InvalidCredentials, RateLimited } from "@vms/core";
export function failure(status: number): Error {
  return status === 401 ? new InvalidCredentials("${folder}", "refused") : new RateLimited("${folder}", "too many");
}
`,
    "test/contract.test.ts": `import { flowContract } from "@vms/test-suite";
import { create${prefix}Session } from "../src/index.ts";
flowContract(test, create${prefix}Session, server);
`,
    "test/errors.test.ts": "",
    "test/options.test.ts": "",
    "test/session.test.ts": "",
    "test/flow.test.ts": "",
    "test/wire.test.ts": "",
    ...(simulated
      ? { "test/simulator.test.ts": `import { createAcmeServer } from "@vms/simulator";\n` }
      : { "test/server.ts": "" }),
  };
  return Object.entries(files).map(([path, text]) => [`packages/${folder}/${path}`, text]);
}

function plain(folder: string, dependencies: object = {}, devDependencies: object = {}): [string, string][] {
  const name = `@vms/${folder}`;
  return [
    [`packages/${folder}/README.md`, `# ${name}\n`],
    [
      `packages/${folder}/package.json`,
      json({
        name,
        license: "MIT",
        repository: { type: "git", url: "git+https://vms.example/vms.git", directory: `packages/${folder}` },
        exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } },
        engines: { node: ">=22.3" },
        dependencies,
        devDependencies,
      }),
    ],
    [`packages/${folder}/src/index.ts`, `export { main } from "./main.ts";\n`],
    [`packages/${folder}/src/main.ts`, `export function main(): void {}\n`],
  ];
}

const VENDORS = { acme: "Acme", "umbrella-watch": "UmbrellaWatch", initech: "IniTech" };
const FOLDERS = [...Object.keys(VENDORS), "core", "simulator", "test-suite", "cli"];

/** A workspace that violates no rule. */
export function validWorkspace(): Map<string, string> {
  const all: Files = new Map([
    ...plain("core"),
    [
      "packages/core/README.md",
      "# @vms/core\n\n## Options\n\n| option | default |\n| --- | --- |\n| `credentials` | required |\n| `cookies`, `timeout` | none |\n",
    ],
    ...CORE_FILES.map((path): [string, string] => [`packages/core/src/${path}.ts`, ""]),
    [
      "packages/core/src/contract/options.ts",
      `export interface SessionOptions {\n${CORE_OPTIONS.join(": string;\n")}: string;\n}\n`,
    ],
    ["packages/core/src/net/target.ts", `import { VmsError } from "../errors/vms-error.ts";\n`],
    ["packages/core/src/contract/events/login.ts", `import type { Flow } from "../flow.ts";\n`],
    ["packages/core/src/session/engine.ts", `export const late = () => import("../login/login.ts");\n`],
    ["packages/core/src/net/folder.ts", `// A falta of Macmeath; an umbrella is to watch out for.\n`],
    ...plain("simulator"),
    ...["routes", "server", "state"].map((name): [string, string] => [`packages/simulator/src/acme/${name}.ts`, ""]),
    ...plain("test-suite", { "@vms/core": "workspace:^" }),
    ...plain("cli", { "@vms/core": "workspace:^", "@vms/acme": "workspace:^" }),
    ...(ORDER.cli ?? []).flatMap((folder) =>
      ["one", "two", "three"].map((name): [string, string] => [`packages/cli/src/${folder}/${name}.ts`, ""]),
    ),
    [
      "packages/cli/src/profiles/vendors.ts",
      `import { createAcmeSession } from "@vms/acme";\nexport const names = ["acme"];\n`,
    ],
    ["packages/cli/src/help.ts", "export const HELP = `\nExamples:\n  vms login acme\n  vms api v1/acme/user\n`;\n"],
    ...Object.entries(VENDORS).flatMap(([folder, prefix]) => vendor(folder, prefix)),
    ...Object.keys(VENDORS).map(guide),
    ...FOLDERS.map((folder): [string, string] => [
      `.changeset/first-${folder}.md`,
      `---\n"@vms/${folder}": major\n---\n\nThe first one.\n`,
    ]),
  ]);
  return new Map(all);
}
