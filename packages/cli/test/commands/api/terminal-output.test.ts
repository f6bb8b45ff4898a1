import { readdir } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { createAltaServer } from "@vms/simulator";
import { describe, expect, it } from "vitest";
import { front, PROFILE, type Route, worldOf } from "../../support/profile-fixture.ts";
import { CTRL_C, isRestored, vmsInShell } from "../../support/run-in-terminal.ts";

/** Sends half of the announced length, and then nothing more. */
const stalling: Route = (_request, response) => {
  response.writeHead(200, { "content-length": 2_000_000, "content-type": "video/mp4" });
  response.write(Buffer.alloc(1_000_000, 0));
};

/** Sends part of a body of unknown length, and then nothing more. */
const endless: Route = (_request, response) => void response.write(Buffer.alloc(1_000_000, 0));

const binary: Route = (_request, response) => void response.end(Buffer.from("a\0b"));

/** Would clear the screen. One of its characters is split between two chunks. */
const hostile: Route = async (_request, response) => {
  response.writeHead(200, { "content-type": "text/plain", "x-note": "\x9b2J" });
  response.write(Buffer.from([0x61, 0x1b, 0x5b, 0x32, 0x4a, 0xc2]));
  await new Promise((resolve) => setImmediate(resolve));
  response.end(Buffer.from([0x9b, 0x7f, 0x0a]));
};

describe.skipIf(process.platform === "win32")("vms api in a terminal", () => {
  const world = async () => {
    const made = await worldOf(
      createAltaServer(),
      {},
      front({ "/stalling": stalling, "/endless": endless, "/binary": binary, "/hostile": hostile }),
    );
    await made.run(["api", PROFILE, "api/v1/alarmZones"]);
    return made;
  };

  it("shows the progress of a download at the terminal's width, and nothing after Ctrl-C", async () => {
    const { home, env } = await world();
    const names = async () => (await readdir(home)).filter((name) => name !== "cache");
    const before = await names();
    const terminal = vmsInShell(["api", PROFILE, "stalling", "-o", join(home, "clip.mp4")], env, undefined, 80);
    const rest = /50% {2}1\.0 MB of 2\.0 MB {2}\S+ [kM]?B\/s {2}\S.* left/;
    await terminal.shows(new RegExp(`\\[#{10}\\.{10}\\] {2}${rest.source}`));
    terminal.resize(60);
    // Without the bar, the line fits.
    await terminal.shows(new RegExp(`left${rest.source}`));
    terminal.resize(90);
    await terminal.shows(new RegExp(`\\[#{10}\\.{10}\\] {2}${rest.source}`));
    expect((await readdir(home)).filter((name) => name.endsWith(".part"))).toHaveLength(1);
    terminal.type(CTRL_C);
    await terminal.shows("[exit 130]");
    await terminal.shows("[over]");
    await terminal.ended();
    expect(await names()).toEqual(before);
    expect(isRestored(terminal)).toBe(true);
    // After the Ctrl-C the line is cleared and nothing is drawn.
    const [, behind = ""] = terminal.raw().split(/\^C|\[exit/);
    expect(behind).toContain("\x1b[2K");
    expect(behind).not.toContain("MB");
  });

  it("shows the downloaded size if the total is unknown", async () => {
    const { home, env } = await world();
    const terminal = vmsInShell(["api", PROFILE, "endless", "-o", join(home, "clip.mp4")], env);
    await terminal.shows(/\r?1\.0 MB {2}\S+ [kM]B\/s/);
    terminal.type(CTRL_C);
    await terminal.shows("[exit 130]");
    await terminal.ended();
    expect(terminal.text()).not.toMatch(/%|left|NaN|INF|NULL/);
  });

  it("removes the progress line of a finished download", async () => {
    const released = Promise.withResolvers<void>();
    const slow: Route = async (_request, response) => {
      response.write(Buffer.alloc(1_000_000, 0));
      await released.promise;
      response.end();
    };
    const { home, env } = await worldOf(createAltaServer(), {}, front({ "/slow": slow }));
    const terminal = vmsInShell(["api", PROFILE, "slow", "-o", join(home, "clip.mp4")], env);
    await terminal.shows("1.0 MB");
    released.resolve();
    await terminal.shows("[exit 0]");
    await terminal.shows("[over]");
    await terminal.ended();
    expect(await readdir(home)).toContain("clip.mp4");
    expect(isRestored(terminal)).toBe(true);
    const [shown = ""] = terminal.raw().split("[exit 0]");
    expect(shown.slice(shown.lastIndexOf("\x1b[2K"))).toBe("\x1b[2K");
  });

  it("shows no progress for a short download", async () => {
    const { home, env } = await world();
    const terminal = vmsInShell(["api", PROFILE, "api/v1/alarmZones", "-o", join(home, "zones.json")], env);
    await terminal.shows("[exit 0]");
    const [shown] = terminal.raw().split("[exit 0]");
    expect(shown).toBe("");
    await terminal.ended();
  });

  it("does not print binary data without -o -", async () => {
    const { env } = await world();
    const refused = vmsInShell(["api", PROFILE, "binary"], env);
    await refused.shows("vms: the response is binary, so it is not printed on a terminal.");
    await refused.shows("Save it with -o <file>, or print it with --raw");
    await refused.shows("[exit 2]");
    await refused.ended();
    const printed = vmsInShell(["api", PROFILE, "binary", "-o", "-"], env);
    await printed.shows("[exit 0]");
    expect(printed.raw()).toContain("a\0b");
    await printed.ended();
  });

  it("escapes control characters in body and headers, except with -o -", async () => {
    const { env } = await world();
    const shown = vmsInShell(["api", PROFILE, "hostile", "-i"], env);
    await shown.shows("x-note: \\u009b2J");
    await shown.shows("a\\u001b[2J\\u009b\\u007f");
    await shown.shows("[exit 0]");
    await shown.ended();
    const raw = vmsInShell(["api", PROFILE, "hostile", "-o", "-"], env);
    await raw.shows("[exit 0]");
    expect(raw.raw()).toContain("a\x1b[2J");
    await raw.ended();
  });

  it("starts a new line after a response that does not end with one", async () => {
    const { env } = await world();
    for (const raw of [[], ["--raw"]]) {
      const terminal = vmsInShell(["api", PROFILE, "nosuch", ...raw], env);
      await terminal.shows(/}\r\nvms: GET nosuch: the vendor answered 404 Not Found\.\r\n/);
      await terminal.ended();
    }
  });

  it("warns on a terminal that export and token print a secret", async () => {
    const { env } = await world();
    const token = vmsInShell(["token", PROFILE], env);
    await token.shows("This is a secret");
    await token.ended();
    const exported = vmsInShell(["export", PROFILE, "--format", "header"], env);
    await exported.shows("This is a secret");
    await exported.ended();
  });
});
