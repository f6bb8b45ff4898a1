import type { TimeLine } from "./machine/time-line.ts";

/** Whether something is unreachable, and since when it is back. */
export interface Outage {
  readonly isOn: boolean;
  begin(): void;
  end(): void;
  /** Whether the outage was in progress at any time since `from`. */
  touches(from: number): boolean;
}

export function createOutage(time: Pick<TimeLine, "now">): Outage {
  let isOn = false;
  let endedAt = Number.NEGATIVE_INFINITY;
  return {
    get isOn() {
      return isOn;
    },
    begin() {
      isOn = true;
    },
    end() {
      isOn = false;
      endedAt = time.now();
    },
    touches: (from) => isOn || from <= endedAt,
  };
}
