import type { KyInstance } from "ky";
import type { SessionEvents } from "../contract/events.ts";
import type { Flow } from "../contract/flow.ts";
import type { Settings } from "../contract/settings.ts";
import type { Clock } from "../util/clock.ts";
import type { LiveSession } from "./live-session.ts";

/** What the doors to a session, such as its `fetch`, see of it. */
export interface Engine<Data = unknown, User = unknown> extends SessionEvents<User> {
  readonly flow: Flow<Data, User>;
  readonly settings: Settings;
  readonly clock: Clock;
  /** The session's ky, once somebody wanted one. */
  http: KyInstance | undefined;
  /** The live session, if there is one, about to be used. Starts a renewal where that is due. Never waits. */
  use(): LiveSession<Data, User> | undefined;
  /** The live session without using it. */
  peek(): LiveSession<Data, User> | undefined;
  /** A live session about to be used, signed in to if need be. */
  acquire(signal?: AbortSignal | null): Promise<LiveSession<Data, User>>;
  /** The same without using it. */
  ready(signal?: AbortSignal | null): Promise<LiveSession<Data, User>>;
  login(signal?: AbortSignal): Promise<LiveSession<Data, User>>;
  renew(signal?: AbortSignal): Promise<LiveSession<Data, User>>;
  logout(signal?: AbortSignal): Promise<void>;
  /** The vendor refused a call made with `live`. */
  rejected(live: LiveSession<Data, User>, status: number): void;
  /** A response to a call made with `live` carried a new credential. */
  rotated(live: LiveSession<Data, User>, data: Data, response: Response): void;
}
