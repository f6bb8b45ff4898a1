import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { callReasons, NOISE, SAME_REQUEST, SIGNED } from "../src/calls.ts";
import { situations } from "../src/concurrent-calls.ts";
import { concurrentOnly, contenders } from "../src/contenders.ts";
import { thisMachine } from "../src/machine.ts";
import { memoryReasons } from "../src/memory.ts";
import { type Streamed, streams, type Timed, timed as timedLoads } from "../src/proxy/loads.ts";
import { WAYS } from "../src/proxy/processes.ts";
import { type Results, render } from "../src/report.ts";
import { sizeReasons } from "../src/sizes.ts";
import { firstAnswerReasons, importReasons } from "../src/starts.ts";
import { spreadOf } from "../src/statistics.ts";
import { warmStartNames } from "../src/warm-starts.ts";

const names = contenders.map(({ name }) => name);
const all = <Name extends string, T>(of: readonly Name[], value: (name: Name) => T) =>
  Object.fromEntries(of.map((name) => [name, value(name)])) as Record<Name, T>;
const loads = Object.keys(timedLoads) as Timed[];
const slow = Object.keys(streams) as Streamed[];
const spread = spreadOf([1, 2, 3]);
const timed = [...names, NOISE, SAME_REQUEST, SIGNED];
const outcome = { logins: 1, succeeded: 10 };

const started = (ms: number, logins: number, asked: string[]) => ({
  fromSession: spreadOf([ms]),
  fromStart: spreadOf([ms]),
  saved: spreadOf([112 - ms]),
  logins,
  asked,
});

/** A run in which all programs need the same, except that ours needs a multiple of it. */
function made(times: number): Required<Results> {
  const share = (name: string) => (name === "session.fetch" ? times : 1);
  return {
    machine: { ...thisMachine(contenders.flatMap(({ packages }) => packages)), load: 0.1, date: "2026-01-31" },
    calls: {
      rounds: 1,
      callsPerRound: 1,
      atOnce: 1,
      cpu: all(timed, () => spread),
      ratios: all(timed, (one) => all(timed, (other) => share(one) / share(other))),
    },
    concurrentCalls: {
      callers: 10,
      rounds: 1,
      outcomes: all([...names, ...concurrentOnly.map(({ name }) => name)], () =>
        all(Object.keys(situations), () => outcome),
      ),
    },
    sizes: all(names, (name) => ({ packages: 1, bytes: share(name), minified: 1, gzipped: share(name) })),
    starts: {
      rounds: 1,
      contenders: all(names, (name) => ({ imported: spreadOf([share(name)]), answered: spreadOf([share(name)]) })),
    },
    warmStarts: {
      rounds: 1,
      away: 50,
      load: 0.1,
      cases: {
        "a known token, by hand": started(60, 0, []),
        "a session in a file": started(61, 0, ["get"]),
        "a session in Redis": started(61, 0, ["get"]),
        "no session, an empty file store": started(113, 1, ["get", "withLock"]),
        "no session, no store": started(112, 1, []),
      },
    },
    memory: { clients: 1, heap: all(names, share) },
    proxy: {
      rounds: 1,
      load: 0.1,
      streams: 1,
      timed: all(loads, () =>
        all(WAYS, (way) => ({ rate: spread, cpu: spread, toBare: way === "vms proxy" ? 2 / times : 1 })),
      ),
      grown: all(slow, () => all(WAYS.slice(1), () => spread)),
    },
    manySessions: [1, 100, 10_000, 100_000].map((sessions) => ({ sessions, idle: 1, signedIn: 1, added: 1 })),
  };
}

