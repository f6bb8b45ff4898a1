import type { Server } from "node:http";
import type { AccessLogEntry } from "../access-log.ts";
import type { Served } from "../served-session.ts";
import { type CodeOf, secondsLeft } from "./readiness.ts";

/** The metrics of a proxy. */
export interface ProxyMetrics {
  count(entry: AccessLogEntry): void;
  /** All metrics in the text format of Prometheus. */
  text(): Promise<{ readonly body: string; readonly type: string }>;
  /** Removes its listeners from the sessions. */
  close(): void;
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** In seconds. Long ones are downloads and streams. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Creates the metrics, which count from now on. */
export async function createMetrics(
  served: readonly Served[],
  server: Server,
  isReady: (served: Served) => boolean,
  codeOf: CodeOf,
): Promise<ProxyMetrics> {
  // Imported late: it takes longer to load than the rest of the proxy.
  const { Counter, Gauge, Histogram, Registry } = await import("prom-client");
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: `vms_proxy_${name}_total`, help, labelNames, registers });

  const requests = counter("requests", "Requests for a session, by method and status.", [
    "session",
    "method",
    "status",
  ]);
  const refusals = counter("refusals", "Responses of the proxy itself instead of the vendor's.", ["session", "code"]);
  const sent = counter("sent_bytes", "Bytes sent to callers, headers included.", ["session"]);
  const logins = counter("logins", "Logins that the vendor accepted.", ["session"]);
  const loginFailures = counter("login_failures", "Logins that failed, by error code.", ["session", "code"]);
  const limited = counter("login_limits", "Logins not made because of the login budget.", ["session", "cause"]);
  const renewalFailures = counter("renewal_failures", "Renewals that failed, by error code.", ["session", "code"]);
  const rejections = counter("rejections", "Calls whose credential the vendor rejected.", ["session", "status"]);
  const resends = counter("resends", "Calls sent again after a new login.", ["session"]);
  const durations = new Histogram({
    name: "vms_proxy_request_duration_seconds",
    help: "From a request to the end of its response. Without WebSockets.",
    labelNames: ["session"],
    buckets: BUCKETS,
    registers,
  });
  new Gauge({
    name: "vms_proxy_session_ready",
    help: "Whether a session can be used: 1 or 0.",
    labelNames: ["session"],
    registers,
    collect() {
      for (const one of served) this.set({ session: one.name }, isReady(one) ? 1 : 0);
    },
  });
  new Gauge({
    name: "vms_proxy_session_expires_in_seconds",
    help: "Time until a session expires. Absent if that is not known.",
    labelNames: ["session"],
    registers,
    collect() {
      this.reset();
      for (const one of served) {
        const seconds = "error" in one ? undefined : secondsLeft(one.session.info?.expiresAt);
        if (seconds !== undefined) this.set({ session: one.name }, seconds);
      }
    },
  });
  new Gauge({
    name: "vms_proxy_connections",
    help: "Open connections of callers, WebSockets included.",
    registers,
    async collect() {
      this.set(await new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count ?? 0))));
    },
  });

  const removers = served.flatMap((one) => {
    const { name: session } = one;
    if ("error" in one) return [];
    const { on } = one.session;
    // Prometheus notices a first increase only if there was a zero before.
    for (const each of [logins, resends]) each.inc({ session }, 0);
    return [
      on("login", ({ from }) => logins.inc({ session }, from === "vendor" ? 1 : 0)),
      on("renewed", ({ by }) => logins.inc({ session }, by === "login" ? 1 : 0)),
      on("login_failed", ({ error }) => loginFailures.inc({ session, code: codeOf(error, one) })),
      on("login_limited", ({ cause }) => limited.inc({ session, cause })),
      on("renewal_failed", ({ error }) => renewalFailures.inc({ session, code: codeOf(error, one) })),
      on("rejected", ({ status }) => rejections.inc({ session, status })),
      on("resent", () => resends.inc({ session })),
    ];
  });

  return {
    count({ session = "", method, status, bytes, duration, code }) {
      if (code !== undefined) refusals.inc({ session, code });
      // The proxy's own endpoints, and paths without a session.
      if (session === "") return;
      requests.inc({ session, method: METHODS.includes(method) ? method : "other", status });
      sent.inc({ session }, bytes);
      if (status !== 101) durations.observe({ session }, duration / 1000);
    },
    text: async () => ({ body: await registry.metrics(), type: registry.contentType }),
    close() {
      for (const remove of removers) remove();
      registry.clear();
    },
  };
}
