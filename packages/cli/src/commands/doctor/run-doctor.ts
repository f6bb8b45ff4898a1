import { interruptible } from "../../command-line/interrupt.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { simulatorGone } from "../../error-messages/advice.ts";
import type { ErrorContext } from "../../error-messages/error-context.ts";
import { withErrorContext } from "../../error-messages/with-error-context.ts";
import { usage } from "../../errors/cli-error.ts";
import { EXIT, type ExitCode } from "../../errors/exit-codes.ts";
import { readCertificates } from "../../files/read-certificates.ts";
import { readConfig } from "../../profiles/config.ts";
import { loginCommand, type Profile } from "../../profiles/profile.ts";
import { resolveProfile } from "../../profiles/resolve-profile.ts";
import { defaultUrl } from "../../profiles/urls.ts";
import { vendors } from "../../profiles/vendors.ts";
import { openSession } from "../../sessions/open-session.ts";
import { requirePassword } from "../../sessions/require-password.ts";
import { whyNoSession } from "../../sessions/why-no-session.ts";
import { checkCertificate, type TrustedCertificates } from "./check-certificate.ts";
import { checkFirstCall, checkLogin } from "./check-login.ts";
import { lookUpName, openConnection } from "./check-network.ts";
import { compareClocks } from "./compare-clocks.ts";
import { envProxy, proxyFinding } from "./environment-proxy.ts";
import { formatStep } from "./format-step.ts";
import { type Endpoint, type Step, timed } from "./step.ts";

/** The options of `vms doctor`, as the command line gives them. */
export interface DoctorOptions {
  readonly json?: true;
}

/** Examines a profile step by step, and reports what fails. */
export async function runDoctor(given: string | undefined, options: DoctorOptions, terminal: Terminal): Promise<void> {
  const { system } = terminal;
  const config = await readConfig(system);
  const { name, profile } = resolveProfile(system, config, given);
  // Invalid options are reported before anything is sent.
  const context: ErrorContext = { name, profile, system, examined: true };
  const why = () => whyNoSession(system, name, profile, config, true);
  const password = () => requirePassword(system, name, profile, undefined, why);
  const session = await withErrorContext(context, () => openSession(system, name, profile, config, { password }));
  const { title } = vendors[profile.vendor];
  const endpoint = endpointOf(name, profile);
  const trusted = await trustedBy(profile);
  if (!options.json) await terminal.out(`${name}: ${title}, ${endpoint.url.href}, ${profile.username}\n\n`);

  const steps: Step[] = [];
  await interruptible(system, async (signal) => {
    for await (const step of examine()) {
      signal.throwIfAborted();
      steps.push(step);
      if (!options.json) await terminal.out(formatStep(system, step));
      if (step.stop) break;
    }

    async function* examine(): AsyncGenerator<Step> {
      const proxy = envProxy(system, endpoint, profile.ca);
      if (proxy !== undefined) yield timed("proxy", () => proxyFinding(proxy, profile.ca));
      // With a proxy, this machine connects to the proxy, and the proxy looks up the vendor's name.
      const next = proxy?.used && proxy.url !== undefined ? endpointAt(proxy.url, endpoint.login) : endpoint;
      yield timed("DNS", () => lookUpName(next));
      const began = performance.now();
      const { socket, ...connected } = await openConnection(next, signal);
      try {
        yield { name: "TCP", ms: Math.round(performance.now() - began), ...connected };
        if (socket !== undefined && next === endpoint && endpoint.url.protocol === "https:") {
          yield timed("TLS", () => checkCertificate(socket, endpoint, trusted));
        }
      } finally {
        socket?.destroy();
      }
      yield timed("clock", async () => compareClocks(endpoint, await fetchTrusting(trusted), signal));
      yield timed("login", () => checkLogin(session, context, signal));
      yield timed("call", () => checkFirstCall(session, context, vendors[profile.vendor].firstCall, endpoint, signal));
    }
  });

  const exit = exitOf(steps);
  if (options.json) await terminal.out(toJson(name, profile, endpoint, steps, exit));
  else await terminal.out(`\n${verdict(steps)}\n`);
  terminal.setStatus(exit);
}

function endpointOf(name: string, profile: Profile): Endpoint {
  const url = URL.parse(profile.url ?? defaultUrl(profile.vendor) ?? "");
  if (url === null) throw usage(`the profile "${name}" has no valid URL.`, `Sign in: ${loginCommand(name, profile)}`);
  const endpoint = endpointAt(url, `vms login ${profile.vendor} --profile ${name}${accountOption(profile)}`);
  return profile.simulator ? { ...endpoint, whenGone: simulatorGone(loginCommand(name, profile)) } : endpoint;
}

// `vms login` changes the URL only of a profile that the options identify completely.
function accountOption({ options }: Profile): string {
  return typeof options?.account === "string" ? ` --account ${options.account}` : "";
}

function endpointAt(url: URL, login: string): Endpoint {
  const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
  return { url, host: url.hostname.replace(/^\[(.*)\]$/, "$1"), port, login };
}

async function trustedBy({ ca }: Profile): Promise<TrustedCertificates | undefined> {
  return ca === undefined ? undefined : { file: ca, pem: await readCertificates(ca) };
}

async function fetchTrusting(trusted: TrustedCertificates | undefined): Promise<typeof globalThis.fetch> {
  if (trusted === undefined) return globalThis.fetch;
  return (await import("@vms/core/node")).nodeFetch({ ca: trusted.pem });
}

// The failure that stopped the examination counts. A clock difference counts only if everything else works.
function exitOf(steps: readonly Step[]): ExitCode {
  const failed = steps.filter(({ state }) => state === "failed");
  return (failed.find(({ stop }) => stop) ?? failed[0])?.exit ?? EXIT.ok;
}

function verdict(steps: readonly Step[]): string {
  const failed = steps.filter(({ state }) => state === "failed");
  if (failed.length === 0) return "Everything works.";
  return steps.at(-1)?.stop ? `Stopped at ${steps.at(-1)?.name}: the later steps cannot work.` : "Calls work.";
}

function toJson(
  name: string,
  { vendor, username }: Profile,
  { url }: Endpoint,
  steps: readonly Step[],
  exit: ExitCode,
): string {
  const list = steps.map(({ name, state, ms, text, hint }) => ({ name, state, ms, text, hint: hint ?? null }));
  const report = { profile: name, vendor, url: url.href, account: username, ok: exit === EXIT.ok, exit, steps: list };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
