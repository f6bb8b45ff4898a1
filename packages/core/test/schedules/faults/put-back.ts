import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import { fileOf, type Mutation, mutate } from "../../mutations/mutation.ts";

/** Puts a fault back into the core without changing a file. Import the core afterwards. */
export function putBack(fault: Mutation): void {
  const { href } = pathToFileURL(fileOf(fault));
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (url !== href) return loaded;
      return { ...loaded, source: mutate(fault, String(loaded.source)) };
    },
  });
}
