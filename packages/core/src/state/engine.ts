import type { KyInstance } from "ky";
import type { SessionEvent, SessionEventName, SessionEvents } from "../contract/events/session-events.ts";
import type { SessionHealth } from "../contract/events/session-health.ts";
import type { Flow } from "../contract/flow/flow.ts";
import type { Settings } from "../contract/settings.ts";
import type { Clock } from "../util/clock.ts";
import type { LiveSession } from "./live-session.ts";

/** The engine for everything that sends calls, such as `session.fetch`. */
export interface Engine<Data = unknown, User = unknown> {
  readonly flow: Flow<Data, User>;
  readonly settings: Settings;
  readonly clock: Clock;
  /** Set at the first use. */
  http: KyInstance | undefined;
  /** Returns the live session for a call, and starts a renewal that is due. Never waits. */
  use(): LiveSession<Data, User> | undefined;
  /** Does not count as a use. */
  peek(): LiveSession<Data, User> | undefined;
  /** Signs in if needed. Does not count as a use. */
  ready(signal?: AbortSignal | null): Promise<LiveSession<Data, User>>;
  /** For `exclusive` flows: runs a call once all earlier calls have their responses. */
  inTurn<T>(signal: AbortSignal | null | undefined, call: () => Promise<T>): Promise<T>;
  login(signal?: AbortSignal): Promise<LiveSession<Data, User>>;
  renew(signal?: AbortSignal): Promise<LiveSession<Data, User>>;
  readonly health: SessionHealth;
  /** In ms of elapsed time. `undefined`: none in this process. */
  readonly lastUse: number | undefined;
  /** What the next login waits for. */
  signingOut: Promise<unknown> | undefined;
  readonly isClosed: boolean;
  /** Waits until no caller waits for a login and no call is in flight. */
  unused(): Promise<void>;
  on<E extends SessionEventName>(type: E, listener: (event: SessionEvents<User>[E]) => void): () => void;
  emit(event: SessionEvent<User>): void;
  /**
   * Reports a rejected call.
   * @param call method and path.
   * @param rejections how often it was rejected before.
   * @returns whether to resend it with the next session. Otherwise this session stays in use.
   */
  rejected(live: LiveSession<Data, User>, status: number, call: string, rejections: number): boolean;
  accepted(live: LiveSession<Data, User>, call: string | undefined): void;
  rotated(live: LiveSession<Data, User>, data: Data, response: Response): void;
}
