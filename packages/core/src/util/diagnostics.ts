import { builtinModule } from "./builtin-module.ts";

interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: object): void;
}

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

// Browsers and other runtimes do not have the module.
const channels = builtinModule("node:diagnostics_channel") as DiagnosticsChannel | undefined;

/** A background renewal may contain a login. */
const TRACED: Readonly<Record<"login" | "renewal", TracingChannel | undefined>> = {
  login: channels?.tracingChannel("vms:login"),
  renewal: channels?.tracingChannel("vms:renewal"),
};
const RESEND = channels?.channel("vms:resend");

/**
 * Traces an operation's start, end and error.
 * @param message what subscribers receive at each step. It must contain no secret.
 * @param shown converts the result for subscribers. It must contain no secret.
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

// Bun lacks `channel.hasSubscribers`.
function isHeard({ start, end, asyncStart, asyncEnd, error }: TracingChannel): boolean {
  return [start, end, asyncStart, asyncEnd, error].some((one) => one.hasSubscribers);
}

export function publishResend(message: () => object): void {
  if (RESEND?.hasSubscribers) RESEND.publish(message());
}
