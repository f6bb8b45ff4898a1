import { posix } from "node:path";
import { target } from "../module.ts";
import type { Rule } from "../rule.ts";
import type { Package } from "../workspace.ts";

/** The folders of a package's `src`, bottom up. A folder imports only from itself and from folders before it. */
export const ORDER: Readonly<Record<string, readonly string[]>> = {
  cli: [
    "errors",
    "system",
    "command-line",
    "files",
    "profiles",
    "secrets",
    "error-messages",
    "sessions",
    "credentials",
    "prompts",
    "login",
    "commands",
  ],
  core: ["errors", "util", "net", "contract", "state", "store", "request", "login", "session", "node"],
};
const MOST_FILES = 20;
const FEWEST_FILES = 3;
/** It has one file for each error class, so it may have more files. */
const UNLIMITED = "errors";

export const folders: readonly Rule[] = [
  {
    name: "in a package with ordered folders, a folder imports only from folders above it in the table",
    *violations({ packages }) {
      for (const { one, order } of ordered(packages)) {
        for (const path of one.sources()) {
          const place = order.indexOf(topFolderOf(path) ?? "");
          // A file directly in src is an entry point, which may import everything.
          if (place === -1) continue;
          for (const needed of one.module(path).needs) {
            const other = target(one.module(path), needed);
            if (other === undefined || !other.startsWith("src/")) continue;
            const folder = topFolderOf(other);
            if (folder === undefined) yield { file: one.at(path), what: `imports the entry point "${needed}".` };
            else if (order.indexOf(folder) > place) {
              yield { file: one.at(path), what: `imports "${needed}", but ${folder}/ comes after ${order[place]}/.` };
            }
          }
        }
      }
    },
  },
  {
    name: "the table of ordered folders lists exactly the folders that exist",
    *violations({ packages }) {
      for (const { one, order } of ordered(packages)) {
        const existing = new Set(one.sources().flatMap((path) => topFolderOf(path) ?? []));
        for (const folder of existing) {
          if (!order.includes(folder)) yield { file: one.at(`src/${folder}`), what: "has no place in the table." };
        }
        for (const folder of order) {
          if (!existing.has(folder))
            yield { file: one.at(`src/${folder}`), what: "is in the table but does not exist." };
        }
      }
    },
  },
  {
    name: `a folder in src has at most ${MOST_FILES} files, except errors/, and at least ${FEWEST_FILES}`,
    *violations({ packages }) {
      for (const one of packages) {
        const counts = new Map<string, number>();
        for (const path of one.sources()) {
          const folder = posix.dirname(path);
          counts.set(folder, (counts.get(folder) ?? 0) + 1);
        }
        for (const [folder, count] of counts) {
          const tooMany = count > MOST_FILES && posix.basename(folder) !== UNLIMITED;
          const tooFew = count < FEWEST_FILES && folder !== "src";
          if (tooMany || tooFew) yield { file: one.at(folder), what: `has ${count} files.` };
        }
      }
    },
  },
];

function ordered(packages: readonly Package[]): { readonly one: Package; readonly order: readonly string[] }[] {
  return packages.flatMap((one) => {
    const order = ORDER[one.folder];
    return order === undefined ? [] : [{ one, order }];
  });
}

/** `contract` of `src/contract/events/login.ts`; `undefined` for a file directly in `src`. */
function topFolderOf(path: string): string | undefined {
  const [, folder, file] = path.split("/");
  return file === undefined ? undefined : folder;
}
