import { resolve } from "node:path";
import { decodeLine, readSecretFile } from "@vms/core/internal/node";
import { tokenProblem } from "@vms/proxy/internal";
import { type CliError, usage } from "../../errors/cli-error.ts";
import { notUtf8 } from "../../files/read-text.ts";
import type { System } from "../../system/system.ts";

/** What the command line says about the token. */
export interface TokenOptions {
  /** `false` with `--no-token`. */
  readonly token: boolean;
  readonly tokenFile?: string;
  readonly authorization?: true;
}

/** The token that callers must send. */
export type ProxyToken =
  | { readonly from: "random" }
  | { readonly from: "file"; readonly path: string; readonly value: string }
  | { readonly from: "nowhere" };

const VARIABLE = "VMS_PROXY_TOKEN_FILE";

/**
 * Determines the token: that of `--token-file`, else of `VMS_PROXY_TOKEN_FILE`, else a random one.
 * @throws {CliError} if the options contradict each other, or the file cannot be used.
 */
export async function proxyToken(system: System, options: TokenOptions): Promise<ProxyToken> {
  const { token, tokenFile, authorization } = options;
  if (!token && tokenFile !== undefined) throw usage("--no-token and --token-file contradict each other.");
  if (!token && authorization) {
    throw usage(
      "--authorization with --no-token would give the credential to every program on this machine.",
      "Leave out one of the two options.",
    );
  }
  if (!token) return { from: "nowhere" };
  const given = tokenFile ?? (system.env[VARIABLE] || undefined);
  if (given === undefined) return { from: "random" };
  const path = resolve(given);
  return { from: "file", path, value: await readToken(path, tokenFile === undefined ? VARIABLE : "--token-file") };
}

async function readToken(path: string, from: string): Promise<string> {
  const invalid = (what: string): CliError => usage(`${from}: ${what}`);
  const value = decodeLine(await readSecretFile(path, invalid), (what) => notUtf8(path, what));
  const problem = tokenProblem(value);
  if (problem === undefined) return value;
  throw usage(`${from}: the token in ${path} ${problem}`, `For example: openssl rand -hex 32 > ${path}`);
}
