import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { readCertificates } from "../../files/read-certificates.ts";
import type { Profile } from "../../profiles/profile.ts";
import type { System } from "../../system/system.ts";

/** Creates a dispatcher for the requests of a profile. */
export async function openDispatcher({ usesEnvironmentProxy }: System, { ca }: Profile): Promise<Dispatcher> {
  const pem = ca === undefined ? undefined : await readCertificates(ca);
  const options: Agent.Options = {
    // Streams of events or video may be silent for any time. The client decides when to leave.
    bodyTimeout: 0,
    ...(pem === undefined ? {} : { connect: { ca: pem } }),
  };
  // Like Node's `fetch`, which signs in: uses a proxy if Node is configured to.
  return pem === undefined && usesEnvironmentProxy ? new EnvHttpProxyAgent(options) : new Agent(options);
}
