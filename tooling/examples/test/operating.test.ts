import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { metrics, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { createAltaSession } from "@vms/alta";
import { type Session, type SessionPool, sessionPool } from "@vms/core";
import { type AltaServer, createAltaServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { placePage } from "./place-page.ts";

interface Telemetry {
  traceSessions(): void;
  countEvents(session: Session): void;
  measurePool(pool: SessionPool): void;
}

const placed = placePage("docs/guides/operating.md");

/** Runs a program of the page against a vendor. */
async function run(name: string, vendor: AltaServer, password = vendor.account.password) {
  const { baseUrl, close } = await serve(vendor);
  onTestFinished(close);
  const child = spawn(process.execPath, [placed(name)], {
    env: {
      NO_COLOR: "1",
      VMS_ALTA_URL: baseUrl,
      VMS_ALTA_USERNAME: vendor.account.username,
      VMS_ALTA_PASSWORD: password,
    },
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  expect(err).toBe("");
  return { out, status };
}

/** The password, and the values of the session's cookies. */
function secretsOf(vendor: AltaServer): string[] {
  const cookies = vendor.requests.flatMap(({ headers }) => [
    ...(headers.get("cookie") ?? "").matchAll(/\bva=([^;\s]+)/g),
  ]);
  return [...new Set([vendor.account.password, ...cookies.map((match) => match[1] as string)])];
}

describe("telemetry.ts", () => {
  test("turns channels into spans, events into a counter and the states of a pool into a gauge", async () => {
    const spans = new InMemorySpanExporter();
    const measured = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const metering = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: measured })] });
    const processor = new SimpleSpanProcessor({ exporter: spans });
    trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [processor] }));
    metrics.setGlobalMeterProvider(metering);
    const { traceSessions, countEvents, measurePool }: Telemetry = await import(placed("telemetry.ts"));
    traceSessions();

    const vendor = createAltaServer({ maxAge: 3_600 });
    let time = Date.now();
    const pool = sessionPool((key, shared) => {
      const session = createAltaSession({
        baseUrl: vendor.baseUrl,
        credentials: key === "dead" ? { ...vendor.account, password: "made-up-and-wrong" } : vendor.account,
        fetch: vendor.fetch,
        renewBefore: 60_000,
        now: () => time,
        ...shared,
      });
      countEvents(session);
      return session;
    });
    measurePool(pool);

    await pool.get("acme").fetch("api/v1/alarmZones");
    vendor.revokeAll();
    await pool.get("acme").fetch("api/v1/alarmZones?made-up=query");
    await expect(pool.get("dead").fetch("api/v1/alarmZones")).rejects.toMatchObject({ code: "invalid_credentials" });
    time += 3_550_000;
    const renewed = new Promise((resolve) => pool.get("acme").on("renewed", resolve));
    await pool.get("acme").fetch("api/v1/alarmZones");
    await renewed;

    const finished = spans.getFinishedSpans();
    const named = (name: string) => finished.filter((span) => span.name === name);
    expect(named("vms:login").map(({ status }) => status.code)).toEqual([
      SpanStatusCode.UNSET,
      SpanStatusCode.UNSET,
      SpanStatusCode.ERROR,
      SpanStatusCode.UNSET,
    ]);
    expect(named("vms:login")[0]?.attributes).toEqual({
      "vms.vendor": "alta",
      "vms.account": vendor.account.username,
    });
    expect(named("vms:login")[2]?.attributes["error.type"]).toBe("invalid_credentials");
    expect(named("vms:renewal").map(({ attributes }) => attributes["vms.by"])).toEqual(["login"]);
    expect(named("vms:resend").map(({ attributes }) => attributes)).toEqual([
      {
        "vms.vendor": "alta",
        "http.request.method": "GET",
        "url.path": "/api/v1/alarmZones",
        "http.response.status_code": 401,
      },
    ]);

    await metering.forceFlush();
    const all = measured.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    const points = (name: string, attribute: string) =>
      Object.fromEntries(
        all
          .filter(({ descriptor }) => descriptor.name === name)
          .flatMap(({ dataPoints }) => dataPoints.map((point) => [point.attributes[attribute], point.value])),
      );
    expect(points("vms.events", "vms.event")).toEqual({
      login_started: 4,
      login: 2,
      rejected: 1,
      resent: 1,
      login_failed: 1,
      renewed: 1,
    });
    expect(points("vms.sessions", "vms.state")).toEqual({ live: 1, refused: 1 });

    const shown = JSON.stringify([finished.map(({ name, attributes, events }) => ({ name, attributes, events })), all]);
    for (const secret of [...secretsOf(vendor), "made-up-and-wrong", "made-up=query"]) {
      expect(shown).not.toContain(secret);
    }
    await pool.closeAll();
  });
});

describe("logged.ts", () => {
  const lines = (out: string) =>
    out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test("logs each event without secrets and without the user", async () => {
    const vendor = createAltaServer();
    const { out, status } = await run("logged.ts", vendor);
    expect(status).toBe(0);
    expect(lines(out).map(({ msg, level, customer }) => [msg, level, customer])).toEqual([
      ["login_started", 20, "acme"],
      ["login", 30, "acme"],
      ["logout", 30, "acme"],
    ]);
    expect(lines(out)[1]).toMatchObject({ info: { account: vendor.account.username }, from: "vendor" });
    expect(secretsOf(vendor).length).toBe(2);
    for (const secret of secretsOf(vendor)) expect(out).not.toContain(secret);
    expect(out).not.toContain('"user"');
  });

  test("logs a failed login as an error with its code and without the password", async () => {
    const { out, status } = await run("logged.ts", createAltaServer(), "made-up-and-wrong");
    expect(status).toBe(1);
    const failed = lines(out).find(({ msg }) => msg === "login_failed");
    expect(failed).toMatchObject({ level: 50, error: { code: "invalid_credentials" } });
    expect(out).not.toContain("made-up-and-wrong");
  });
});
