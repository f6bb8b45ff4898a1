import type { Session } from "@vms/core";
import { sessionInterceptor } from "@vms/core/node";
import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { readCertificates } from "../files/read-certificates.ts";
import type { Profile } from "../profiles/profile.ts";
import type { System } from "../system/system.ts";

/** Creates a dispatcher that sends requests to a profile's vendor and adds the session's credential. */
export async function openDispatcher(
  system: System,
  { ca }: Profile,
  session: Session,
): Promise<Dispatcher.ComposedDispatcher> {
  const pem = ca === undefined ? undefined : await readCertificates(ca);
  const options: Agent.Options = {
    // Streams of events or video may be silent for any time. The client decides when to leave.
    bodyTimeout: 0,
    ...(pem === undefined ? {} : { connect: { ca: pem } }),
  };
  // Like Node's `fetch`, which signs in: uses a proxy if Node is configured to.
  const agent = pem === undefined && system.usesEnvironmentProxy ? new EnvHttpProxyAgent(options) : new Agent(options);
  return agent.compose(sessionInterceptor(session));
}
