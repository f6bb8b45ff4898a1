import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startRehearsal } from "./rehearsal.ts";

// Runs the commands of the workflows, except what only the forge can do: identity and provenance. A stub records the calls
// of its client `gh`.

test("after a release of everything with a failure in between, a patch releases only @vms/alta", async () => {
  const { repository, registry, npm, said } = await startRehearsal();

  // The registry fails midway, and the failed jobs run again.
  registry.refuse("@vms/findface");
  await expect(repository.release()).rejects.toThrow("Not now");
  expect(registry.published[0]).toMatch(/^@vms\/core@/);
  await repository.again();
  const first = [...registry.published];
  const tags = (await said()).split("\n").flatMap((line) => /^release create (\S+)/.exec(line)?.[1] ?? []);
  expect(tags.sort()).toEqual([...first].sort());
  const versions = new Map(
    first.map((one) => [one.slice(0, one.lastIndexOf("@")), one.slice(one.lastIndexOf("@") + 1)]),
  );
  const version = versions.get("@vms/alta") ?? "";
  const patched = version.replace(/\d+$/, (patch) => String(Number(patch) + 1));
  const changelog = await readFile(join(repository.path, "packages/alta/CHANGELOG.md"), "utf8");
  expect(changelog).toContain(`## ${version}`);
  expect(await repository.release()).toEqual([]);

  await writeFile(
    join(repository.path, ".changeset/mended.md"),
    '---\n"@vms/alta": patch\n---\n\nA second factor that was asked for twice is asked for once.\n',
  );
  await repository.merge("Ask for a second factor once");
  expect(await repository.release()).toEqual([`@vms/alta@${patched}`]);
  expect(registry.published.slice(first.length)).toEqual([`@vms/alta@${patched}`]);
  expect(await said()).toContain(`release create @vms/alta@${patched} --target ${await repository.head()}`);

  const project = join(repository.path, "..", "project");
  await mkdir(project);
  await writeFile(join(project, "package.json"), '{ "private": true, "type": "module" }');
  await npm(project, "install", "@vms/alta");
  const installed = JSON.parse(await npm(project, "ls", "--all", "--json"));
  expect(installed.dependencies["@vms/alta"]).toMatchObject({
    version: patched,
    dependencies: { "@vms/core": { version: versions.get("@vms/core") } },
  });
  const use = 'import { createAltaSession } from "@vms/alta"; console.log(typeof createAltaSession);';
  expect(await npm(project, "exec", "--", "node", "--input-type=module", "--eval", use)).toBe("function\n");
}, 600_000);
