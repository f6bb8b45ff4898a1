import type { KyInstance } from "ky";
import type { SessionEvent, SessionEventName, SessionEvents } from "../contract/events/session-events.ts";
import type { SessionHealth } from "../contract/events/session-health.ts";
import type { Flow } from "../contract/flow/flow.ts";
import type { Settings } from "../contract/settings.ts";
import type { Clock } from "../util/clock.ts";
import type { LiveSession } from "./live-session.ts";

/** The interface of the engine for everything that sends calls, such as `session.fetch`. */
export interface Engine<Data = unknown, User = unknown> {
  readonly flow: Flow<Data, User>;
  readonly settings: Settings;
  readonly clock: Clock;
  /** The session's ky instance, once it is created. */
  http: KyInstance | undefined;
  /** Returns the live session for a call, if there is one. Starts a renewal if one is due. Never waits. */
  use(): LiveSession<Data, User> | undefined;
  /** Returns the live session, if there is one. Does not count as a use. */
  peek(): LiveSession<Data, User> | undefined;
  /** Returns a live session. Signs in if needed. It does not count as a use. */
  ready(signal?: AbortSignal | null): Promise<LiveSession<Data, User>>;
  /** Runs a call when the calls before it have their responses. For flows whose calls are `exclusive`. */
  inTurn<T>(signal: AbortSignal | null | undefined, call: () => Promise<T>): Promise<T>;
  login(signal?: AbortSignal): Promise<LiveSession<Data, User>>;
  renew(signal?: AbortSignal): Promise<LiveSession<Data, User>>;
  readonly health: SessionHealth;
  /** When the live session last sent a request, in ms of elapsed time. `undefined`: not since it is used here. */
  readonly lastUse: number | undefined;
  /** What the next login waits for. */
  signingOut: Promise<unknown> | undefined;
  /** Whether `logout()` or `close()` was called. */
  readonly isClosed: boolean;
  /** Waits until no caller waits for a login, and no call of the live session is in flight. */
  unused(): Promise<void>;
  on<E extends SessionEventName>(type: E, listener: (event: SessionEvents<User>[E]) => void): () => void;
  emit(event: SessionEvent<User>): void;
  /**
   * Reports that the vendor rejected a call made with `live`.
   * @param call the method and the path of the call.
   * @param rejections how often the call was sent before, and rejected.
   * @returns whether the call may be sent again with the next session. Otherwise the session stays in use.
   */
  rejected(live: LiveSession<Data, User>, status: number, call: string, rejections: number): boolean;
  /** Reports that the vendor accepted a call made with `live`. */
  accepted(live: LiveSession<Data, User>, call: string | undefined): void;
  /** Reports a new credential in the response to a call made with `live`. */
  rotated(live: LiveSession<Data, User>, data: Data, response: Response): void;
}
