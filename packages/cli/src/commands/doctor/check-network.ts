import { lookup } from "node:dns/promises";
import { connect, isIP, type Socket } from "node:net";
import { networkProblem } from "../../error-messages/network-problem.ts";
import { type Endpoint, type Finding, failure, passed, STEP_TIMEOUT } from "./step.ts";

/** Looks up a host name as API calls do. */
export async function lookUpName({ host, login }: Endpoint): Promise<Finding> {
  if (isIP(host) !== 0) return passed(`${host} is an IP address and needs no lookup.`);
  try {
    const found = await lookup(host, { all: true });
    return passed(`${host} is ${found.map(({ address }) => address).join(", ")}.`);
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    const { text } = networkProblem(code, host);
    if (code === "EAI_AGAIN") return failure(`${text}.`, "Check the network: is this machine online, and on its VPN?");
    return failure(
      `${text}.`,
      `Check the URL. Does the name need a VPN or another name server? To correct the URL: ${login} --url …`,
    );
  }
}

/** Opens a connection. The caller closes it. */
export async function openConnection(
  { host, port, login, whenGone }: Endpoint,
  signal: AbortSignal,
): Promise<Finding & { readonly socket?: Socket }> {
  const socket = connect({ host, port, timeout: STEP_TIMEOUT });
  const end = () => socket.destroy(new Error("interrupted"));
  signal.addEventListener("abort", end, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("timeout", () => reject(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" })));
      socket.once("error", reject);
    });
    socket.setTimeout(0);
    return { ...passed(`${socket.remoteAddress}:${port} accepts connections.`), socket };
  } catch (error) {
    socket.destroy();
    const code = codeOf(error) ?? "unknown";
    const { text } = networkProblem(code, host, port);
    if (code === "ECONNREFUSED") {
      const hint = `Is the port right, and is the server running? To correct the URL: ${login} --url …`;
      return failure(`${text}.`, whenGone ?? hint);
    }
    return failure(
      `${text}.`,
      "Check the network: VPN, firewall, a required proxy. A firewall that drops packets can cause this.",
    );
  } finally {
    signal.removeEventListener("abort", end);
  }
}

// If several addresses were tried, the error contains one error for each.
function codeOf(error: unknown): string | undefined {
  const one = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
  return (one as NodeJS.ErrnoException).code;
}
