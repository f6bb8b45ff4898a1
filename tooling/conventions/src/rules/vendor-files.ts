import { target } from "../module.ts";
import type { Rule, Violation } from "../rule.ts";
import { prefixOf } from "../vendor.ts";

const FILES = ["index", "describe", "options", "session", "flow", "wire", "errors"];
/** `index.ts` and `describe.ts` define no functions. The tests of the options check the description. */
const TESTED = ["options", "session", "flow", "wire", "errors"];

/** The source files and tests that every vendor has. */
export const vendorFiles: readonly Rule[] = [
  {
    name: "a vendor has the files index.ts, describe.ts, options.ts, session.ts, flow.ts, wire.ts and errors.ts",
    *violations({ vendors }) {
      for (const vendor of vendors) {
        for (const name of FILES.filter((file) => !vendor.files.has(`src/${file}.ts`))) {
          yield { file: vendor.at(`src/${name}.ts`), what: "is missing: all vendors have the same files." };
        }
      }
    },
  },
  {
    name: "a vendor's index.ts only re-exports names",
    *violations({ vendors }) {
      for (const vendor of vendors) {
        const file = vendor.at("src/index.ts");
        for (const { type, source } of vendor.module("src/index.ts").body) {
          // Other rules report `export *` and `export default`.
          if (type === "ExportAllDeclaration" || type === "ExportDefaultDeclaration") continue;
          if (type !== "ExportNamedDeclaration" || source === null || source === undefined) {
            yield { file, what: `has a statement (${type}) other than \`export { … } from\`.` };
          }
        }
      }
    },
  },
  {
    name: "a vendor's options.ts, session.ts, flow.ts, wire.ts and errors.ts have their tests",
    *violations({ vendors }) {
      for (const vendor of vendors) {
        for (const name of TESTED.filter((file) => !vendor.files.has(`test/${file}.test.ts`))) {
          yield { file: vendor.at(`test/${name}.test.ts`), what: `is missing: it tests src/${name}.ts.` };
        }
      }
    },
  },
  {
    name: "a vendor's contract.test.ts holds its sessions to flowContract",
    *violations({ vendors }) {
      for (const vendor of vendors) {
        const path = "test/contract.test.ts";
        const violation = (what: string): Violation => ({ file: vendor.at(path), what });
        if (!vendor.files.has(path)) {
          yield violation("is missing: it calls flowContract.");
          continue;
        }
        const create = `create${prefixOf(vendor)}Session`;
        const test = vendor.module(path);
        const called = /\bflowContract\(/.test(vendor.files.get(path) ?? "");
        if (!called || test.imports.get("flowContract")?.from !== "@vms/test-suite") {
          yield violation("does not call `flowContract` of @vms/test-suite.");
        }
        const of = test.imports.get(create);
        if (of === undefined || target(test, of.from) !== "src/index.ts") {
          yield violation(`does not import \`${create}\` from src/index.ts.`);
        }
      }
    },
  },
  {
    name: "a vendor that the simulator has is tested against it in simulator.test.ts, any other vendor against its own server",
    *violations({ vendors, packages }) {
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
