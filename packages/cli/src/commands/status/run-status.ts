import { interruptible, isInterrupt } from "../../command-line/interrupt.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { describeError } from "../../error-messages/describe-error.ts";
import { EXIT, type ExitCode } from "../../errors/exit-codes.ts";
import { type Config, readConfig } from "../../profiles/config.ts";
import { requireProfile } from "../../profiles/find-profile.ts";
import type { Profile } from "../../profiles/profile.ts";
import { isAcceptedByVendor } from "../../sessions/accepted-by-vendor.ts";
import { inspectSession } from "../../sessions/inspect-session.ts";
import { type ProfileStatus, profileStatusJson } from "../../sessions/profile-status.ts";
import type { System } from "../../system/system.ts";
import type { StatusOptions } from "./status-options.ts";

/** Reports which profiles are signed in. */
export async function runStatus(word: string | undefined, options: StatusOptions, terminal: Terminal): Promise<void> {
  const { system } = terminal;
  const config = await readConfig(system);
  const profiles =
    word === undefined ? Object.entries(config.profiles) : [[word, requireProfile(config, word)] as const];
  await interruptible(system, async (signal) => {
    const rows = await Promise.all(
      profiles.map(([name, profile]) => statusOf(system, name, profile, config, options.check === true, signal)),
    );
    if (options.json)
      await terminal.out(
        `${JSON.stringify(
          rows.map((row) => profileStatusJson(system, row)),
          undefined,
          2,
        )}\n`,
      );
    else if (rows.length > 0)
      await terminal.out((await import("./status-table.ts")).statusTable(system, rows, Date.now(), options));
    else terminal.say("There are no profiles. Sign in: vms login <vendor>");
    if (!options.json) sayProblems(rows, terminal);
    terminal.setStatus(exitOf(rows));
  });
}

async function statusOf(
  system: System,
  name: string,
  profile: Profile,
  config: Config,
  check: boolean,
  signal: AbortSignal,
): Promise<ProfileStatus> {
  try {
    const stored = await inspectSession(system, name, profile, config);
    const row = { name, profile, ...stored };
    if (!check || stored.state !== "signed-in") return row;
    try {
      const isGood = await isAcceptedByVendor(system, name, profile, config, signal);
      // The call counts as a use of the session, which may have moved its expiry.
      const after = { name, profile, ...(await inspectSession(system, name, profile, config)) };
      return isGood ? { ...after, checked: "valid" } : { ...after, state: "refused", checked: "refused" };
    } catch (problem) {
      if (isInterrupt(problem)) throw problem;
      return { ...row, state: "unknown", checked: "failed", problem };
    }
  } catch (problem) {
    if (isInterrupt(problem)) throw problem;
    return { name, profile, state: "wrong-options", problem };
  }
}

function sayProblems(rows: readonly ProfileStatus[], terminal: Terminal): void {
  const { stdout, stderr } = terminal.system;
  const problems = rows.filter(({ problem }) => problem !== undefined);
  if (problems.length > 0 && stdout.isTTY === true && stderr.isTTY === true) terminal.say("");
  for (const { name, profile, problem, checked } of problems) {
    const { message, hint } = describeError(problem, { name, profile, system: terminal.system });
    terminal.say(terminal.style("yellow", `${name}: ${message}`));
    // A line per profile is enough: many vendors can be down at once.
    if (hint !== undefined && checked === undefined) terminal.say(terminal.style("dim", hint));
  }
  const failed = rows.find(({ checked }) => checked === "failed");
  if (failed !== undefined) terminal.say(terminal.style("dim", `To see what is wrong: vms doctor ${failed.name}`));
}

function exitOf(rows: readonly ProfileStatus[]): ExitCode {
  if (rows.length === 0) return EXIT.notSignedIn;
  if (rows.some(({ state }) => state !== "signed-in" && state !== "unknown")) return EXIT.notSignedIn;
  return rows.some(({ state }) => state === "unknown") ? EXIT.unavailable : EXIT.ok;
}
