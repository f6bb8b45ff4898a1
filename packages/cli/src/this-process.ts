import { extname, join } from "node:path";
import process from "node:process";
import { usage } from "./errors/cli-error.ts";
import type { Keyring } from "./system/keyring.ts";
import { findPlaces } from "./system/places.ts";
import type { System } from "./system/system.ts";

/** The process that runs `vms`. Streams are opened on first use, because opening them is slow. */
export async function thisProcess(): Promise<System> {
  const places = await findPlaces(process.env);
  let keyring: Promise<Keyring> | undefined;
  return {
    args: process.argv.slice(2),
    env: process.env,
    get places() {
      if (places === undefined) throw usage("this user has no home directory for the files of vms.", NO_HOME);
      return places;
    },
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return process.stdout;
    },
    get stderr() {
      return process.stderr;
    },
    signals: process,
    usesEnvironmentProxy: process.env.NODE_USE_ENV_PROXY === "1" || process.execArgv.includes("--use-env-proxy"),
    startProgram,
    openKeyring: () => (keyring ??= openKeyring()),
    // Node itself waits for the work.
    outlasting: () => {},
    exit: (status) => process.exit(status),
  };
}

const NO_HOME = "Set VMS_HOME to a directory that only this user can write to.";

// Loaded when it is used, because most runs start no program.
const startProgram: System["startProgram"] = (program, args, env) => {
  const child = process.getBuiltinModule("node:child_process").spawn(program, args, { env, stdio: "inherit" });
  // Also after a crash.
  const end = () => void child.kill();
  process.on("exit", end);
  child.once("exit", () => process.off("exit", end));
  return child;
};

async function openKeyring(): Promise<Keyring> {
  const { createKeyring } = await import("./secrets/keyring.ts");
  const { startKeyring } = await import("./system/start-keyring.ts");
  // The name of this file ends as those beside it do, as a source and as a bundle.
  const program = join(import.meta.dirname, `keyring-process${extname(import.meta.filename)}`);
  return createKeyring(() => startKeyring(program, process.env), process);
}
