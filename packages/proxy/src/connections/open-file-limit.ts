import { readFileSync } from "node:fs";

/** How many files and connections this process may open. `undefined` if it is unknown or unlimited. */
export function openFileLimit(): number | undefined {
  try {
    const limits = readFileSync("/proc/self/limits", "utf8");
    const soft = /^Max open files +(\d+)/m.exec(limits)?.[1];
    return soft === undefined ? undefined : Number(soft);
  } catch {
    // Other systems than Linux.
    return undefined;
  }
}
