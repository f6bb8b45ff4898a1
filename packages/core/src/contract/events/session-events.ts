import type { ExpiredEvent } from "./expired-event.ts";
import type { LoginEvent } from "./login-event.ts";
import type { LoginFailedEvent } from "./login-failed-event.ts";
import type { LoginLimitedEvent } from "./login-limited-event.ts";
import type { LoginStartedEvent } from "./login-started-event.ts";
import type { LogoutEvent } from "./logout-event.ts";
import type { RejectedEvent } from "./rejected-event.ts";
import type { RenewalFailedEvent } from "./renewal-failed-event.ts";
import type { RenewedEvent } from "./renewed-event.ts";
import type { ResentEvent } from "./resent-event.ts";
import type { RotatedEvent } from "./rotated-event.ts";
import type { StoreFailedEvent } from "./store-failed-event.ts";

/** The events of a session by name, for `session.on`. They contain no secrets. */
export interface SessionEvents<User = unknown> {
  login_started: LoginStartedEvent;
  login: LoginEvent<User>;
  login_failed: LoginFailedEvent;
  login_limited: LoginLimitedEvent;
  renewed: RenewedEvent<User>;
  renewal_failed: RenewalFailedEvent;
  rejected: RejectedEvent<User>;
  resent: ResentEvent;
  rotated: RotatedEvent<User>;
  expired: ExpiredEvent<User>;
  logout: LogoutEvent<User>;
  store_failed: StoreFailedEvent;
}

/** The name of an event. */
export type SessionEventName = keyof SessionEvents;

/** Any event of a session. */
export type SessionEvent<User = unknown> = SessionEvents<User>[SessionEventName];

// An object, so that the compiler reports a missing name.
const NAMES: Readonly<Record<SessionEventName, true>> = {
  login_started: true,
  login: true,
  login_failed: true,
  login_limited: true,
  renewed: true,
  renewal_failed: true,
  rejected: true,
  resent: true,
  rotated: true,
  expired: true,
  logout: true,
  store_failed: true,
};

export const EVENT_NAMES: readonly string[] = Object.keys(NAMES);
