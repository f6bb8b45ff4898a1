import { target } from "../module.ts";
import type { Breach, Rule } from "../rule.ts";
import { errorsMadeBy } from "../thrown.ts";
import { prefixOf } from "../vendor.ts";

const ROOMS = ["index", "session", "flow", "wire"];
/** `index.ts` defines nothing, so there is nothing to test. */
const TESTED = ["session", "flow", "wire"];

export const rooms: readonly Rule[] = [
  {
    name: "a vendor has the rooms index.ts, session.ts, flow.ts and wire.ts",
    *breaches({ vendors }) {
      for (const vendor of vendors) {
        for (const room of ROOMS.filter((name) => !vendor.files.has(`src/${name}.ts`))) {
          yield { file: vendor.at(`src/${room}.ts`), what: "is missing: who knows one vendor knows all." };
        }
      }
    },
  },
  {
    name: "a vendor's index.ts hands on names, and defines nothing",
    *breaches({ vendors }) {
      for (const vendor of vendors) {
        const file = vendor.at("src/index.ts");
        for (const { type, source } of vendor.module("src/index.ts").body) {
          // `export *` and `export default` are other rules'.
          if (type === "ExportAllDeclaration" || type === "ExportDefaultDeclaration") continue;
          if (type !== "ExportNamedDeclaration" || source === null || source === undefined) {
            yield { file, what: `has a statement (${type}) other than \`export { … } from\`.` };
          }
        }
      }
    },
  },
  {
    name: "a vendor that makes errors of more than one kind makes them in errors.ts",
    *breaches({ vendors }) {
      for (const vendor of vendors.filter(({ files }) => !files.has("src/errors.ts"))) {
        const kinds = errorsMadeBy(vendor);
        // A wrong option is session.ts's own matter.
        kinds.delete("InvalidOptions");
        if (kinds.size > 1) {
          yield { file: vendor.at("src/errors.ts"), what: `is missing, though there are ${[...kinds].join(", ")}.` };
        }
      }
    },
  },
  {
    name: "a vendor's session.ts, flow.ts and wire.ts have their tests",
    *breaches({ vendors }) {
      for (const vendor of vendors) {
        for (const room of TESTED.filter((name) => !vendor.files.has(`test/${name}.test.ts`))) {
          yield { file: vendor.at(`test/${room}.test.ts`), what: `is missing: it is where src/${room}.ts is tested.` };
        }
      }
    },
  },
  {
    name: "a vendor's contract.test.ts holds its sessions to flowContract",
    *breaches({ vendors }) {
      for (const vendor of vendors) {
        const path = "test/contract.test.ts";
        const breach = (what: string): Breach => ({ file: vendor.at(path), what });
        if (!vendor.files.has(path)) {
          yield breach("is missing: it is where flowContract is called.");
          continue;
        }
        const create = `create${prefixOf(vendor)}Session`;
        const test = vendor.module(path);
        const called = /\bflowContract\(/.test(vendor.files.get(path) ?? "");
        if (!called || test.imports.get("flowContract")?.from !== "@vms/test-suite") {
          yield breach("does not call `flowContract` of @vms/test-suite.");
        }
        const of = test.imports.get(create);
        if (of === undefined || target(test, of.from) !== "src/index.ts") {
          yield breach(`does not take \`${create}\` from src/index.ts.`);
        }
      }
    },
  },
  {
    name: "a vendor that the simulator has is tried against it in simulator.test.ts, any other against a server of its own",
    *breaches({ vendors, packages }) {
      const simulator = packages.find(({ folder }) => folder === "simulator");
      for (const vendor of vendors) {
        const known = simulator?.sources().some((path) => path.startsWith(`src/${vendor.folder}/`)) ?? false;
        if (!known) {
          if (!vendor.files.has("test/server.ts") && !vendor.files.has("test/simulator.test.ts")) {
            yield {
              file: vendor.at("test/server.ts"),
              what: "is missing, and @vms/simulator does not have the vendor.",
            };
          }
        } else if (!vendor.files.has("test/simulator.test.ts")) {
          yield {
            file: vendor.at("test/simulator.test.ts"),
            what: "is missing, though @vms/simulator has the vendor.",
          };
        } else if (!vendor.module("test/simulator.test.ts").needs.includes("@vms/simulator")) {
          yield { file: vendor.at("test/simulator.test.ts"), what: "does not use @vms/simulator." };
        }
      }
    },
  },
];
