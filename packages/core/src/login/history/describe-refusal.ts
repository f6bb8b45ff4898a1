import type { Refusal } from "./refusal.ts";

/** Appends to a refusal's error when it happened and what lifts it. */
export function describeRefusal({ error, since, until }: Refusal): void {
  const end = until === undefined ? "" : `, or until ${isoTime(until)}`;
  const text = ` The login was refused at ${isoTime(since)}. It is not sent again until it changes or \`renew()\` is called${end}.`;
  const { message, stack } = error;
  // A flow may throw the same object again.
  if (message.includes(" The login was refused at ")) return;
  error.message = message + text;
  if (stack !== undefined) error.stack = stack.replace(message, message + text);
}

function isoTime(ms: number): string {
  const time = new Date(ms);
  return Number.isNaN(time.getTime()) ? "an unknown time" : time.toISOString();
}
