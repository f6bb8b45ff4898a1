import { expiryOf } from "../contract/expiry.ts";
import type { Login } from "../contract/flow.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import { withSlash } from "../net/base-url.ts";
import { requireSecure } from "../net/secure-transport.ts";
import { createLiveSession, type FreshSession, type LiveSession } from "../state/live-session.ts";
import type { FlowRun } from "./flow-run.ts";
import type { VendorClock } from "./vendor-clock.ts";

/** Makes a live session of a login's result. */
export function newSession<Data, User>(
  { setup, account }: FlowRun<Data, User>,
  vendorClock: VendorClock,
  login: Login<Data, User>,
): FreshSession<Data, User> {
  const { flow, settings } = setup;
  const issuedAt = vendorClock.startedAt;
  const idleTimeout = [settings.idleTimeout, login.idleTimeout].find((ms) => ms !== undefined && Number.isFinite(ms));
  const baseUrl = withSlash(login.baseUrl ?? flow.baseUrl);
  requireSecure(flow.vendor, baseUrl, settings.allowInsecureHttp);
  const record: SessionRecord<Data, User> = {
    vendor: flow.vendor,
    account,
    baseUrl: baseUrl.href,
    issuedAt,
    ...expiryOf(login, issuedAt, vendorClock.offset, settings.lifetime),
    ...(idleTimeout === undefined ? {} : { idleTimeout }),
    user: login.user,
    data: login.data,
  };
  return createLiveSession(flow, record, settings);
}

/** Makes a live session of a live one and what `extend` returned. */
export function extendedSession<Data, User>(
  run: FlowRun<Data, User>,
  vendorClock: VendorClock,
  extended: Partial<Login<Data, User>>,
  { record, lineage }: LiveSession<Data, User>,
): FreshSession<Data, User> {
  const { flow, settings } = run.setup;
  const { data = record.data, user = record.user, idleTimeout = record.idleTimeout } = extended;
  const baseUrl = extended.baseUrl ?? new URL(record.baseUrl);
  const { record: next } = newSession(run, vendorClock, { ...extended, data, user, idleTimeout, baseUrl });
  const { expiresAt = record.expiresAt, expiresHint = record.expiresHint } = next;
  const kept = {
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(expiresHint === undefined ? {} : { expiresHint }),
  };
  return createLiveSession(flow, { ...next, ...kept }, settings, lineage);
}
