// What the pages speak of without making it, because it would only be in the way of what they show.
import type { AdminTokenSession } from "@vms/admin-token";
import type { Credentials, PoolShare, Session, SessionPool } from "@vms/core";
import type { EagleEyeSession } from "@vms/eagleeye";
import type { FindFaceSession } from "@vms/findface";

declare global {
  const baseUrl: string;
  const username: string;
  const password: string;
  /** A session of the page's vendor. */
  const session: AdminTokenSession & EagleEyeSession & FindFaceSession;
  const camera: { record(options: { signal: AbortSignal }): Promise<Blob> };
  const pool: SessionPool;
  function customerOf(key: string): Credentials & { readonly baseUrl: string };
  function stopWork(): Promise<void>;
  function openSession(key: string, shared: PoolShare): Session;
  const secretManager: { read(key: string): Promise<Credentials> };
  const mailbox: { codeFor(account: string, signal: AbortSignal): Promise<string> };
}
