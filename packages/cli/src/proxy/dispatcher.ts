import process from "node:process";
import type { Session } from "@vms/core";
import { sessionInterceptor } from "@vms/core/node";
import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { readCertificates } from "../files/read-certificates.ts";
import type { Profile } from "../profiles/profile.ts";

/** Sends requests to a profile's vendor, with the session's credential put on. */
export async function openDispatcher({ ca }: Profile, session: Session): Promise<Dispatcher.ComposedDispatcher> {
  const pem = ca === undefined ? undefined : await readCertificates(ca);
  const options: Agent.Options = {
    // A stream of events or of video may be silent for as long as it likes: who has enough of it leaves.
    bodyTimeout: 0,
    ...(pem === undefined ? {} : { connect: { ca: pem } }),
  };
  // As Node's own fetch, which signs in: a proxy is used where Node was told so.
  const agent = pem === undefined && usesProxies() ? new EnvHttpProxyAgent(options) : new Agent(options);
  return agent.compose(sessionInterceptor(session));
}

/** Whether this Node sends requests by `HTTPS_PROXY` and the like. */
export function usesProxies(): boolean {
  return process.env.NODE_USE_ENV_PROXY === "1" || process.execArgv.includes("--use-env-proxy");
}
