import type { ContractServer } from "@vms/test-suite";
import { call } from "./documented.ts";
import { type Sessions, serveInProcess } from "./in-process.ts";

/** What the vendor's server answers, by its page alone. `path` is relative to the base URL. */
async function answer(request: Request, path: string, sessions: Sessions): Promise<Response> {
  if (request.method === "POST" && path === "sessions") {
    const { login, secret } = (await request.json()) as Record<string, unknown>;
    const token = sessions.open(login, secret);
    return token === undefined
      ? Response.json({ error: "wrong login or secret" }, { status: 403 })
      : Response.json({ token });
  }
  const token = request.headers.get("x-session");
  if (!sessions.has(token)) return Response.json({ error: "no session" }, { status: 401 });
  if (request.method === "DELETE" && path === "sessions/current") {
    sessions.end(token);
    return new Response(null, { status: 204 });
  }
  return path === call ? Response.json([]) : Response.json({ error: "not found" }, { status: 404 });
}

/** A server of the vendor, for one clause of the contract. */
export function createAcmeCamServer(): ContractServer {
  return serveInProcess({ vendor: "acme-cam", firstCall: call, answer });
}
