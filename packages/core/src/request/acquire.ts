import type { Engine } from "../state/engine.ts";
import { type LiveSession, noteUse } from "../state/live-session.ts";

export async function acquire<Data, User>(
  engine: Engine<Data, User>,
  signal?: AbortSignal | null,
): Promise<LiveSession<Data, User>> {
  const live = await engine.ready(signal);
  noteUse(live, engine.clock);
  return live;
}
