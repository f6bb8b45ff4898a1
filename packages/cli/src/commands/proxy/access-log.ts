import { once } from "node:events";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import type { AccessLogEntry } from "@vms/proxy";
import { escapeControlsInJson } from "../../command-line/escape-controls.ts";
import { isoTime } from "../../command-line/format-time.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { usage } from "../../errors/cli-error.ts";

/** What the command line says about the access log. */
export interface LogOptions {
  readonly log?: true;
  readonly logFile?: string;
}

/** Where the access log is written. */
export interface AccessLog {
  write(entry: AccessLogEntry): void;
  close(): Promise<void>;
}

/**
 * Opens the access log: standard error, a file, both or neither. A new file has mode 0600.
 * @throws {CliError} if the file cannot be opened.
 */
export async function openAccessLog(terminal: Terminal, { log, logFile }: LogOptions): Promise<AccessLog> {
  const file = logFile === undefined ? undefined : await openFile(terminal, resolve(logFile));
  return {
    write(entry) {
      if (!log && file === undefined) return;
      const line = lineOf(entry);
      if (log) terminal.say(line);
      file?.write(line);
    },
    close: async () => file?.close(),
  };
}

/** An entry as JSON. Control characters are escaped, so that no caller can write to the terminal. */
function lineOf({
  time,
  remote,
  session,
  method,
  path,
  status,
  complete,
  bytes,
  duration,
  code,
}: AccessLogEntry): string {
  const ms = Math.round(duration);
  const line = { time: isoTime(time), remote, session, method, path, status, complete, bytes, ms, code };
  return escapeControlsInJson(JSON.stringify(line));
}

async function openFile(terminal: Terminal, path: string) {
  const handle = await open(path, "a", 0o600).catch(({ code = "unknown" }: NodeJS.ErrnoException): never => {
    throw usage(`--log-file: ${path} cannot be written (${code}).`, "Choose a file in a directory of this user.");
  });
  const stream = handle.createWriteStream();
  let failed = false;
  stream.on("error", ({ code = "unknown" }: NodeJS.ErrnoException) => {
    if (!failed) terminal.say(`${path} cannot be written (${code}). The proxy continues without this log.`);
    failed = true;
  });
  return {
    write(line: string): void {
      if (!failed) stream.write(`${line}\n`);
    },
    async close(): Promise<void> {
      if (stream.destroyed) return;
      const closed = once(stream, "close");
      stream.end();
      await closed.catch(() => {});
    },
  };
}
