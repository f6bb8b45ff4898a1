import { spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import process from "node:process";
import { PassThrough, Writable } from "node:stream";
import { createKeyring } from "../../src/secrets/keyring.ts";
import { placesBelow } from "../../src/system/places.ts";
import type { Environment, System } from "../../src/system/system.ts";
import { fakeKeyringProcess, keyringIn, noKeyring } from "./fake-keyring.ts";

/** A system without a terminal, and what a run has written to it. */
export interface TestSystem {
  readonly system: System;
  readonly stdout: Written;
  readonly stderr: Written;
  /** Standard input: written to by the test. */
  readonly stdin: PassThrough;
  /** Sends a signal, as the operating system does. */
  signal(name: NodeJS.Signals): void;
  /** Signals that the run still listens for. */
  heard(): readonly (string | symbol)[];
  /** Waits until everything that the run has started has ended, as a process does. */
  over(): Promise<void>;
  /** Rejects if the run ends itself immediately, which a test in process cannot. */
  readonly exited: Promise<never>;
}

interface Written {
  text(): string;
  /** Calls a listener after each write. */
  onWrite(listener: () => void): void;
}

/**
 * Creates the system of a run in this process. It shares nothing with other runs and with the process.
 * @param columns the width of the terminal that is the standard output. Default: no terminal.
 */
export function testSystem(args: readonly string[], env: Environment, columns?: number): TestSystem {
  requireIsolated(env);
  const { FAKE_KEYRING: keyring } = env;
  const [stdout, stderr] = [collector(), collector()];
  if (columns !== undefined) Object.assign(stdout.stream, { isTTY: true, columns });
  const stdin = new PassThrough();
  const signals = new EventEmitter();
  const unfinished = new Set<Promise<unknown>>();
  const follow = (work: Promise<unknown>) => {
    const over: Promise<unknown> = work.then(
      () => unfinished.delete(over),
      () => unfinished.delete(over),
    );
    unfinished.add(over);
  };
  const library = keyring === undefined ? noKeyring : keyringIn(keyring);
  const opened = createKeyring(() => fakeKeyringProcess(library), signals);
  const exited = Promise.withResolvers<never>();
  exited.promise.catch(() => {});
  const system: System = {
    args,
    env,
    places: placesBelow(env.VMS_HOME ?? ""),
    stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    signals,
    usesEnvironmentProxy: false,
    startProgram(program, words, variables) {
      const child = spawn(program, words, { env: variables, stdio: "pipe" });
      child.stdin.on("error", () => {});
      stdin.pipe(child.stdin);
      child.stdout.pipe(stdout.stream, { end: false });
      child.stderr.pipe(stderr.stream, { end: false });
      follow(new Promise((resolve) => child.once("close", resolve).once("error", resolve)));
      return child;
    },
    openKeyring: async () => opened,
    outlasting: follow,
    exit: (status) => exited.reject(new Error(`The run ended immediately, with ${status}.`)),
  };
  return {
    system,
    stdout,
    stderr,
    stdin,
    signal: (name) => void signals.emit(name, name),
    async over() {
      do {
        await Promise.all(unfinished);
        // One step can begin the next.
        await new Promise(setImmediate);
      } while (unfinished.size > 0);
    },
    heard: () => signals.eventNames(),
    exited: exited.promise,
  };
}

/** Node and libraries read these from the process, not from the system. */
function requireIsolated({ VMS_HOME, NODE_COMPILE_CACHE: _, ...others }: Environment): void {
  if (!VMS_HOME) throw new Error("A run without VMS_HOME needs vmsProcess: it would use the user's own directories.");
  const read = Object.keys(others).filter((name) => name.startsWith("NODE_"));
  if (read.length > 0) throw new Error(`A run with ${read.join(", ")} needs vmsProcess.`);
}

/** Collects what is written. */
function collector(): Written & { readonly stream: Writable } {
  const chunks: Buffer[] = [];
  const listeners: (() => void)[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
      for (const listener of listeners) listener();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString(), onWrite: (listener) => void listeners.push(listener) };
}

/** Writes the warnings of this process to standard error of a run, as a separate process does. Returns a function that stops it. */
export function passWarnings({ system }: TestSystem): () => void {
  const warn = (warning: Error) => void system.stderr.write(`(node) ${warning.name}: ${warning.message}\n`);
  process.on("warning", warn);
  return () => void process.off("warning", warn);
}
