import type { Clock } from "./clock.ts";
import { type Conversation, converse } from "./conversation.ts";
import type { Credentials } from "./credentials.ts";
import type { Deadline } from "./deadline.ts";
import { SessionClosed } from "./errors/session-closed.ts";
import type { Flow, FlowContext, Login } from "./flow.ts";
import { endsOf } from "./lifetime.ts";
import { type Live, makeLive } from "./live.ts";
import type { Settings } from "./options.ts";
import type { SessionRecord } from "./record.ts";
import { withRetry } from "./retry.ts";
import type { CodeCount } from "./second-factor.ts";
import { withSlash } from "./target.ts";
import { requireSecure } from "./transport.ts";

/** The conversations with the vendor, each bounded by `timeout` and repeated where that is safe. */
export interface Conversations<Data, User> {
  /** @param failed told what the flow failed with, also where nobody waits for it any more. */
  login(asking: Asking<Data, User>, account: string, failed: (error: unknown) => void): Promise<Live<Data, User>>;
  /** Takes up a session by its cookies; `undefined` where that is not to be had. */
  resume(
    asking: Asking<Data, User>,
    account: string,
    cookies: Readonly<Record<string, string>>,
  ): Promise<Live<Data, User> | undefined>;
  extend(asking: Asking<Data, User>, live: Live<Data, User>): Promise<Live<Data, User>>;
  /** Ends a record at the vendor; does nothing where the vendor has no sign-out. */
  logout(record: SessionRecord<Data, User>): Promise<void>;
}

/** Who asks for a conversation. */
export interface Asking<Data, User> {
  readonly signal: AbortSignal;
  readonly credentials: () => Promise<Credentials>;
  readonly previous: SessionRecord<Data, User> | undefined;
  /** Whether the session was signed out meanwhile: then nothing more is sent. */
  readonly dropped: () => boolean;
  readonly attendance: Attendance;
}

/** Whether somebody may be asked for what only a human has. */
export interface Attendance {
  /** Whether a human may be asked now. */
  readonly mayAsk: () => boolean;
  /** Told the error that says that a human was needed, and not asked. */
  readonly spared: (error: Error) => void;
  /** A signal for one question to a human: it ends when nobody waits any more. */
  readonly left: () => AbortSignal;
  /** Ends when the session is signed out. */
  readonly signal: AbortSignal;
  /** The codes asked for so far. */
  readonly count: CodeCount;
}

/** Where no human is ever asked. */
const nobody = (): Attendance => ({
  mayAsk: () => false,
  spared: () => {},
  left: () => new AbortController().signal,
  signal: new AbortController().signal,
  count: { asked: 0, wrong: { codes: 0 } },
});

export function createConversations<Data, User>(
  flow: Flow<Data, User>,
  settings: Settings,
  clock: Clock,
): Conversations<Data, User> {
  function hold<T>(
    asking: Asking<Data, User>,
    signal: AbortSignal,
    deadline: Deadline,
    account: string,
    step: (context: FlowContext<Data, User>, conversation: Conversation<Data, User>) => Promise<T>,
  ): Promise<T> {
    const check = () => {
      if (asking.dropped()) throw new SessionClosed(flow.vendor, "the session was signed out during this login.");
    };
    const conversation = converse({ flow, settings, clock, ...asking, signal, deadline, account, check });
    return step(conversation.context, conversation);
  }

  async function logout(record: SessionRecord<Data, User>): Promise<void> {
    if (flow.logout === undefined) return;
    const asking: Asking<Data, User> = {
      signal: new AbortController().signal,
      credentials: () => Promise.reject(new SessionClosed(flow.vendor, "signing out asks for no credentials.")),
      previous: record,
      dropped: () => false,
      attendance: nobody(),
    };
    await withRetry(flow.vendor, settings, clock, asking.signal, (signal, deadline) =>
      hold(asking, signal, deadline, record.account, (context) => flow.logout?.(context, record) ?? Promise.resolve()),
    );
  }

  // Where the answer came after everybody had left, the vendor holds a session that nobody will use: it is ended.
  function undo(live: Live<Data, User>): void {
    logout(live.record).catch(() => {});
  }

  return {
    logout,
    login: (asking, account, failed) =>
      withRetry(
        flow.vendor,
        settings,
        clock,
        asking.signal,
        (signal, deadline) =>
          hold(asking, signal, deadline, account, async (context, conversation) => {
            const login = await flow.login(context).catch((error: unknown) => {
              failed(error);
              throw error;
            });
            return makeLive(flow, toRecord(login, account, conversation), settings);
          }),
        undo,
      ),
    resume: (asking, account, cookies) =>
      withRetry(flow.vendor, settings, clock, asking.signal, (signal, deadline) =>
        hold(asking, signal, deadline, account, async (context, conversation) => {
          const login = await flow.resume?.(context, cookies);
          return login === undefined ? undefined : makeLive(flow, toRecord(login, account, conversation), settings);
        }),
      ),
    extend: (asking, live) =>
      withRetry(flow.vendor, settings, clock, asking.signal, (signal, deadline) =>
        hold(asking, signal, deadline, live.record.account, async (context, conversation) => {
          if (flow.extend === undefined) throw new TypeError("this flow cannot prolong a session");
          const login = await flow.extend(context, live.record);
          return makeLive(flow, toRecord(login, live.record.account, conversation), settings, live.lineage);
        }),
      ),
  };

  function toRecord(
    login: Login<Data, User>,
    account: string,
    conversation: Conversation<Data, User>,
  ): SessionRecord<Data, User> {
    const issuedAt = conversation.startedAt();
    const idleTimeout = [settings.idleTimeout, login.idleTimeout].find((ms) => ms !== undefined && Number.isFinite(ms));
    const baseUrl = new URL(login.baseUrl ?? flow.baseUrl);
    requireSecure(flow.vendor, baseUrl, settings.allowInsecureHttp);
    return {
      vendor: flow.vendor,
      account,
      baseUrl: withSlash(baseUrl).href,
      issuedAt,
      ...endsOf(login, issuedAt, conversation.offset(), settings.lifetime),
      ...(idleTimeout === undefined ? {} : { idleTimeout }),
      user: login.user,
      data: login.data,
    };
  }
}
