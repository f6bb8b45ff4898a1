import { expiryOf } from "../contract/expiry.ts";
import type { Login } from "../contract/flow/flow.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import { withSlash } from "../net/base-url.ts";
import { requireSecure } from "../net/secure-transport.ts";
import { createLiveSession, type FreshSession } from "../state/live-session.ts";
import { drawRenewal } from "../state/renewal-time.ts";
import type { FlowRun } from "./flow-run.ts";
import type { VendorClock } from "./vendor-clock.ts";

export function newSession<Data, User>(
  { setup, attempt, account }: FlowRun<Data, User>,
  vendorClock: VendorClock,
  login: Login<Data, User>,
): FreshSession<Data, User> {
  const { flow, settings, clock } = setup;
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
    renewAfter: drawRenewal(attempt.background, clock.random()),
    user: login.user,
    data: login.data,
  };
  return createLiveSession(flow, record, settings);
}
