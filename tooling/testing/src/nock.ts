import nock from "nock";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";

/** Blocks the network in each test of a file except for the requests that nock expects. A test fails if one is not sent. */
export function useNock(): void {
  beforeAll(() => {
    if (!nock.isActive()) nock.activate();
  });
  // Otherwise the real sockets of the files that this worker runs next would go through nock, which breaks long bodies.
  afterAll(() => nock.restore());
  beforeEach(() => nock.disableNetConnect());
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.cleanAll();
    nock.enableNetConnect();
    if (pending.length > 0) throw new Error(`never requested: ${pending.join(", ")}`);
  });
}

/**
 * Waits until all requests that nock expects have been sent. What a failed login left open is signed out after the login
 * has thrown its error.
 */
export async function allRequested(): Promise<void> {
  await expect.poll(() => nock.pendingMocks(), { timeout: 10_000 }).toEqual([]);
}
