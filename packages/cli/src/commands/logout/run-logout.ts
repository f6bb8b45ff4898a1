import { isoTime } from "../../command-line/format-time.ts";
import { interruptible } from "../../command-line/interrupt.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { describeError } from "../../error-messages/describe-error.ts";
import { usage } from "../../errors/cli-error.ts";
import { EXIT } from "../../errors/exit-codes.ts";
import { type Config, changeConfig, readConfig } from "../../profiles/config.ts";
import { requireProfile } from "../../profiles/find-profile.ts";
import type { Profile } from "../../profiles/profile.ts";
import { defaultProfile, resolveProfile } from "../../profiles/resolve-profile.ts";
import { isPasswordUsed, removePassword } from "../../secrets/saved-password.ts";
import type { System } from "../../system/system.ts";
import { confirmLogout, profilesThatEndToo } from "./confirm-logout.ts";
import { type EndedSession, endSession, type LogoutReporter } from "./end-session.ts";

/** The options of `vms logout`. */
export interface LogoutOptions {
  readonly all?: true;
  readonly forget?: true;
  readonly yes?: true;
  readonly json?: true;
}

/**
 * Signs out of one profile or of all.
 * @param ask when a person at a terminal is asked first. Default: if the session is also that of other profiles, or if no
 * profile is named and there are several.
 */
export async function runLogout(
  given: string | undefined,
  options: LogoutOptions,
  terminal: Terminal,
  ask: "always" | "if-unexpected" = "if-unexpected",
): Promise<void> {
  const { all, forget = false, json } = options;
  if (all && given !== undefined) throw usage("name a profile or use --all, not both.");
  const { system } = terminal;
  const config = await readConfig(system);
  const names = all ? Object.keys(config.profiles) : [resolveProfile(system, config, given).name];
  const reporter: LogoutReporter = { terminal, success: json ? () => {} : (text) => terminal.say(text) };
  if (names.length === 0) reporter.success("There are no profiles.");
  await interruptible(system, async (signal) => {
    // With --all every profile is named anyway.
    const [name] = names;
    const alsoEnds = all || name === undefined ? [] : await profilesThatEndToo(system, config, name);
    const isChosenHere = given === undefined && Object.keys(config.profiles).length > 1;
    if (name !== undefined && !all && (ask === "always" || isChosenHere || alsoEnds.length > 0)) {
      await confirmLogout({ name, alsoEnds, forget, yes: options.yes === true }, config, terminal, signal);
    }
    const done: LoggedOut[] = [];
    for (const name of names) {
      signal.throwIfAborted();
      done.push(await logoutOne(name, alsoEnds, forget, reporter, signal));
    }
    if (json) await terminal.out(`${JSON.stringify(done.map(toJson), undefined, 2)}\n`);
    const exit = done.find((one) => one.exit !== EXIT.ok)?.exit;
    if (exit !== undefined) terminal.setStatus(exit);
  });
}

/** What happened to a profile. */
interface LoggedOut extends EndedSession {
  readonly name: string;
  readonly profile: Profile;
  /** Other profiles that shared the session. */
  readonly alsoEnds: readonly string[];
  readonly passwordRemoved: boolean;
  readonly profileRemoved: boolean;
}

async function logoutOne(
  name: string,
  alsoEnds: readonly string[],
  forget: boolean,
  reporter: LogoutReporter,
  signal: AbortSignal,
): Promise<LoggedOut> {
  const config = await readConfig(reporter.terminal.system);
  const profile = requireProfile(config, name);
  const ended = await endSession(name, alsoEnds, profile, config, reporter, signal);
  const about = { name, profile, alsoEnds };
  if (ended.refused) return { ...about, ...ended, passwordRemoved: false, profileRemoved: false };
  const { exit, problem, ...removed } = await removeSecrets(name, profile, forget, reporter);
  const told = ended.exit === EXIT.ok ? { exit, ...(problem === undefined ? {} : { problem }) } : {};
  return { ...about, ...ended, ...told, ...removed };
}

/** What was removed, and the error that prevented the rest. */
interface RemovedSecrets extends Pick<LoggedOut, "exit" | "problem" | "passwordRemoved" | "profileRemoved"> {}

/** Removes the saved password, and the profile if `--forget` is given. */
async function removeSecrets(
  name: string,
  profile: Profile,
  forget: boolean,
  { terminal, success }: LogoutReporter,
): Promise<RemovedSecrets> {
  const { system } = terminal;
  let profileRemoved = false;
  try {
    let after: Config = { profiles: {} };
    let wasDefault = false;
    await changeConfig(system, (config) => {
      const { [name]: now, ...others } = config.profiles;
      const { saved: _, ...bare } = now ?? profile;
      // Spread first, so that the profile keeps its position.
      const kept = { ...config.profiles, [name]: bare };
      const isGone = forget || now === undefined;
      const { default: byDefault, ...rest } = config;
      wasDefault = isGone && byDefault === name;
      after = wasDefault ? { ...rest, profiles: others } : { ...config, profiles: isGone ? others : kept };
      return after;
    });
    profileRemoved = forget;
    const isUsed = profile.saved !== undefined && isPasswordUsed(after, profile);
    const passwordRemoved = profile.saved !== undefined && !isUsed;
    if (passwordRemoved) await removePassword(system, profile);
    const what = [
      ...(forget ? [`The profile "${name}" is removed.`] : []),
      ...(isUsed ? ["The saved password is kept: another profile uses it."] : []),
      ...(passwordRemoved ? ["The saved password is removed."] : []),
      ...(wasDefault ? [`It was the default profile. ${newDefault(system, after)}`] : []),
    ];
    if (what.length > 0) success(what.join(" "));
    return { exit: EXIT.ok, passwordRemoved, profileRemoved };
  } catch (error) {
    const { message, hint, exit } = describeError(error, { name, profile, system });
    terminal.say(`${terminal.style("red", "vms:")} ${name}: ${message}`);
    if (hint !== undefined) terminal.say(terminal.style("dim", hint));
    return { exit, problem: message, passwordRemoved: false, profileRemoved };
  }
}

function newDefault(system: System, config: Config): string {
  const next = defaultProfile(system, config);
  return next === undefined ? "There is no default now." : `The default is now "${next.name}".`;
}

function toJson({ name, profile, livesUntil, ...done }: LoggedOut): Readonly<Record<string, unknown>> {
  return {
    profile: name,
    vendor: profile.vendor,
    account: profile.username,
    wasSignedIn: done.wasSignedIn ?? null,
    forgotten: done.forgotten,
    endedAtVendor: done.endedAtVendor,
    livesUntil: isoTime(livesUntil),
    alsoEnds: done.alsoEnds,
    passwordRemoved: done.passwordRemoved,
    profileRemoved: done.profileRemoved,
    problem: done.problem ?? null,
  };
}
