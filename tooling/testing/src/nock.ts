import nock from "nock";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";

/** In each test of a file, blocks all requests that nock does not expect. A test fails if an expected request is not sent. */
export function useNock(): void {
  beforeAll(() => {
    if (!nock.isActive()) nock.activate();
  });
  // Otherwise, real sockets in later files of this worker would go through nock, which breaks long bodies.
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
 * Waits until all requests that nock expects have been sent: a failed login signs out what it left open after it throws.
 */
export async function allRequested(): Promise<void> {
  await expect.poll(() => nock.pendingMocks(), { timeout: 10_000 }).toEqual([]);
}
