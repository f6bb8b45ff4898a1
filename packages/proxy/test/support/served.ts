import { serve } from "@vms/simulator/node";
import { onTestFinished } from "vitest";

/** The simulator itself, on a free port. */
export async function served<T extends Parameters<typeof serve>[0]>(
  server: T,
): Promise<{ server: T; baseUrl: string; close(): Promise<void> }> {
  const { baseUrl, close } = await serve(server);
  onTestFinished(close);
  return { server, baseUrl, close };
}
