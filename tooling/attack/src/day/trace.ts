import { createHash } from "node:crypto";

/** A digest of everything that happens in a day. */
export interface Trace {
  add(...what: readonly (string | number)[]): void;
  /** The digest of everything so far, in hexadecimal. */
  digest(): string;
  /** The number of additions. */
  readonly length: number;
}

export function createTrace(): Trace {
  const hash = createHash("sha256");
  let length = 0;
  return {
    add(...what) {
      hash.update(`${what.join(" ")}\n`);
      length++;
    },
    digest: () => hash.copy().digest("hex"),
    get length() {
      return length;
    },
  };
}
