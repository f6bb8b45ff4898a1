import { clockOffset } from "../contract/expiry.ts";
import type { Clock } from "../util/clock.ts";
import { type Moment, momentOf, timeOf } from "../util/moment.ts";

/** When a session began and how far the vendor's clock is ahead, as seen by one run of a flow. */
export class VendorClock {
  /** In ms, by the last `Date` header. 0 if none could be read. */
  offset = 0;
  readonly #clock: Clock;
  #startedAt: Moment | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** When the first request was sent, in ms since the epoch. Before that, the current time. */
  get startedAt(): number {
    return this.#startedAt === undefined ? this.#clock.now() : timeOf(this.#startedAt, this.#clock);
  }

  sent(): Moment {
    const sentAt = momentOf(this.#clock);
    this.#startedAt ??= sentAt;
    return sentAt;
  }

  /** @returns the vendor's current time, in ms since the epoch. */
  received(date: string | null, sentAt: Moment): number {
    const now = this.#clock.now();
    if (date !== null) this.offset = clockOffset(date, timeOf(sentAt, this.#clock), now);
    return now + this.offset;
  }

  /** Moves the start to the next request, because a prompt can outlast an idle session. */
  restart(): void {
    this.#startedAt = undefined;
  }
}
