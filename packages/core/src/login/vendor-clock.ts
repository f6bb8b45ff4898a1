import { clockOffset } from "../contract/expiry.ts";
import type { Clock } from "../util/clock.ts";
import { type Moment, momentOf, timeOf } from "../util/moment.ts";

/** What one run of a flow has seen of time: when the session began, and how far the vendor's clock is ahead. */
export class VendorClock {
  /** How far the vendor's clock is ahead of ours in ms, by its last `Date`; 0 if none could be read. */
  offset = 0;
  readonly #clock: Clock;
  #startedAt: Moment | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** When the first request was sent, in ms since the epoch. The current time, if none was sent. */
  get startedAt(): number {
    return this.#startedAt === undefined ? this.#clock.now() : timeOf(this.#startedAt, this.#clock);
  }

  /** A request is sent now. */
  sent(): Moment {
    const sentAt = momentOf(this.#clock);
    this.#startedAt ??= sentAt;
    return sentAt;
  }

  /** @returns the current time by the vendor's clock, in ms since the epoch. */
  received(date: string | null, sentAt: Moment): number {
    const now = this.#clock.now();
    if (date !== null) this.offset = clockOffset(date, timeOf(sentAt, this.#clock), now);
    return now + this.offset;
  }

  /** The login has waited for a person, which can take longer than an idle session lives. So the session begins later. */
  restart(): void {
    this.#startedAt = undefined;
  }
}
