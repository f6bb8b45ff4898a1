import { createSimulator, type VendorServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";

/** A credential that a vendor has issued. */
interface Issued {
  readonly vendor: VendorServer["vendor"];
  readonly secret: string;
  /** Whether a page signed in with bare `fetch`. */
  readonly isControl: boolean;
}

/** Two simulated vendors on free ports of this machine. */
export interface Vendors {
  readonly alta: VendorServer;
  readonly adminToken: VendorServer;
  /** Every credential that they have issued, oldest first. */
  readonly issued: readonly Issued[];
  /** The number of logins by sessions, per vendor. */
  logins(): { readonly alta: number; readonly adminToken: number };
  /** The number of requests to Alta for this path. */
  calls(path: string): number;
  /** The environment variables with which an application signs in. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Serves the vendors and records the credentials that they issue. */
export async function serveVendors(): Promise<Vendors> {
  const { alta, adminToken } = createSimulator();
  const issued: Issued[] = [];
  const recorded = (server: VendorServer): VendorServer => {
    const receive: VendorServer["receive"] = async (incoming) => {
      const answer = await server.receive(incoming);
      if (answer === "dropped") return answer;
      const isControl = incoming.headers.has("x-control");
      for (const secret of secretsIn(answer.headers, new TextDecoder().decode(answer.body))) {
        issued.push({ vendor: server.vendor, secret, isControl });
      }
      return answer;
    };
    return Object.create(server, { receive: { value: receive } });
  };
  const served = await Promise.all([serve(recorded(alta)), serve(recorded(adminToken))]);
  const signIns = (server: VendorServer) =>
    issued.filter(({ vendor, isControl }) => vendor === server.vendor && !isControl).length;
  return {
    alta,
    adminToken,
    issued,
    logins: () => ({ alta: signIns(alta), adminToken: signIns(adminToken) }),
    calls: (path) => alta.requests.filter((request) => request.path === path).length,
    environment: {
      VMS_ALTA_URL: served[0].baseUrl,
      VMS_ALTA_USERNAME: alta.account.username,
      VMS_ALTA_PASSWORD: alta.account.password,
      VMS_ADMIN_TOKEN_URL: served[1].baseUrl,
      VMS_ADMIN_TOKEN_USERNAME: adminToken.account.username,
      VMS_ADMIN_TOKEN_PASSWORD: adminToken.account.password,
    },
    close: async () => {
      await Promise.all(served.map(({ close }) => close()));
    },
  };
}

/** The session cookie of Alta, and the token of AiPix VMS without its number. */
function secretsIn(headers: Headers, body: string): string[] {
  const cookies = headers.getSetCookie().map((line) => /^va=([^;]+)/.exec(line)?.[1]);
  const token = /"access_token":"\d+\|([^"]+)"/.exec(body)?.[1];
  return [...cookies, token].filter((secret) => secret !== undefined && secret !== "") as string[];
}
