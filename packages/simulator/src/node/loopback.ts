import { isIPv4 } from "node:net";

/** Throws for a host that other machines can reach, or prints a warning if that is allowed. */
export function checkHost(hostname: string, allowNonLoopback = false): void {
  if (isLoopback(hostname)) return;
  if (!allowNonLoopback) {
    throw new Error(
      `[@vms/simulator] "${hostname}" is not a loopback address: anyone who can reach the port could sign in. ` +
        "Use 127.0.0.1, or allow it with allowNonLoopback (--allow-non-loopback).",
    );
  }
  process.emitWarning(`[@vms/simulator] Serving on ${hostname}: anyone who can reach the port can sign in.`);
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "::1" || (isIPv4(hostname) && hostname.startsWith("127."));
}
