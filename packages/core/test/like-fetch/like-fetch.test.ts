import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { abortProbes } from "./fetch-probes/aborts.ts";
import { bodyProbes } from "./fetch-probes/bodies.ts";
import { headerProbes } from "./fetch-probes/headers.ts";
import { initProbes } from "./fetch-probes/inits.ts";
import { inputProbes } from "./fetch-probes/inputs.ts";
import { redirectProbes } from "./fetch-probes/redirects.ts";
import { requestProbes } from "./fetch-probes/requests.ts";
import { responseProbes } from "./fetch-probes/responses.ts";
import { differingPaths } from "./observe.ts";
import type { Probe } from "./probe.ts";
import { bareWay, sessionWay, type Way } from "./ways.ts";

const all: readonly Probe[] = [
  ...inputProbes,
  ...initProbes,
  ...headerProbes,
  ...bodyProbes,
  ...requestProbes,
  ...redirectProbes,
  ...responseProbes,
  ...abortProbes,
];

let bare: Way;
let sessions: Way[];
beforeAll(async () => {
  bare = await bareWay();
  sessions = await Promise.all([sessionWay("signed in"), sessionWay("revoked"), sessionWay("not signed in")]);
});
afterAll(() => {
  for (const way of [bare, ...sessions]) way.close();
});

describe("session.fetch does what fetch does", () => {
  test.for(all)("$name", { timeout: 8_000 }, async (probe) => {
    const expected = await bare.run(probe);
    for (const way of sessions) {
      const actual = await way.run(probe);
      if (process.env.VMS_SHOW && differingPaths(expected, actual).length > 0)
        expect([way.name, differingPaths(expected, actual)]).toEqual([way.name, []]);
    }
  });
});
