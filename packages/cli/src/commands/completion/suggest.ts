import type { Argument, Command, Option } from "commander";

/** A word that fits at the cursor. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** The words that fit, and what the shell itself should add. */
export interface Suggestions {
  readonly candidates: readonly Candidate[];
  readonly shell?: "files" | "commands";
}

/** Names that are looked up in the configuration or the list of vendors. */
export type NameKind = "profile" | "vendor";
export type NamesOf = (kind: NameKind) => Promise<readonly Candidate[]>;

/**
 * Suggests words for the end of a command line.
 * @param words the words after `vms`. The last one is being typed and may be empty.
 */
export async function suggest(program: Command, words: readonly string[], namesOf: NamesOf): Promise<Suggestions> {
  const current = words.at(-1) ?? "";
  const { command, operands, open, rest } = parseWords(program, words.slice(0, -1));
  if (open !== undefined) return suggestForOption(open, "", namesOf);
  if (!rest && current.startsWith("-")) {
    const [name = "", value] = current.split("=", 2);
    const option = value === undefined ? undefined : findOption(command, name);
    if (option !== undefined) return suggestForOption(option, `${name}=`, namesOf);
    return {
      candidates: optionsOf(command).map(({ long, short, description }) => ({
        value: long ?? short ?? "",
        description,
      })),
    };
  }
  const commands = command.createHelp().visibleCommands(command);
  if (commands.length > 0) {
    if (operands > 0) return NONE;
    return { candidates: commands.map((one) => ({ value: one.name(), description: one.description() })) };
  }
  const { registeredArguments: args } = command;
  const argument = args[operands] ?? (args.at(-1)?.variadic ? args.at(-1) : undefined);
  return argument === undefined ? NONE : suggestForArgument(argument, operands >= args.length, namesOf);
}

const NONE: Suggestions = { candidates: [] };

/** The parsed words before the cursor. */
interface ParsedWords {
  readonly command: Command;
  /** How many arguments the command has so far. */
  readonly operands: number;
  /** An option that still needs its value. */
  readonly open: Option | undefined;
  /** Whether `--` has ended the options. */
  readonly rest: boolean;
}

function parseWords(program: Command, words: readonly string[]): ParsedWords {
  let command = program;
  let operands = 0;
  let open: Option | undefined;
  let rest = false;
  for (const word of words) {
    if (open !== undefined) open = undefined;
    else if (!rest && word === "--") {
      rest = true;
      // `vms exec -- <command>` leaves out the profile.
      if (operands === 0 && command.registeredArguments.at(-1)?.variadic) operands = 1;
    } else if (!rest && word.startsWith("-") && word !== "-") {
      const option = findOption(command, word);
      if (option?.required) open = option;
    } else {
      const inner = operands === 0 ? command.commands.find((one) => one.name() === word) : undefined;
      if (inner === undefined) operands++;
      else command = inner;
    }
  }
  return { command, operands, open, rest };
}

function optionsOf(command: Command): readonly Option[] {
  const help = command.createHelp();
  return [...help.visibleOptions(command), ...(command.parent?.options ?? [])].filter(({ hidden }) => !hidden);
}

function findOption(command: Command, name: string): Option | undefined {
  return optionsOf(command).find(({ long, short }) => long === name || short === name);
}

async function suggestForOption(
  { flags, long, argChoices }: Option,
  prefix: string,
  namesOf: NamesOf,
): Promise<Suggestions> {
  const value = /[<[]([\w-]+)/.exec(flags)?.[1];
  const { candidates, shell } = await suggestForKind(long === "--profile" ? "profile" : value, argChoices, namesOf);
  const whole = candidates.map((one) => ({ ...one, value: prefix + one.value }));
  return shell === undefined ? { candidates: whole } : { candidates: whole, shell };
}

function suggestForArgument(argument: Argument, further: boolean, namesOf: NamesOf): Promise<Suggestions> {
  const name = argument.name();
  return suggestForKind(further && name === "command" ? "file" : name, argument.argChoices, namesOf);
}

async function suggestForKind(
  kind: string | undefined,
  choices: string[] | undefined,
  namesOf: NamesOf,
): Promise<Suggestions> {
  if (choices !== undefined) return { candidates: choices.map((value) => ({ value, description: "" })) };
  if (kind === "profile" || kind === "vendor") return { candidates: await namesOf(kind) };
  if (kind === "file") return { candidates: [], shell: "files" };
  return kind === "command" ? { candidates: [], shell: "commands" } : NONE;
}
