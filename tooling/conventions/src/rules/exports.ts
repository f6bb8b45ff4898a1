import type { Rule } from "../rule.ts";
import { createdBy, prefixOf } from "../vendor.ts";

/** What a vendor exports. */
export const exports: readonly Rule[] = [
  {
    name: "a vendor exports create<Vendor>Session, of session.ts",
    *violations({ vendors }) {
      for (const vendor of vendors.filter(({ files }) => files.has("src/index.ts"))) {
        const file = vendor.at("src/index.ts");
        const create = `create${prefixOf(vendor)}Session`;
        if (createdBy(vendor) === undefined) {
          yield { file, what: `does not export \`${create}\`. The capitals of the name may differ.` };
        } else if (
          !vendor.module("src/index.ts").exports.some((one) => one.name === create && one.from === "./session.ts")
        ) {
          yield { file, what: `exports \`${create}\` from another file than session.ts.` };
        }
      }
    },
  },
  {
    name: "a vendor exports the types <Vendor>Options and <Vendor>Session",
    *violations({ vendors }) {
      for (const vendor of vendors.filter(({ files }) => files.has("src/index.ts"))) {
        for (const type of [`${prefixOf(vendor)}Options`, `${prefixOf(vendor)}Session`]) {
          if (!vendor.module("src/index.ts").exports.some(({ name, isType }) => name === type && isType)) {
            yield { file: vendor.at("src/index.ts"), what: `does not export the type \`${type}\`.` };
          }
        }
      }
    },
  },
];
