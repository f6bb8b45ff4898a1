import type { Live } from "./live.ts";

/** What the session's calls see of its life. */
export interface Engine<Data, User> {
  /** The live session, if there is one, about to be used. Starts a renewal where that is due. Never waits. */
  use(): Live<Data, User> | undefined;
  /** The live session without using it. */
  peek(): Live<Data, User> | undefined;
  /** A live session about to be used, signed in to if need be. */
  acquire(signal?: AbortSignal | null): Promise<Live<Data, User>>;
  /** The same without using it. */
  ready(signal?: AbortSignal | null): Promise<Live<Data, User>>;
  login(signal?: AbortSignal): Promise<Live<Data, User>>;
  renew(signal?: AbortSignal): Promise<Live<Data, User>>;
  logout(signal?: AbortSignal): Promise<void>;
  /** The vendor refused a call made with `live`. */
  rejected(live: Live<Data, User>, status: number): void;
  /** A response to a call made with `live` carried a new credential. */
  rotated(live: Live<Data, User>, data: Data, response: Response): void;
}
