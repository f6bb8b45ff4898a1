import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Writes files below a root, then calls `run`. If one of them fails, every file is restored.
 * @param files the texts of the files, by their paths from the root.
 * @param written what `run` writes, by its paths from the root.
 */
export async function writeOrRestore(
  root: string,
  files: ReadonlyMap<string, string>,
  written: readonly string[],
  run: () => Promise<void>,
): Promise<void> {
  const paths = [...new Set([...files.keys(), ...written])];
  const originals = await Promise.all(paths.map(async (path) => [path, await textOf(join(root, path))] as const));
  const folders: string[] = [];
  try {
    for (const [path, text] of files) {
      const made = await mkdir(dirname(join(root, path)), { recursive: true });
      if (made !== undefined) folders.push(made);
      await writeFile(join(root, path), text);
    }
    await run();
  } catch (error) {
    for (const [path, text] of originals) {
      if (text === undefined) await rm(join(root, path), { force: true });
      else await writeFile(join(root, path), text);
    }
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
