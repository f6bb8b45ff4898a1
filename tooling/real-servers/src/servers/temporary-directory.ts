import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Creates a private directory that is removed with `resources`. */
export async function temporaryDirectory(resources: AsyncDisposableStack, name: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), `vms-${name}-`));
  resources.defer(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}
