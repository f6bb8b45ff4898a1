import { loadNow } from "../machine.ts";
import { ratioOf, type Spread, shuffled, spreadOf } from "../statistics.ts";
import { type Streamed, streams, type Timed, timed } from "./loads.ts";
import { startProcesses, WAYS, type WayName } from "./processes.ts";
import { cpuOf, peakOf, resetPeak } from "./usage.ts";

/** The measurements of one proxy for one load. */
export interface Taken {
  /** Requests per second. */
  readonly rate: Spread;
  /** The CPU time of its process per request, in µs; `undefined` if the system does not report it. */
  readonly cpu: Spread | undefined;
  /** Its throughput relative to the bare Node proxy. */
  readonly toBare: number;
}

/** The throughput and the memory of the proxies. */
export interface Proxied {
  readonly rounds: number;
  /** The load average at the end, which shows disturbances. */
  readonly load: number;
  readonly timed: Readonly<Record<Timed, Readonly<Record<WayName, Taken>>>>;
  readonly streams: number;
  /** The growth of the peak memory, in MB; `undefined` if the system does not report it. */
  readonly grown: Readonly<Record<Streamed, Readonly<Partial<Record<WayName, Spread>>>>>;
}

// Each round gives every proxy several short turns, so that a disturbance affects all alike.
const TURNS = 4;
const WARM_UP = 2;
const MB = 2 ** 20;

/** Sends the same load to each proxy in turns, in random order. */
export async function measureProxy(rounds: number, streamRounds: number): Promise<Proxied> {
  await using processes = await startProcesses();
  const names = Object.keys(timed) as Timed[];
  const taken = {} as Record<Timed, Record<WayName, Taken>>;
  for (const name of names) taken[name] = await measureLoad(name);
  const grown = {} as Record<Streamed, Partial<Record<WayName, Spread>>>;
  for (const name of Object.keys(streams) as Streamed[]) grown[name] = await measureStream(name);
  return { rounds, load: loadNow(), timed: taken, streams: streamRounds, grown };

  async function measureLoad(name: Timed): Promise<Record<WayName, Taken>> {
    const load = timed[name];
    const samples = byWay(() => ({ rate: [] as number[], cpu: [] as number[] }));
    for (let round = -WARM_UP; round < rounds; round++) {
      const sums = byWay(() => ({ ms: 0, cpu: 0 }));
      for (let turn = 0; turn < TURNS; turn++) {
        for (const way of shuffled(WAYS)) {
          const { pid } = processes.ways[way];
          const before = cpuOf(pid) ?? Number.NaN;
          sums[way].ms += await processes.send(processes.ways[way], load);
          sums[way].cpu += (cpuOf(pid) ?? Number.NaN) - before;
        }
      }
      if (round < 0) continue;
      for (const way of WAYS) {
        samples[way].rate.push((TURNS * load.requests * 1_000) / sums[way].ms);
        samples[way].cpu.push(sums[way].cpu / (TURNS * load.requests));
      }
    }
    const bare = samples["bare Node proxy"].rate;
    return byWay((way) => {
      const { rate, cpu } = samples[way];
      const isKnown = cpu.every((value) => !Number.isNaN(value));
      return { rate: spreadOf(rate), cpu: isKnown ? spreadOf(cpu) : undefined, toBare: ratioOf(rate, bare) };
    });
  }

  async function measureStream(name: Streamed): Promise<Partial<Record<WayName, Spread>>> {
    const growth = byWay(() => [] as number[]);
    // The first stream warms up the heap.
    for (let round = -1; round < streamRounds; round++) {
      for (const way of WAYS.filter((way) => way !== "no proxy")) {
        const { pid } = processes.ways[way];
        const before = resetPeak(pid);
        await processes.send(processes.ways[way], streams[name]);
        const peak = peakOf(pid);
        if (round >= 0 && before !== undefined && peak !== undefined) growth[way].push((peak - before) / MB);
      }
    }
    return Object.fromEntries(
      Object.entries(growth).flatMap(([way, values]) => (values.length === 0 ? [] : [[way, spreadOf(values)]])),
    );
  }
}

function byWay<T>(value: (way: WayName) => T): Record<WayName, T> {
  return Object.fromEntries(WAYS.map((way) => [way, value(way)])) as Record<WayName, T>;
}
