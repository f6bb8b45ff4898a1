import nock from "nock";
import { afterEach, beforeEach } from "vitest";

/** Blocks the network in each test of a file except for the requests that nock expects. A test fails if one is not sent. */
export function useNock(): void {
  beforeEach(() => nock.disableNetConnect());
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.cleanAll();
    nock.enableNetConnect();
    if (pending.length > 0) throw new Error(`never requested: ${pending.join(", ")}`);
  });
}
