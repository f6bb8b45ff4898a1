import type { Engine } from "../state/engine.ts";
import { type LiveSession, noteUse } from "../state/live-session.ts";

/** Returns a live session for a call. Signs in if needed. */
export async function acquire<Data, User>(
  engine: Engine<Data, User>,
  signal?: AbortSignal | null,
): Promise<LiveSession<Data, User>> {
  const live = await engine.ready(signal);
  noteUse(live, engine.clock);
  return live;
}
