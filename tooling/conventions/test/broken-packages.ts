import { type Broken, breaking } from "./broken.ts";

const acme = "packages/acme";

/** Violations of the rules for all packages. */
export const brokenPackages: readonly Broken[] = [
  ...breaking("every package that is imported needs the same Node, and every README says which", {
    "an older Node": (workspace) => workspace.manifest("core", { engines: { node: ">=22" } }),
    "no Node": (workspace) => workspace.manifest("simulator", { engines: undefined }),
    "another Node in a README": (workspace) => workspace.append(`${acme}/README.md`, "It needs Node 22 or newer."),
    "another Node across lines": (workspace) =>
      workspace.append("packages/core/README.md", "It needs Node\n24 or newer."),
  }),
  ...breaking("valibot is a devDependency, because it is bundled", {
    "it is installed": (workspace) =>
      workspace.manifest("acme", {
        dependencies: { "@vms/core": "workspace:^", "small-parser": "1", valibot: "catalog:" },
      }),
    "it is missing": (workspace) => workspace.manifest("acme", { devDependencies: {} }),
  }),
  ...breaking(
    "dependencies point one way: the core and the simulator need no package of ours, only the command line needs vendors, and every other package needs only the core",
    {
      "a vendor imports another": (workspace) => workspace.append(`${acme}/src/flow.ts`, 'import "@vms/initech";'),
      "a vendor imports the command line": (workspace) =>
        workspace.append(`${acme}/src/flow.ts`, 'import "@vms/cli/x";'),
      "a vendor imports the simulator late": (workspace) =>
        workspace.append(`${acme}/src/flow.ts`, 'export const late = () => import("@vms/simulator");'),
      "a type of another vendor": (workspace) =>
        workspace.append(`${acme}/src/flow.ts`, 'import type { InitechUser } from "@vms/initech";'),
      "the simulator imports the core": (workspace) =>
        workspace.append("packages/simulator/src/main.ts", 'import type { Session } from "@vms/core";'),
      "the core hands on the simulator": (workspace) =>
        workspace.append("packages/core/src/index.ts", 'export { x } from "@vms/simulator/node";'),
      "the contracts depend on a vendor": (workspace) =>
        workspace.manifest("test-suite", { dependencies: { "@vms/core": "workspace:^", "@vms/acme": "workspace:^" } }),
    },
  ),
  ...breaking("no vendor's tests need another vendor, and the simulator's need nothing of ours", {
    "a vendor's test": (workspace) => workspace.append(`${acme}/test/flow.test.ts`, 'import "@vms/initech";'),
    "a vendor's devDependency": (workspace) =>
      workspace.manifest("acme", { devDependencies: { "@vms/initech": "workspace:^", valibot: "catalog:" } }),
    "the simulator's test": (workspace) =>
      workspace.add("packages/simulator/test/acme.test.ts", 'import "@vms/core/node";'),
    "the simulator's devDependency": (workspace) =>
      workspace.manifest("simulator", { devDependencies: { "@vms/test-suite": "workspace:^" } }),
  }),
  ...breaking("no package reaches into another one by a path", {
    "of a value": (workspace) => workspace.append(`${acme}/src/flow.ts`, 'import "../../core/src/session/engine.ts";'),
    "of a type": (workspace) =>
      workspace.append("packages/cli/src/main.ts", 'import type { AcmeUser } from "../../acme/src/wire.ts";'),
  }),
  ...breaking("no vendor's name occurs in the core", {
    "in a comment": (workspace) => workspace.append("packages/core/src/main.ts", '/** For example `"acme"`. */'),
    "in a name": (workspace) => workspace.append("packages/core/src/main.ts", "export const forAcme = 1;"),
    "in capitals": (workspace) => workspace.append("packages/core/src/main.ts", "// VMS_UMBRELLA_WATCH_PASSWORD"),
    "in two words": (workspace) => workspace.append("packages/core/src/main.ts", "// as Umbrella Watch does it"),
    "by its package": (workspace) => workspace.append("packages/core/src/main.ts", "// see @vms/umbrella-watch"),
    "in one word": (workspace) => workspace.append("packages/core/src/main.ts", "// initech.example"),
  }),
  ...breaking("valibot is in no public type", {
    "an alias": (workspace) =>
      workspace.replace(`${acme}/src/wire.ts`, "readonly name: string", "readonly name: v.infer<typeof schema>"),
    "a base type": (workspace) =>
      workspace.replace(`${acme}/src/wire.ts`, "AcmeUser {", "AcmeUser extends v.GenericSchema {"),
    "far away": (workspace) => {
      workspace.replace(`${acme}/src/options.ts`, "baseUrl: string;", 'baseUrl: Far | Near["x"];');
      workspace.append(`${acme}/src/options.ts`, 'import type { Far } from "./far.ts";');
      workspace.append(`${acme}/src/options.ts`, 'import type { Next as Near } from "./next.ts";');
      workspace.add(`${acme}/src/next.ts`, 'export type { Far as Next } from "./far.ts";');
      workspace.add(`${acme}/src/far.ts`, 'import * as v from "valibot";\nexport interface Far { x: v.GenericSchema }');
    },
    "a type by `import()`": (workspace) =>
      workspace.replace(`${acme}/src/options.ts`, "baseUrl: string;", 'baseUrl: import("valibot").GenericSchema;'),
    "a parameter of a function": (workspace) => {
      workspace.replace(
        `${acme}/src/session.ts`,
        "(options: AcmeOptions)",
        "(options: AcmeOptions, shape: v.GenericSchema)",
      );
      workspace.append(`${acme}/src/session.ts`, 'import type * as v from "valibot";');
    },
    "a constant's own type": (workspace) => {
      workspace.append(`${acme}/src/index.ts`, 'export { made } from "./made.ts";');
      workspace.add(
        `${acme}/src/made.ts`,
        'import { string } from "valibot";\nexport const made = { name: string() };',
      );
    },
  }),
  ...breaking("in a package with ordered folders, a folder imports only from folders above it in the table", {
    "a value": (workspace) => workspace.append("packages/core/src/util/clock.ts", 'import "../session/engine.ts";'),
    "a type": (workspace) =>
      workspace.append("packages/core/src/net/target.ts", 'import type { Flow } from "../contract/flow/flow.ts";'),
    "a re-export": (workspace) =>
      workspace.append("packages/core/src/errors/vms-error.ts", 'export { wait } from "../util/wait.ts";'),
    "a lazy import": (workspace) =>
      workspace.append(
        "packages/core/src/login/login.ts",
        'export const late = () => import("../node/file-store.ts");',
      ),
    "from a nested folder": (workspace) =>
      workspace.append("packages/core/src/contract/events/login.ts", 'import "../../store/memory-store.ts";'),
    "an entry point": (workspace) =>
      workspace.append("packages/core/src/node/file-store.ts", 'import { main } from "../index.ts";'),
  }),
  ...breaking("the table of ordered folders lists exactly the folders that exist", {
    "another folder": (workspace) => {
      for (const name of ["a", "b", "c"]) workspace.add(`packages/core/src/helpers/${name}.ts`, "");
    },
    "one folder less": (workspace) => {
      for (const name of ["folder", "one", "target"]) workspace.remove(`packages/core/src/net/${name}.ts`);
    },
  }),
  ...breaking("a folder in src has at most 20 files, except errors/, and at least 3", {
    "21 files": (workspace) => {
      for (let n = 1; n <= 18; n++) workspace.add(`packages/core/src/net/file-${n}.ts`, "");
    },
    "21 files directly in src": (workspace) => {
      for (let n = 1; n <= 21; n++) workspace.add(`packages/cli/src/file-${n}.ts`, "");
    },
    "two files": (workspace) => workspace.remove("packages/core/src/util/wait.ts"),
    "one file in a nested folder": (workspace) => workspace.add("packages/core/src/net/cookies/parse.ts", ""),
  }),
  ...breaking(
    "types of own files are imported with `import type`, never with `import()`, because biome sees no cycle through the latter",
    {
      "of the same package": (workspace) =>
        workspace.append(`${acme}/src/flow.ts`, 'export type User = import("./wire.ts").AcmeUser;'),
      "in a function": (workspace) =>
        workspace.append("packages/core/src/main.ts", 'export function f(session: import("./main.ts").S): void {}'),
    },
  ),
  ...breaking("nothing is exported by `export type *`, which biome's noReExportAll allows", {
    "all types of a file": (workspace) => workspace.append(`${acme}/src/index.ts`, 'export type * from "./flow.ts";'),
    "under a name": (workspace) =>
      workspace.append("packages/core/src/main.ts", 'export type * as all from "./contract/options.ts";'),
  }),
  ...breaking("a text is never given to `Date`, which reads it by the machine's time zone and corrects wrong days", {
    "Date.parse": (workspace) => workspace.append(`${acme}/src/flow.ts`, "const end = Date.parse(text);"),
    "Date.parse of the global object": (workspace) =>
      workspace.append(`${acme}/src/flow.ts`, 'const end = globalThis.Date["parse"]("0");'),
    "new Date of a literal": (workspace) =>
      workspace.append("packages/core/src/main.ts", 'export const start = new Date("2026");'),
    "new Date of a header": (workspace) =>
      workspace.append("packages/cli/src/main.ts", 'const then = new Date(headers.get("date") ?? "");'),
    "new Date of a name that may be a text": (workspace) =>
      workspace.append("packages/cli/src/main.ts", "const at = (text: string) => new Date(text);"),
    "new Date of a sum that may be a text": (workspace) =>
      workspace.append("packages/cli/src/main.ts", "const at = (text: string) => new Date(1 + text);"),
  }),
  ...breaking(
    "the core, stores and vendors recognise what a user passes by its parts, not by a class: it can be of another realm",
    {
      "the core": (workspace) =>
        workspace.append(
          "packages/core/src/main.ts",
          "export const isForm = (body: unknown) => body instanceof FormData;",
        ),
      "a vendor": (workspace) =>
        workspace.append(`${acme}/src/flow.ts`, "export const isFailure = (of: unknown) => of instanceof TypeError;"),
    },
  ),
  ...breaking("there is no state in a module: no `let`, and no collection that is empty at first", {
    "a variable": (workspace) =>
      workspace.append("packages/core/src/main.ts", "let count = 0;\nexport const next = () => ++count;"),
    "a variable for all": (workspace) =>
      workspace.append(`${acme}/src/flow.ts`, "export let latest: string | undefined;"),
    "a cache": (workspace) => workspace.append("packages/cli/src/main.ts", "const cache = new Map<string, string>();"),
    "a list": (workspace) => workspace.append("packages/cli/src/main.ts", "const all: string[] = [];"),
    "a record": (workspace) => workspace.append("packages/cli/src/main.ts", "const all: Record<string, string> = {};"),
  }),
  ...breaking("a published package has a CHANGELOG, or a changeset that begins it", {
    "no changeset": (workspace) => workspace.remove(".changeset/first-core.md"),
    "of another package": (workspace) => workspace.replace(".changeset/first-core.md", "@vms/core", "@vms/core-next"),
    "only in its words": (workspace) =>
      workspace.add(".changeset/first-core.md", '---\n"@vms/cli": patch\n---\n\n"@vms/core": major\n'),
  }),
  ...breaking("a published package has a README", {
    "a vendor without": (workspace) => workspace.remove(`${acme}/README.md`),
    "another package without": (workspace) => workspace.remove("packages/test-suite/README.md"),
  }),
  ...breaking("a published package names its license", {
    none: (workspace) => workspace.manifest("core", { license: undefined }),
    "a vendor without": (workspace) => workspace.manifest("acme", { license: "UNLICENSED" }),
  }),
];
