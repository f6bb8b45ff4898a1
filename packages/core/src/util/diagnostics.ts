import { builtinModule } from "./builtin-module.ts";

/** A channel of `node:diagnostics_channel`, as far as it is used here. */
interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: object): void;
}

/** A tracing channel: one channel per step of an operation. */
interface TracingChannel {
  readonly start: Channel;
  readonly end: Channel;
  readonly asyncStart: Channel;
  readonly asyncEnd: Channel;
  readonly error: Channel;
  tracePromise<T>(run: () => Promise<T>, message: object): Promise<T>;
}

interface DiagnosticsChannel {
  channel(name: string): Channel;
  tracingChannel(name: string): TracingChannel;
}

// Not imported: this module also runs in browsers and in other runtimes, which have no channels.
const channels = builtinModule("node:diagnostics_channel") as DiagnosticsChannel | undefined;

/** The operations that are traced. A renewal in the background may contain a login. */
const TRACED: Readonly<Record<"login" | "renewal", TracingChannel | undefined>> = {
  login: channels?.tracingChannel("vms:login"),
  renewal: channels?.tracingChannel("vms:renewal"),
};
const RESEND = channels?.channel("vms:resend");

/**
 * Runs an operation, and publishes its start, its end and its error to a tracing channel.
 * @param message what subscribers receive at each step. It must contain no secret.
 * @param shown what they receive as the result of the operation. It must contain no secret.
 */
export async function traced<T>(
  operation: keyof typeof TRACED,
  message: object,
  run: () => Promise<T>,
  shown: (result: T) => unknown,
): Promise<T> {
  const channel = TRACED[operation];
  if (channel === undefined || !isHeard(channel)) return run();
  let result: T | undefined;
  await channel.tracePromise(async () => {
    result = await run();
    return shown(result);
  }, message);
  return result as T;
}

// Not `channel.hasSubscribers`, which Bun does not have.
function isHeard({ start, end, asyncStart, asyncEnd, error }: TracingChannel): boolean {
  return [start, end, asyncStart, asyncEnd, error].some((one) => one.hasSubscribers);
}

/** Publishes that a call is sent again. */
export function publishResend(message: () => object): void {
  if (RESEND?.hasSubscribers) RESEND.publish(message());
}
