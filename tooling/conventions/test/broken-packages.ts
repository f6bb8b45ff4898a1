import { type Broken, breaking } from "./broken.ts";

const acme = "packages/acme";

/** What holds for all packages. */
export const brokenPackages: readonly Broken[] = [
  ...breaking("zod is a devDependency, as it is bundled", {
    "it is installed along": (house) =>
      house.manifest("acme", { dependencies: { "@vms/core": "workspace:^", "small-parser": "1", zod: "catalog:" } }),
    "it is nowhere": (house) => house.manifest("acme", { devDependencies: {} }),
  }),
  ...breaking(
    "arrows go one way: the core and the simulator need nothing of ours, what is built on the core needs the core alone, and only the command line needs vendors",
    {
      "a vendor imports another": (house) => house.append(`${acme}/src/flow.ts`, 'import "@vms/initech";'),
      "a vendor imports the command line": (house) => house.append(`${acme}/src/flow.ts`, 'import "@vms/cli/x";'),
      "a vendor imports the simulator late": (house) =>
        house.append(`${acme}/src/flow.ts`, 'export const late = () => import("@vms/simulator");'),
      "a type of another vendor": (house) =>
        house.append(`${acme}/src/flow.ts`, 'export type Other = import("@vms/initech").InitechUser;'),
      "the simulator imports the core": (house) =>
        house.append("packages/simulator/src/main.ts", 'import type { Session } from "@vms/core";'),
      "the core hands on the simulator": (house) =>
        house.append("packages/core/src/index.ts", 'export { x } from "@vms/simulator/node";'),
      "the contracts depend on a vendor": (house) =>
        house.manifest("test-suite", { dependencies: { "@vms/core": "workspace:^", "@vms/acme": "workspace:^" } }),
    },
  ),
  ...breaking("no vendor's tests need another vendor, and the simulator's need nothing of ours", {
    "a vendor's test": (house) => house.append(`${acme}/test/flow.test.ts`, 'import "@vms/initech";'),
    "a vendor's devDependency": (house) =>
      house.manifest("acme", { devDependencies: { "@vms/initech": "workspace:^", zod: "catalog:" } }),
    "the simulator's test": (house) => house.add("packages/simulator/test/acme.test.ts", 'import "@vms/core/node";'),
    "the simulator's devDependency": (house) =>
      house.manifest("simulator", { devDependencies: { "@vms/test-suite": "workspace:^" } }),
  }),
  ...breaking("no package reaches into another one by a path", {
    "of a value": (house) => house.append(`${acme}/src/flow.ts`, 'import "../../core/src/engine.ts";'),
    "of a type": (house) =>
      house.append("packages/cli/src/main.ts", 'export type T = import("../../acme/src/wire.ts").AcmeUser;'),
  }),
  ...breaking("no vendor's name occurs in the core", {
    "in a comment": (house) => house.append("packages/core/src/main.ts", '/** For example `"acme"`. */'),
    "in a name": (house) => house.append("packages/core/src/main.ts", "export const forAcme = 1;"),
    "in capitals": (house) => house.append("packages/core/src/main.ts", "// VMS_UMBRELLA_WATCH_PASSWORD"),
    "in two words": (house) => house.append("packages/core/src/main.ts", "// as Umbrella Watch does it"),
    "by its package": (house) => house.append("packages/core/src/main.ts", "// see @vms/umbrella-watch"),
    "in one word": (house) => house.append("packages/core/src/main.ts", "// initech.example"),
  }),
  ...breaking("zod is imported as zod/mini", {
    "all of it": (house) => house.append(`${acme}/src/flow.ts`, 'import { z } from "zod";'),
    "another part": (house) => house.append(`${acme}/src/flow.ts`, 'import { z } from "zod/v4";'),
  }),
  ...breaking("zod is in no public type", {
    "an alias": (house) =>
      house.replace(`${acme}/src/wire.ts`, "readonly name: string", "readonly name: z.infer<typeof schema>"),
    "what it extends": (house) => house.replace(`${acme}/src/wire.ts`, "AcmeUser {", "AcmeUser extends z.ZodMini {"),
    "far away": (house) => {
      house.replace(`${acme}/src/session.ts`, "baseUrl: string;", 'baseUrl: import("./far.ts").Far | Near["x"];');
      house.append(`${acme}/src/session.ts`, 'import type { Next as Near } from "./next.ts";');
      house.add(`${acme}/src/next.ts`, 'export type { Far as Next } from "./far.ts";');
      house.add(`${acme}/src/far.ts`, 'import { z } from "zod/mini";\nexport interface Far { x: z.ZodMiniType }');
    },
    "what a function takes": (house) => {
      house.replace(`${acme}/src/session.ts`, "(options: AcmeOptions)", "(options: AcmeOptions, shape: z.ZodMiniType)");
      house.append(`${acme}/src/session.ts`, 'import type * as z from "zod/mini";');
    },
    "a constant's own type": (house) => {
      house.append(`${acme}/src/index.ts`, 'export { made } from "./made.ts";');
      house.add(`${acme}/src/made.ts`, 'import { string } from "zod/mini";\nexport const made = { name: string() };');
    },
    "a type by its path": (house) =>
      house.replace(`${acme}/src/session.ts`, "baseUrl: string;", 'baseUrl: import("zod/mini").ZodMiniString;'),
  }),
  ...breaking("nothing is exported by `export *`", {
    "all of a file": (house) => house.append(`${acme}/src/index.ts`, 'export * from "./flow.ts";'),
    "all under a name": (house) => house.append("packages/core/src/main.ts", 'export * as all from "./options.ts";'),
  }),
  ...breaking("there is no default export", {
    "a value": (house) => house.append("packages/core/src/main.ts", "export default 1;"),
    "a name": (house) => house.append("packages/cli/src/main.ts", "export { main as default };"),
  }),
  ...breaking("no file in src has more than 300 lines", {
    "one too many": (house) => house.add("packages/core/src/long.ts", "// A line.\n".repeat(301)),
  }),
  ...breaking("there is no state in a module: no `let`, and no collection that begins empty", {
    "a variable": (house) =>
      house.append("packages/core/src/main.ts", "let count = 0;\nexport const next = () => ++count;"),
    "a variable for all": (house) => house.append(`${acme}/src/flow.ts`, "export let latest: string | undefined;"),
    "a cache": (house) => house.append("packages/cli/src/main.ts", "const cache = new Map<string, string>();"),
    "a list": (house) => house.append("packages/cli/src/main.ts", "const all: string[] = [];"),
    "a record": (house) => house.append("packages/cli/src/main.ts", "const all: Record<string, string> = {};"),
  }),
  ...breaking("nothing is written to the console", {
    "a word": (house) => house.append(`${acme}/src/flow.ts`, "export const say = () => console.log('here');"),
    "by a name": (house) => house.append("packages/core/src/main.ts", "export const say = console['warn'];"),
  }),
  ...breaking("a published package has a CHANGELOG, or a changeset that begins it", {
    "no changeset": (house) => house.remove(".changeset/first-core.md"),
    "of another package": (house) => house.replace(".changeset/first-core.md", "@vms/core", "@vms/core-next"),
    "only in its words": (house) =>
      house.add(".changeset/first-core.md", '---\n"@vms/cli": patch\n---\n\n"@vms/core": major\n'),
  }),
  ...breaking("a published package has a README", {
    "a vendor without": (house) => house.remove(`${acme}/README.md`),
    "another package without": (house) => house.remove("packages/test-suite/README.md"),
  }),
  ...breaking("a published package names its license", {
    none: (house) => house.manifest("core", { license: undefined }),
    "a vendor without": (house) => house.manifest("acme", { license: "UNLICENSED" }),
  }),
];
