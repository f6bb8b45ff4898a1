import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { vendorNames, vendors } from "@vms-tooling/vendors";
import type { Place } from "./smoke.ts";

/** The vendors' servers on free ports of this machine. */
export interface Servers extends AsyncDisposable {
  readonly places: readonly Place[];
  /** Whether every request had the package's `User-Agent`. */
  userAgentCame(): boolean;
}

/** Serves the packed simulator. `moved` of FindFace redirects to its first call. */
export async function serveVendors(project: string): Promise<Servers> {
  const dist = pathToFileURL(join(project, "node_modules/@vms/simulator/dist/"));
  const { createSimulator }: typeof import("@vms/simulator") = await import(new URL("index.js", dist).href);
  const { serveAll }: typeof import("@vms/simulator/node") = await import(new URL("node.js", dist).href);
  const simulator = createSimulator();
  const at = await serveAll(simulator);
  simulator.findface.script({
    when: ({ path }) => path.endsWith("/moved"),
    status: 307,
    headers: { location: `/${simulator.findface.firstCall}` },
  });
  return {
    places: vendorNames.map((vendor) => {
      const { key } = vendors[vendor];
      const { account, firstCall } = simulator[key];
      const { baseUrl } = at[key];
      return { vendor, baseUrl, firstCall, username: account.username, password: account.password };
    }),
    userAgentCame: () =>
      simulator.all.every(({ vendor, requests }) => {
        // Browsers send a preflight request to other origins.
        const ours = requests.filter(({ method }) => method !== "OPTIONS");
        return ours.length > 0 && ours.every(({ headers }) => headers.get("user-agent") === `vms-${vendor}`);
      }),
    [Symbol.asyncDispose]: () => at.close(),
  };
}
