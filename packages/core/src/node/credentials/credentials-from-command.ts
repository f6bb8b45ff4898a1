import type { Credentials } from "../../contract/credentials.ts";
import { checkNames } from "../../contract/known-names.ts";
import { decodeLine, decodeText } from "../private-files/decode-text.ts";
import { invalidSource } from "./invalid-source.ts";
import { parseJson } from "./parse-credentials.ts";
import { runCommand } from "./run-command.ts";

/** Sources of a user name and a password, if no single command prints both. */
export interface CredentialCommands {
  /** The user name, or the command (program and arguments) that prints it. */
  readonly username: string | readonly string[];
  /** The command (program and arguments) that prints the password. */
  readonly password: readonly string[];
}

/** Options of `credentialsFromCommand`. */
export interface CommandOptions {
  /** The time limit of a command, in ms, after which it and its child processes are killed. Default: 30,000. */
  readonly timeout?: number;
  /** Kills a running command when it aborts. Logins then reject with its reason. */
  readonly signal?: AbortSignal;
}

/** The longest delay of a timer, in ms. */
const MAX_TIMEOUT = 2_147_483_647;

/**
 * Creates a function that runs a secret manager's command at each login. Concurrent logins share one run. Nothing is
 * cached.
 *
 * A command is a program and its arguments, run without a shell. It prints `{ "username": …, "password": … }`. A
 * separate command for the password prints one line, whose trailing newline is removed. Output is UTF-8 of at most 64
 * KiB (65,536 bytes). The program inherits the environment, has no standard input and no terminal, and its standard
 * error is discarded.
 *
 * On Windows, `timeout` and `signal` kill only the program itself, and scripts (`.cmd`, `.bat`) need `cmd.exe` as the
 * program.
 * @param command the command that prints JSON, or the user name and the command that prints the password.
 * @throws {InvalidOptions} `invalid_options` if a command or an option is malformed or unknown. The returned function
 * rejects with it if the program cannot be started, fails, takes too long or prints something else. The message names
 * the program and its exit status, but no argument and no output.
 * @see docs/guides/credentials.md
 * @example
 * const credentials = credentialsFromCommand({ username: "operator", password: ["op", "read", "op://ops/acme/password"] });
 * const session = createAcmeSession({ baseUrl, credentials });
 */
export function credentialsFromCommand(
  command: readonly string[] | CredentialCommands,
  options: CommandOptions = {},
): () => Promise<Credentials> {
  const known = { timeout: true, signal: true } satisfies Record<keyof CommandOptions, true>;
  checkNames("core", options, known, "credentialsFromCommand");
  const { timeout = 30_000, signal } = options;
  if (typeof timeout !== "number" || !(timeout > 0 && timeout <= MAX_TIMEOUT)) {
    throw wrong("`timeout` must be a number above 0 (ms), up to 2147483647.");
  }
  const source = checkSource(command);
  const run = (one: readonly string[]) => runCommand(one, timeout, signal);

  async function read(): Promise<Credentials> {
    if ("json" in source) {
      const [program = ""] = source.json;
      const text = decodeText(await run(source.json), (what) => notText(program, what));
      return parseJson(text, `the output of ${program}`);
    }
    const { username, password } = source;
    const name = typeof username === "string" ? username : readLine(username, await run(username));
    return { username: name, password: readLine(password, await run(password)) };
  }

  let running: Promise<Credentials> | undefined;
  return () => {
    running ??= read().finally(() => {
      running = undefined;
    });
    return running;
  };
}

type Source = { readonly json: readonly string[] } | CredentialCommands;

function checkSource(command: readonly string[] | CredentialCommands): Source {
  if (Array.isArray(command)) return { json: checkCommand("the command", command) };
  if (typeof command !== "object" || command === null) {
    throw wrong("the command must be an array or { username, password }.");
  }
  const { username, password, ...more } = command as CredentialCommands;
  checkNames("core", more, { username: true, password: true }, "credentialsFromCommand");
  if (username === "") throw wrong("`username` is empty.");
  return {
    username: typeof username === "string" ? username : checkCommand("`username`", username),
    password: checkCommand("`password`", password),
  };
}

/** Copied, so that later changes of the array have no effect. */
function checkCommand(name: string, command: unknown): readonly string[] {
  const isCommand =
    Array.isArray(command) &&
    command.length > 0 &&
    command[0] !== "" &&
    command.every((part) => typeof part === "string" && !part.includes("\0"));
  if (!isCommand) throw wrong(`${name} must be an array of strings, a program and its arguments: ["op", "read", …].`);
  return [...(command as string[])];
}

function readLine([program = ""]: readonly string[], output: Uint8Array): string {
  const line = decodeLine(output, (what) => notText(program, what));
  if (line === "") throw invalidSource(`${program} printed nothing. Run it by hand to see why.`);
  if (/[\r\n]/.test(line)) throw invalidSource(`${program} printed more than one line. It must print only the value.`);
  return line;
}

function notText(program: string, what: string) {
  return invalidSource(`the output of ${program} ${what}. It must print UTF-8.`);
}

function wrong(what: string) {
  return invalidSource(`credentialsFromCommand: ${what}`);
}