const parts = (page: string) => new Map(page.split(/^## /m).map((part) => [part.split("\n")[0] ?? "", part]));
const compared = ["The CPU of a call", "Many callers on a dead session", "The size", "The start"];

describe("the page", () => {
  it.each([...compared, "The memory of a session", "What is compared"])("has every program in “%s”", (title) => {
    const part = parts(render(made(1))).get(title);
    for (const name of names) expect(part).toMatch(new RegExp(`^\\| \\[?\`${name}\``, "m"));
  });

  it("names the machine, the day and the command", () => {
    const page = render(made(1));
    const { machine } = made(1);
    for (const said of [machine.cpu, `Node ${process.version}`, "2026-01-31", "npm run bench"]) {
      expect(page).toContain(said);
    }
  });

  it("has every number of sessions", () => {
    const part = parts(render(made(1))).get("Many sessions");
    for (const size of ["1", "100", "10,000", "100,000"]) expect(part).toContain(`\n| ${size} |`);
  });

  it("lists the goals that the proxy misses", () => {
    expect(render(made(1))).toContain("All goals are met.");
    expect(render(made(2))).toContain("Not met: small answers, 50 connections.");
    const growing = all(slow, () => ({ "vms proxy": spreadOf([200]) }));
    const page = render({ ...made(1), proxy: { ...made(1).proxy, grown: growing } });
    expect(page).toContain("| 200 MB up, slow reader: vms proxy | 200 | 200 | 200 | no |");
  });

  it("omits the parts that were not measured", () => {
    const { machine, concurrentCalls } = made(1);
    expect([...parts(render({ machine, concurrentCalls })).keys()].slice(1)).toEqual([
      "What is compared",
      "Many callers on a dead session",
    ]);
  });

  it("reports a session that makes more than one login", () => {
    const { machine, concurrentCalls } = made(1);
    expect(render({ machine, concurrentCalls })).toContain("A session makes one login in each case");
    const worse = {
      ...concurrentCalls.outcomes,
      "session.http": { "immediate responses": { logins: 2, succeeded: 10 } },
    };
    expect(render({ machine, concurrentCalls: { ...concurrentCalls, outcomes: worse } })).toContain("this is a defect");
  });

  it("says when undici alone misses the goal of an interceptor", () => {
    const { machine, calls } = made(1);
    const beyond =
      "`bare undici.request` alone needs 1.00 × of `bare fetch`, so no interceptor on top of it can reach 0.45 ×.";
    expect(render({ machine, calls })).toContain(beyond);
    const { "bare undici.request": undici, ...others } = calls.ratios;
    const ratios = { ...others, "bare undici.request": { ...undici, "bare fetch": 0.4 } };
    expect(render({ machine, calls: { ...calls, ratios } })).not.toContain("no interceptor on top");
  });

  it("explains the first response of nodeFetch if it misses its goal", () => {
    const { machine, starts } = made(1);
    expect(render({ machine, starts })).toContain("met: yes.\n");
    const slow = { imported: spreadOf([2]), answered: spreadOf([2]) };
    const worse = { ...starts, contenders: { ...starts.contenders, "bare nodeFetch": slow } };
    expect(render({ machine, starts: worse })).toContain("met: no. Most of the difference is undici");
  });

  it("shows what a warm start saves, and too many store operations", () => {
    const { machine, warmStarts } = made(1);
    const page = render({ machine, warmStarts });
    for (const name of warmStartNames) expect(page).toContain(`\n| ${name} | `);
    expect(page).toContain("| a session in a file saves | 51 ms | 51 to 51 | 50 ms | yes |");
    const cases = { ...warmStarts.cases, "a session in Redis": started(61, 0, ["get", "withLock"]) };
    const worse = render({ machine, warmStarts: { ...warmStarts, cases } });
    expect(worse).toContain("| a session in Redis saves | 51 ms | 51 to 51 | 50 ms | no |");
  });

  it("lists the cases in which a session needs more, with reasons", () => {
    expect(render(made(1))).not.toContain("needs more than");
    const page = render(made(2));
    const all = [callReasons, sizeReasons, importReasons, firstAnswerReasons, memoryReasons];
    for (const reasons of all) expect(page).toContain(reasons["session.fetch"]);
    expect(page).toContain("`session.fetch` needs more than `ky, its refresh recipe` (2.00 ×)");
  });

  it("lists every compared program in docs/benchmarks.md", () => {
    const path = join(import.meta.dirname, "../../../docs/benchmarks.md");
    expect(existsSync(path)).toBe(true);
    const written = [...parts(readFileSync(path, "utf8"))];
    expect(written.map(([title]) => title)).toEqual([...parts(render(made(1))).keys()]);
    for (const [title, part] of written.filter(([title]) => compared.includes(title))) {
      for (const name of names) expect(part, title).toContain(`\n| \`${name}\` |`);
    }
  });
});
