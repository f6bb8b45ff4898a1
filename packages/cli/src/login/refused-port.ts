import { usage } from "../errors/cli-error.ts";

/**
 * Checks the port of a URL, because `fetch` blocks some. Nothing is sent.
 * @throws {CliError} if `fetch` blocks it.
 */
export async function requireUsablePort(url: string): Promise<void> {
  const { port } = new URL(url);
  if (port === "") return;
  // It is reached only if the port is not blocked.
  const dispatcher = {
    dispatch() {
      throw new Error("not sent");
    },
  };
  const init: object = { dispatcher };
  const error: unknown = await fetch(url, init).catch((reason: unknown) => reason);
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error) || cause.message !== "bad port") return;
  throw usage(`port ${port} cannot be used: fetch blocks it.`, "Check the URL: --url <url>");
}
