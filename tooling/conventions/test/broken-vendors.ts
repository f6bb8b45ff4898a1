import { type Broken, breaking } from "./broken.ts";

const acme = "packages/acme";
const umbrella = "packages/umbrella-watch";

/** What only holds for vendors. */
export const brokenVendors: readonly Broken[] = [
  ...breaking("a vendor has the rooms index.ts, session.ts, flow.ts and wire.ts", {
    "no flow.ts": (house) => house.remove(`${acme}/src/flow.ts`),
    "no wire.ts": (house) => house.remove(`${acme}/src/wire.ts`),
    "no session.ts": (house) => house.remove(`${umbrella}/src/session.ts`),
    "no index.ts": (house) => house.remove(`${acme}/src/index.ts`),
  }),
  ...breaking("a vendor's index.ts hands on names, and defines nothing", {
    "a constant": (house) => house.append(`${acme}/src/index.ts`, "export const VENDOR = 'acme';"),
    "a type": (house) => house.append(`${acme}/src/index.ts`, "export interface Extra {}"),
    "an import": (house) => house.append(`${acme}/src/index.ts`, 'import "./flow.ts";'),
  }),
  ...breaking("a vendor that makes errors of more than one kind makes them in errors.ts", {
    "errors in the flow": (house) => {
      house.remove(`${acme}/src/errors.ts`);
      house.append(
        `${acme}/src/flow.ts`,
        'import { InvalidCredentials as Wrong, RateLimited } from "@vms/core";\nexport const all = () => [new Wrong("a", "b"), new RateLimited("a", "b")];',
      );
    },
  }),
  ...breaking("a vendor's session.ts, flow.ts and wire.ts have their tests", {
    "no flow.test.ts": (house) => house.remove(`${acme}/test/flow.test.ts`),
    "no session.test.ts": (house) => house.remove(`${acme}/test/session.test.ts`),
    "no wire.test.ts": (house) => house.remove(`${umbrella}/test/wire.test.ts`),
  }),
  ...breaking("a vendor's contract.test.ts holds its sessions to flowContract", {
    "no contract.test.ts": (house) => house.remove(`${acme}/test/contract.test.ts`),
    "not called": (house) => house.replace(`${acme}/test/contract.test.ts`, "flowContract(test", "log(test"),
    "a contract of its own": (house) => house.replace(`${acme}/test/contract.test.ts`, "@vms/test-suite", "./own.ts"),
    "other sessions": (house) => house.replace(`${acme}/test/contract.test.ts`, "../src/index.ts", "./other.ts"),
  }),
  ...breaking(
    "a vendor that the simulator has is tried against it in simulator.test.ts, any other against a server of its own",
    {
      "no simulator.test.ts": (house) => house.remove(`${acme}/test/simulator.test.ts`),
      "without the simulator": (house) => house.replace(`${acme}/test/simulator.test.ts`, "@vms/simulator", "./x.ts"),
      "no server": (house) => house.remove(`${umbrella}/test/server.ts`),
    },
  ),
  ...breaking("a vendor exports create<Vendor>Session, of session.ts", {
    "another name": (house) => house.replace(`${acme}/src/index.ts`, "createAcmeSession", "createSession"),
    "another file": (house) =>
      house.replace(
        `${acme}/src/index.ts`,
        "export { createAcmeSession,",
        'export { createAcmeSession } from "./flow.ts";\nexport {',
      ),
  }),
  ...breaking("a vendor exports the type <Vendor>Options", {
    "not at all": (house) => house.replace(`${acme}/src/index.ts`, ", type AcmeOptions", ""),
    "as a value": (house) => house.replace(`${acme}/src/index.ts`, "type AcmeOptions", "AcmeOptions"),
  }),
  ...breaking("a vendor's package.json has the same fields as the others'", {
    "another name": (house) => house.manifest("umbrella-watch", { name: "umbrella-watch", private: true }),
    "side effects": (house) => house.manifest("acme", { sideEffects: undefined }),
    "more files": (house) => house.manifest("acme", { files: ["dist", "src"] }),
    "an older Node": (house) => house.manifest("acme", { engines: { node: ">=18" } }),
    "not public": (house) => house.manifest("acme", { publishConfig: {} }),
    "no types": (house) => house.manifest("acme", { exports: { ".": { default: "./dist/index.js" } } }),
    "types after the default": (house) =>
      house.manifest("acme", { exports: { ".": { default: "./dist/index.js", types: "./dist/index.d.ts" } } }),
    "another repository": (house) =>
      house.manifest("acme", { repository: { type: "git", url: "git+https://x.example" } }),
    "no description": (house) => house.manifest("acme", { description: "" }),
    "no keywords": (house) => house.manifest("acme", { keywords: [] }),
  }),
  ...breaking("a vendor's package.json has the same scripts as the others'", {
    "one less": (house) =>
      house.manifest("acme", { scripts: { build: "tsdown", test: "vitest run", typecheck: "tsc" } }),
    "one more": (house) =>
      house.manifest("acme", {
        scripts: { build: "tsdown", lint: "biome check .", postinstall: "x", test: "vitest run", typecheck: "tsc" },
      }),
  }),
  ...breaking("a vendor depends on @vms/core and at most one more", {
    "two more": (house) =>
      house.manifest("acme", { dependencies: { "@vms/core": "workspace:^", "left-pad": "^1.0.0", ky: "catalog:" } }),
    "a peer": (house) => house.manifest("acme", { peerDependencies: { undici: "^7.0.0" } }),
  }),
  ...breaking("tsconfig.json, tsdown.config.ts and vitest.config.ts are the same in every vendor", {
    "another tsconfig.json": (house) => house.add(`${acme}/tsconfig.json`, "{}"),
    "no vitest.config.ts": (house) => house.remove(`${acme}/vitest.config.ts`),
    "another tsdown.config.ts": (house) => house.append(`${acme}/tsdown.config.ts`, "// more"),
  }),
  ...breaking("a vendor's README has code that makes a session within its first 20 lines", {
    "code too late": (house) => house.replace(`${acme}/README.md`, "\n```ts", `${"\nWords.".repeat(20)}\n\n\`\`\`ts`),
    "no code": (house) => house.replace(`${acme}/README.md`, "```ts", "```sh"),
    "other code": (house) => house.replace(`${acme}/README.md`, '"@vms/acme"', '"@vms/core"'),
  }),
  ...breaking("a vendor's README has the same sections as the others', in the same order", {
    "one less": (house) => house.replace(`${acme}/README.md`, "## The session", "## Some words"),
    "no options": (house) => house.replace(`${acme}/README.md`, "## Options", "## Settings"),
    "another order": (house) => {
      house.replace(`${acme}/README.md`, "## The session", "## Later");
      house.replace(`${acme}/README.md`, "## Options", "## How it behaves\n\n## Options");
    },
    "something after the errors": (house) => house.append(`${acme}/README.md`, "## License\n"),
  }),
  ...breaking("a vendor's README tells what is assumed where the vendor is silent", {
    "nothing is": (house) => {
      house.replace(`${acme}/README.md`, "## What is assumed", "## Known");
      house.replace(`${acme}/README.md`, ": an assumption", "");
    },
  }),
  ...breaking("a vendor's README has every option in its table", {
    "its own is missing": (house) => house.replace(`${acme}/README.md`, "| `baseUrl` | required |\n", ""),
    "one of the core is missing": (house) => house.replace(`${acme}/README.md`, ", `timeout`", ""),
    "a new one": (house) =>
      house.replace(
        `${acme}/src/session.ts`,
        "readonly baseUrl: string;",
        "readonly baseUrl: string;\n  realm?: string;",
      ),
  }),
  ...breaking("a vendor's README has every error in its table", {
    "one that it makes": (house) => house.replace(`${acme}/README.md`, "`rate_limited`, ", ""),
    "one that all have": (house) => house.replace(`${acme}/README.md`, "`session_closed`", ""),
  }),
];
