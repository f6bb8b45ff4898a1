import process from "node:process";
import { runChild } from "../../command-line/run-child.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { credentialOf } from "../../credentials/credential.ts";
import { variablesOf } from "../../credentials/credential-variables.ts";

/** `vms exec`: the exit status becomes the command's. */
export async function exec(name: string, command: readonly string[], terminal: Terminal): Promise<void> {
  const variables = variablesOf(await credentialOf(name));
  process.exitCode = await runChild(command, { ...withoutSecrets(process.env), ...variables }, terminal);
}

/** An environment without what signs in, and without the credential of another profile. */
function withoutSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !SECRETS.test(name)));
}

// In any case of letters: Windows tells none apart.
const SECRETS =
  /^VMS_(.*_(PASSWORD|TOTP|API_KEY)|SESSION_KEY|PROFILE|VENDOR|URL|TOKEN|AUTHORIZATION|COOKIE|HEADER_.*|QUERY|USER_AGENT)$/i;
