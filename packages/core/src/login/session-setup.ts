import type { SessionEvent } from "../contract/events/session-events.ts";
import type { Flow } from "../contract/flow/flow.ts";
import type { Settings } from "../contract/settings.ts";
import type { SessionRepository } from "../store/session-repository.ts";
import type { Clock } from "../util/clock.ts";

export interface SessionSetup<Data, User> {
  readonly flow: Flow<Data, User>;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly repository: SessionRepository<Data, User> | undefined;
  emit(event: SessionEvent<User>): void;
}
