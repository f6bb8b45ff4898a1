import process from "node:process";
import { places } from "./system/places.ts";
import type { System } from "./system/system.ts";

/** The process that runs `vms`. The streams are opened when they are first used, because that takes long. */
export function thisProcess(): System {
  return {
    args: process.argv.slice(2),
    env: process.env,
    places: places(process.env),
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
    // Loaded when it is used, because most runs start no program.
    startProgram: (program, args, env) =>
      process.getBuiltinModule("node:child_process").spawn(program, args, { env, stdio: "inherit" }),
    loadKeyring: () => import("@napi-rs/keyring"),
    // Node waits for it by itself.
    outlasting: () => {},
    exit: (status) => process.exit(status),
  };
}
