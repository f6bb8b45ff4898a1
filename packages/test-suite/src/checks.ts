/**
 * Checks a condition.
 * @throws {Error} `Error` with the message `otherwise` if the condition is false.
 */
export function check(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

/** Checks that two values are equal, objects as JSON. Not for secrets: the error shows both values. */
export function same(actual: unknown, expected: unknown, what: string): void {
  check(isSame(actual, expected), `${what}: expected ${show(expected)}, got ${show(actual)}.`);
}

export function isSame(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || (typeof a === "object" && typeof b === "object" && sorted(a) === sorted(b));
}

/** Returns the error of `run`. Fails if there is none. */
export async function failureOf(run: () => unknown, what: string): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error(`${what} should have failed, but did not.`);
}

/** Waits for a promise for at most `ms`. */
export async function within<T>(promise: Promise<T>, ms: number, otherwise: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(otherwise)), ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits a few ms, so that pending work can run. */
export function pause(ms = 5): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Returns the start of a value, for a message. */
export function show(value: unknown): string {
  const text = value instanceof Error ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 120)}… (${text.length} characters)` : text;
}

// The order of keys does not matter.
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
