import { table, times } from "../markdown.ts";
import type { Spread } from "../statistics.ts";
import { type Streamed, streams, type Timed, timed } from "./loads.ts";
import type { Proxied, Taken } from "./measure.ts";
import { WAYS, type WayName } from "./processes.ts";

/** The minimum throughput, relative to the bare Node proxy. */
const goals: Readonly<Record<Timed, number>> = {
  "small answers, 50 connections": 1.2,
  "10 MB down, 4 connections": 1,
  "10 MB up, 4 connections": 1,
};

/** The maximum growth of the peak memory, in MB: a quarter of a stream. A proxy without back-pressure buffers all of it. */
const MOST_GROWN = 50;

const MB = 2 ** 20;

export function proxySection({ rounds, load, timed: taken, streams: streamed, grown }: Proxied): string {
  const names = Object.keys(timed) as Timed[];
  const aims = names.map((name) => {
    const is = taken[name]["vms proxy"].toBare;
    const noise = Math.abs(taken[name]["bare Node proxy, again"].toBare - 1);
    return [name, times(is), times(goals[name]), is >= goals[name] ? "yes" : "no", noise.toFixed(2)];
  });
  const missed = names.filter((name) => !(taken[name]["vms proxy"].toBare >= goals[name]));
  return `## The proxy

\`vms proxy\`, built and started as users start it, with its token, all its checks and a live session of Alta. It is compared with a minimal reverse
proxy (\`createServer\`, \`http.request\` with a keep-alive agent, and \`pipe\`), whose client sends the cookie. The bare proxy is measured twice; the difference
is the noise. The vendor, each proxy and the load generator are separate processes on one machine. A ratio is the median of the ratios of ${rounds} rounds. The
load average at the end of this part was ${load.toFixed(1)}.

${names.map((name) => loadTable(name, taken[name])).join("\n\n")}

The throughput of \`vms proxy\`, relative to the bare Node proxy:

${table(["load", "measured", "goal, at least", "met", "noise"], aims)}

${missed.length === 0 ? "All goals are met." : `Not met: ${missed.join("; ")}.`}

Growth of the peak memory in MB while a process streams 200 MB to a reader that takes less than 100 MB a second: medians of ${streamed} streams,
after a first one. The goal of \`vms proxy\` is at most ${MOST_GROWN} MB.

${memoryTable(grown)}`;
}

function loadTable(name: Timed, ways: Readonly<Record<WayName, Taken>>): string {
  const { upload, download } = timed[name];
  const size = Math.max(upload, download);
  const isBig = size >= MB;
  const rows = WAYS.map((way) => {
    const { rate, cpu, toBare } = ways[way];
    const shown = [rate.median, rate.low, rate.high].map((value) => ((isBig ? size / MB : 1) * value).toFixed(0));
    return [way, ...shown, times(toBare), cpuText(cpu, isBig)];
  });
  const cpuUnit = isBig ? "CPU per request, ms" : "CPU per request, µs";
  return table([name, isBig ? "MB/s" : "requests/s", "10%", "90%", "to bare", cpuUnit], rows);
}

function cpuText(cpu: Spread | undefined, isBig: boolean): string {
  return cpu === undefined ? "" : (cpu.median / (isBig ? 1_000 : 1)).toFixed(isBig ? 1 : 0);
}

function memoryTable(grown: Proxied["grown"]): string {
  const rows = (Object.keys(streams) as Streamed[]).flatMap((name) =>
    WAYS.flatMap((way) => {
      const spread = grown[name][way];
      if (spread === undefined) return [];
      const met = way !== "vms proxy" ? "" : spread.median <= MOST_GROWN ? "yes" : "no";
      return [
        [
          `${name}: ${way}`,
          ...[spread.median, spread.low, spread.high].map((value) => String(Math.round(value) || 0)),
          met,
        ],
      ];
    }),
  );
  return rows.length === 0 ? "This system does not report it." : table(["stream", "MB", "10%", "90%", "met"], rows);
}
