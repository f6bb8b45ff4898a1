import { type Broken, breaking } from "./broken.ts";

const acme = "packages/acme";
const cli = "packages/cli/src/main.ts";
const umbrella = "packages/umbrella-watch";

/** Violations of the rules for vendors. */
export const brokenVendors: readonly Broken[] = [
  ...breaking("a vendor has the files index.ts, describe.ts, options.ts, session.ts, flow.ts, wire.ts and errors.ts", {
    "no flow.ts": (workspace) => workspace.remove(`${acme}/src/flow.ts`),
    "no wire.ts": (workspace) => workspace.remove(`${acme}/src/wire.ts`),
    "no session.ts": (workspace) => workspace.remove(`${umbrella}/src/session.ts`),
    "no index.ts": (workspace) => workspace.remove(`${acme}/src/index.ts`),
    "no options.ts": (workspace) => {
      workspace.remove(`${acme}/src/options.ts`);
      workspace.replace(`${acme}/README.md`, "| `baseUrl` | required |\n", "");
    },
    "no errors.ts": (workspace) => workspace.remove(`${acme}/src/errors.ts`),
  }),
  ...breaking("a vendor's index.ts only re-exports names", {
    "a constant": (workspace) => workspace.append(`${acme}/src/index.ts`, "export const VENDOR = 'acme';"),
    "a type": (workspace) => workspace.append(`${acme}/src/index.ts`, "export interface Extra {}"),
    "an import": (workspace) => workspace.append(`${acme}/src/index.ts`, 'import "./flow.ts";'),
  }),
  ...breaking(
    "the command line takes a vendor's name, host, paths and cookies from its description, except in examples of its help",
    {
      "a name": (workspace) => workspace.append(cli, 'export const is = (vendor: string) => vendor === "acme";'),
      "a host": (workspace) => workspace.append(cli, 'export const url = "https://login.acme.example";'),
      "the path of the first call": (workspace) => workspace.append(cli, "export const call = `\nv1/acme/user?`;"),
      "the path of the accounts": (workspace) => workspace.append(cli, 'export const list = ["v1/acme/accounts"];'),
      "a cookie": (workspace) => workspace.append(cli, 'export const cookies = { acme: ["acme_key"] };'),
      "a title in the words of a help": (workspace) =>
        workspace.replace("packages/cli/src/help.ts", "Examples:", "For Acme Watch.\nExamples:"),
    },
  ),
  ...breaking("a vendor's options.ts, session.ts, flow.ts, wire.ts and errors.ts have their tests", {
    "no options.test.ts": (workspace) => workspace.remove(`${acme}/test/options.test.ts`),
    "no errors.test.ts": (workspace) => workspace.remove(`${acme}/test/errors.test.ts`),
    "no flow.test.ts": (workspace) => workspace.remove(`${acme}/test/flow.test.ts`),
    "no session.test.ts": (workspace) => workspace.remove(`${acme}/test/session.test.ts`),
    "no wire.test.ts": (workspace) => workspace.remove(`${umbrella}/test/wire.test.ts`),
  }),
  ...breaking("a vendor's contract.test.ts holds its sessions to flowContract", {
    "no contract.test.ts": (workspace) => workspace.remove(`${acme}/test/contract.test.ts`),
    "not called": (workspace) => workspace.replace(`${acme}/test/contract.test.ts`, "flowContract(test", "log(test"),
    "a separate contract": (workspace) =>
      workspace.replace(`${acme}/test/contract.test.ts`, "@vms/test-suite", "./own.ts"),
    "other sessions": (workspace) =>
      workspace.replace(`${acme}/test/contract.test.ts`, "../src/index.ts", "./other.ts"),
  }),
  ...breaking(
    "a vendor that the simulator has is tested against it in simulator.test.ts, any other vendor against its own server",
    {
      "no simulator.test.ts": (workspace) => workspace.remove(`${acme}/test/simulator.test.ts`),
      "without the simulator": (workspace) =>
        workspace.replace(`${acme}/test/simulator.test.ts`, "@vms/simulator", "./x.ts"),
      "no server": (workspace) => workspace.remove(`${umbrella}/test/server.ts`),
    },
  ),
  ...breaking("a vendor exports create<Vendor>Session, of session.ts", {
    "another name": (workspace) => workspace.replace(`${acme}/src/index.ts`, "createAcmeSession", "createSession"),
    "another file": (workspace) => workspace.replace(`${acme}/src/index.ts`, "./session.ts", "./flow.ts"),
  }),
  ...breaking("a vendor exports the types <Vendor>Options and <Vendor>Session", {
    "no type of the session": (workspace) =>
      workspace.replace(`${acme}/src/index.ts`, "createAcmeSession, type AcmeSession", "createAcmeSession"),
    "no type of the options": (workspace) =>
      workspace.replace(`${acme}/src/index.ts`, "export type { AcmeOptions }", "export type { AcmeUser as Options }"),
    "as a value": (workspace) =>
      workspace.replace(`${acme}/src/index.ts`, "export type { AcmeOptions }", "export { AcmeOptions }"),
  }),
  ...breaking("a vendor's package.json has the same fields as the others'", {
    "another name": (workspace) => workspace.manifest("umbrella-watch", { name: "umbrella-watch", private: true }),
    "side effects": (workspace) => workspace.manifest("acme", { sideEffects: undefined }),
    "more files": (workspace) => workspace.manifest("acme", { files: ["dist", "src"] }),
    "an older Node": (workspace) => workspace.manifest("acme", { engines: { node: ">=18" } }),
    "not public": (workspace) => workspace.manifest("acme", { publishConfig: {} }),
    "no types": (workspace) => workspace.manifest("acme", { exports: { ".": { default: "./dist/index.js" } } }),
    "another repository": (workspace) =>
      workspace.manifest("acme", { repository: { type: "git", url: "git+https://x.example" } }),
    "no description": (workspace) => workspace.manifest("acme", { description: "" }),
    "no keywords": (workspace) => workspace.manifest("acme", { keywords: [] }),
  }),
  ...breaking("a vendor's package.json has the same scripts as the others'", {
    "one less": (workspace) =>
      workspace.manifest("acme", { scripts: { build: "tsdown", test: "vitest run", typecheck: "tsc" } }),
    "one more": (workspace) =>
      workspace.manifest("acme", {
        scripts: { build: "tsdown", lint: "biome check .", postinstall: "x", test: "vitest run", typecheck: "tsc" },
      }),
  }),
  ...breaking("a vendor depends on @vms/core and at most one more", {
    "two more": (workspace) =>
      workspace.manifest("acme", {
        dependencies: { "@vms/core": "workspace:^", "left-pad": "^1.0.0", ky: "catalog:" },
      }),
    "a peer": (workspace) => workspace.manifest("acme", { peerDependencies: { undici: "^7.0.0" } }),
  }),
  ...breaking("tsconfig.json, tsdown.config.ts and vitest.config.ts are the same in every vendor", {
    "another tsconfig.json": (workspace) => workspace.add(`${acme}/tsconfig.json`, "{}"),
    "no vitest.config.ts": (workspace) => workspace.remove(`${acme}/vitest.config.ts`),
    "another tsdown.config.ts": (workspace) => workspace.append(`${acme}/tsdown.config.ts`, "// more"),
  }),
  ...breaking("a vendor's README has code that makes a session within its first 20 lines", {
    "code too late": (workspace) =>
      workspace.replace(`${acme}/README.md`, "\n```ts", `${"\nWords.".repeat(20)}\n\n\`\`\`ts`),
    "no code": (workspace) => workspace.replace(`${acme}/README.md`, "```ts", "```sh"),
    "other code": (workspace) => workspace.replace(`${acme}/README.md`, '"@vms/acme"', '"@vms/core"'),
  }),
  ...breaking("a vendor's README has the sections Options and Documentation, and at most 60 lines", {
    "one less": (workspace) => workspace.replace(`${acme}/README.md`, "## Documentation\n", ""),
    "one more": (workspace) => workspace.append(`${acme}/README.md`, "## The session\n"),
    "another order": (workspace) =>
      workspace.replace(`${acme}/README.md`, "## Options", "## Documentation\n\n## Options"),
    "61 lines": (workspace) => workspace.append(`${acme}/README.md`, "Words.\n".repeat(45)),
  }),
  ...breaking(
    "a vendor's README lists its own options, and of the others only those that are required or have another default",
    {
      "its own is missing": (workspace) => workspace.replace(`${acme}/README.md`, "| `baseUrl` | required |\n", ""),
      "a new one": (workspace) =>
        workspace.replace(
          `${acme}/src/options.ts`,
          "readonly baseUrl: string;",
          "readonly baseUrl: string;\n  realm?: string;",
        ),
      "one of every session, with the same default": (workspace) =>
        workspace.replace(`${acme}/README.md`, "| `timeout` | 60,000 ms |", "| `timeout` | none |"),
      "no option": (workspace) => workspace.replace(`${acme}/README.md`, "| `timeout`", "| `timeOut`"),
    },
  ),
  ...breaking(
    "a vendor's guide has the same sections as the others', in the same order, and its own ones in the middle",
    {
      missing: (workspace) => workspace.remove("docs/guides/acme.md"),
      "one less": (workspace) => workspace.replace("docs/guides/acme.md", "## The user\n", ""),
      "another order": (workspace) =>
        workspace.replace("docs/guides/acme.md", "## Second factor\n\n## Faces", "## Faces\n\n## Second factor"),
      "its own at the end": (workspace) => workspace.append("docs/guides/acme.md", "## License\n"),
    },
  ),
  ...breaking("a vendor's guide has every error that the vendor's package creates in its table", {
    "one is missing": (workspace) => workspace.replace("docs/guides/acme.md", ", `rate_limited`", ""),
  }),
  ...breaking("a vendor's guide links to the options of its package and to its part of docs/assumptions.md", {
    "no options": (workspace) =>
      workspace.replace("docs/guides/acme.md", "packages/acme/README.md#options", "README.md"),
    "no assumptions": (workspace) =>
      workspace.replace("docs/guides/acme.md", "../assumptions.md#the-vendor", "errors.md"),
  }),
  ...breaking("an assumption is a paragraph of a comment: `An assumption: …` or `An assumption, seen in a client: …`", {
    "another form": (workspace) => workspace.append(`${acme}/src/flow.ts`, "// It is assumed that a 401 is final."),
    "within a docstring": (workspace) =>
      workspace.append(`${acme}/src/flow.ts`, "/**\n * What it does.\n *\n * Assumed: it is final.\n */"),
    "unknown evidence": (workspace) =>
      workspace.append(`${acme}/src/flow.ts`, "// An assumption, seen in a dream: a 401 is final."),
  }),
  ...breaking("an assumption names options that the simulator has", {
    "an option of no server": (workspace) =>
      workspace.append(`${acme}/src/flow.ts`, "// An assumption: a 401 is final. In `@vms/simulator`: `never`."),
  }),
  ...breaking(
    "the simulator's README marks an option with **A** if its docstring has `Assumed`, or if a package's assumption names it",
    {
      "only the README": (workspace) =>
        workspace.append("packages/simulator/README.md", "\n## Options\n\n| `final` | no | **A** | a 401 is final |"),
      "only the docstring": (workspace) => {
        workspace.append("packages/simulator/README.md", "\n## Options\n\n| `final` | no | | a 401 is final |");
        const option = "/** Whether a 401 is final. Assumed. */\n  readonly final?: boolean;";
        workspace.add("packages/simulator/src/acme/options.ts", `interface Options {\n  ${option}\n}\n`);
      },
    },
  ),
];
