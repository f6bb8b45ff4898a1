import { expect, test } from "vitest";
import { streams, timed } from "../src/proxy/loads.ts";
import { startProcesses, WAYS } from "../src/proxy/processes.ts";
import { peakOf, resetPeak } from "../src/proxy/usage.ts";

const MB = 2 ** 20;

test("each proxy handles each load", { timeout: 120_000 }, async () => {
  await using processes = await startProcesses();
  for (const load of Object.values(timed)) {
    for (const way of WAYS) {
      expect(await processes.send(processes.ways[way], { ...load, requests: 8, connections: 4 })).toBeGreaterThan(0);
    }
  }
});

test("the memory of `vms proxy` stays flat while 200 MB pass to a slow reader, down and up", {
  timeout: 120_000,
}, async () => {
  await using processes = await startProcesses();
  const vms = processes.ways["vms proxy"];
  for (const stream of Object.values(streams)) {
    // The first stream warms up the heap.
    await processes.send(vms, stream);
    const before = resetPeak(vms.pid);
    await processes.send(vms, stream);
    const peak = peakOf(vms.pid);
    if (before === undefined || peak === undefined) continue;
    expect((peak - before) / MB).toBeLessThan(50);
  }
});
