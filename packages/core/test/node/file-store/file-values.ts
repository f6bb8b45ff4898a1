import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { type FileStore, fileStore } from "../../../src/node/file-store/file-store.ts";
import { shown } from "../../shown.ts";
import { temporaryDirectory } from "./temporary.ts";

/** A key and a value that no failure may show. */
export const KEY = "vms|fake|https://vendor.example|Kanari%40example.com|00";
export const SECRET = "Kanari-value-Zk3";

export const posix: boolean = process.platform !== "win32";

export async function fresh(): Promise<{ directory: string; store: FileStore }> {
  const directory = join(await temporaryDirectory(), "sessions");
  return { directory, store: fileStore({ directory }) };
}

/** A store with one value, and the path of its file. */
export async function withValue(): Promise<{ directory: string; store: FileStore; file: string }> {
  const { directory, store } = await fresh();
  await store.set(KEY, SECRET);
  const [name = ""] = await readdir(directory);
  return { directory, store, file: join(directory, name) };
}

/** The message of the store's error, which shows no secret. */
export function refusal(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => expect.unreachable("it was not refused"),
    (error: Error) => {
      expect(error).toMatchObject({ name: "StoreFailed", code: "store_failed" });
      expect(shown(error)).not.toMatch(/Kanari/);
      return error.message;
    },
  );
}
