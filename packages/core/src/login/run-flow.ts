import type { Credentials } from "../contract/credentials.ts";
import { expiryOf } from "../contract/expiry.ts";
import type { Flow, Login } from "../contract/flow.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import { SessionClosed } from "../errors/session-closed.ts";
import { withSlash } from "../net/base-url.ts";
import { requireSecure } from "../net/secure-transport.ts";
import { createLiveSession, type LiveSession } from "../state/live-session.ts";
import { type HumanAccess, humanAccessOf, newAttempt } from "./attempt.ts";
import { createFlowContext, type FlowRunContext } from "./flow-context.ts";
import { withRetry } from "./retry.ts";
import type { SessionSetup } from "./session-setup.ts";

/** Who asks for a conversation. */
export interface FlowRun<Data, User> {
  readonly signal: AbortSignal;
  readonly credentials: () => Promise<Credentials>;
  readonly previous: SessionRecord<Data, User> | undefined;
  /** Whether the session was signed out meanwhile: then nothing more is sent. */
  readonly dropped: () => boolean;
  readonly attendance: HumanAccess;
}

/**
 * Signs in.
 * @param failed told what the flow failed with, also where nobody waits for it any more.
 */
export function runLogin<Data, User>(
  vendor: SessionSetup<Data, User>,
  asking: FlowRun<Data, User>,
  account: string,
  failed: (error: unknown) => void,
): Promise<LiveSession<Data, User>> {
  return runFlow(
    vendor,
    asking,
    account,
    async (conversation) => {
      const login = await vendor.flow.login(conversation.context).catch((error: unknown) => {
        failed(error);
        throw error;
      });
      return liveOf(vendor, conversation, login, account);
    },
    // The answer came after everybody had left: the vendor holds a session that nobody will use, and it is ended.
    (live) => void runLogout(vendor, live.record).catch(() => {}),
  );
}

/** Takes up a session by its cookies; `undefined` where that is not to be had. */
export function runResume<Data, User>(
  vendor: SessionSetup<Data, User>,
  asking: FlowRun<Data, User>,
  account: string,
  cookies: Readonly<Record<string, string>>,
): Promise<LiveSession<Data, User> | undefined> {
  return runFlow(vendor, asking, account, async (conversation) => {
    const login = await vendor.flow.resume?.(conversation.context, cookies);
    // A flow in plain JavaScript may return `null`.
    return login ? liveOf(vendor, conversation, login, account) : undefined;
  });
}

/** Prolongs a live session by what its flow has for that. */
export function runExtend<Data, User>(
  vendor: SessionSetup<Data, User>,
  asking: FlowRun<Data, User>,
  { record, lineage }: LiveSession<Data, User>,
  extend: NonNullable<Flow<Data, User>["extend"]>,
): Promise<LiveSession<Data, User>> {
  return runFlow(vendor, asking, record.account, async (conversation) => {
    const login = await extend.call(vendor.flow, conversation.context, record);
    return liveOf(vendor, conversation, login, record.account, lineage);
  });
}

/** Ends a record at the vendor; does nothing where the vendor has no sign-out. */
export async function runLogout<Data, User>(
  vendor: SessionSetup<Data, User>,
  record: SessionRecord<Data, User>,
): Promise<void> {
  const { flow } = vendor;
  if (flow.logout === undefined) return;
  // As of an attempt that nobody waits for: no human is asked.
  const attempt = newAttempt({ quiet: true, mayAdopt: false, mayExtend: false });
  const asking: FlowRun<Data, User> = {
    signal: attempt.abort.signal,
    credentials: () => Promise.reject(new SessionClosed(flow.vendor, "signing out asks for no credentials.")),
    previous: record,
    dropped: () => false,
    attendance: humanAccessOf(attempt, { codes: 0 }),
  };
  await runFlow(vendor, asking, record.account, async ({ context }) => flow.logout?.(context, record));
}

/** One conversation, bounded by `timeout` and repeated where that is safe. What it yields too late goes to `late`. */
function runFlow<Data, User, T>(
  { flow, settings, clock }: SessionSetup<Data, User>,
  asking: FlowRun<Data, User>,
  account: string,
  step: (conversation: FlowRunContext<Data, User>) => Promise<T>,
  late?: (value: T) => void,
): Promise<T> {
  const check = () => {
    if (asking.dropped()) throw new SessionClosed(flow.vendor, "the session was signed out during this login.");
  };
  return withRetry(
    flow.vendor,
    settings,
    clock,
    asking.signal,
    (signal, deadline) =>
      step(createFlowContext({ flow, settings, clock, ...asking, signal, deadline, account, check })),
    late,
  );
}

function liveOf<Data, User>(
  { flow, settings }: SessionSetup<Data, User>,
  conversation: FlowRunContext<Data, User>,
  login: Login<Data, User>,
  account: string,
  lineage?: symbol,
): LiveSession<Data, User> {
  const issuedAt = conversation.startedAt();
  const idleTimeout = [settings.idleTimeout, login.idleTimeout].find((ms) => ms !== undefined && Number.isFinite(ms));
  const baseUrl = withSlash(login.baseUrl ?? flow.baseUrl);
  requireSecure(flow.vendor, baseUrl, settings.allowInsecureHttp);
  const record: SessionRecord<Data, User> = {
    vendor: flow.vendor,
    account,
    baseUrl: baseUrl.href,
    issuedAt,
    ...expiryOf(login, issuedAt, conversation.offset(), settings.lifetime),
    ...(idleTimeout === undefined ? {} : { idleTimeout }),
    user: login.user,
    data: login.data,
  };
  return createLiveSession(flow, record, settings, lineage);
}
