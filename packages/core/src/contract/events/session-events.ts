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
  /** A login is sent to the vendor. */
  login_started: LoginStartedEvent;
  /** A session starts. */
  login: LoginEvent<User>;
  /** A login fails. */
  login_failed: LoginFailedEvent;
  /** A login would help but is not sent. */
  login_limited: LoginLimitedEvent;
  /** A live session is extended or replaced. */
  renewed: RenewedEvent<User>;
  /** A background renewal fails. */
  renewal_failed: RenewalFailedEvent;
  /** The vendor rejects the session's credential. */
  rejected: RejectedEvent<User>;
  /** A rejected call is sent again. */
  resent: ResentEvent;
  /** A response carries a new credential. */
  rotated: RotatedEvent<User>;
  /** The session has expired. */
  expired: ExpiredEvent<User>;
  /** `logout()` has finished. */
  logout: LogoutEvent<User>;
  /** A store operation fails. */
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
