import { AsyncLocalStorage } from "node:async_hooks";
import { basename } from "node:path";

/** A file operation that has not started. */
export interface Operation {
  /** The simulated process, as `actor` names it. */
  readonly actor: string | undefined;
  readonly name: string;
  readonly parameters: readonly unknown[];
}

/** The name of the simulated process that runs the current code. */
export const actor: AsyncLocalStorage<string> = new AsyncLocalStorage<string>();

/** Called before each file operation, which starts when its promise resolves. */
export type Gate = (operation: Operation) => Promise<unknown> | undefined;

let gate: Gate = () => undefined;
let observe: Observer = () => {};

/** Called when a file operation has ended. */
export type Observer = (operation: Operation, succeeded: boolean) => void;

/** Stops file operations until the gate opens, and observes their ends. */
export function setGate(newGate: Gate, observer: Observer = () => {}): void {
  gate = newGate;
  observe = observer;
}

type Call = (...parameters: never[]) => unknown;

/** Puts the gate before functions of a module. */
export function gated<T extends object>(actual: T, names: readonly (keyof T & string)[]): T {
  const wrapped = names.map((name) => [name, pass(name, actual[name] as Call)]);
  return { ...actual, ...Object.fromEntries(wrapped) };
}

function pass(name: string, call: Call): Call {
  return async (...parameters: never[]) => {
    const operation: Operation = { actor: actor.getStore(), name, parameters };
    await gate(operation);
    let succeeded = false;
    try {
      const result = await call(...parameters);
      succeeded = true;
      return name === "open" ? gatedHandle(result as object) : result;
    } finally {
      observe(operation, succeeded);
    }
  };
}

/** Puts the gate before the steps of a write as well. */
function gatedHandle(handle: object): object {
  const bound = (name: string) => (handle[name as never] as Call).bind(handle);
  const steps = ["chmod", "writeFile", "sync"].map((name) => [name, pass(name, bound(name))]);
  return { ...Object.fromEntries(steps), close: bound("close") };
}

/** The last part of an operation's path, for a message. */
export const shortly = ({ name, parameters }: Operation): string => `${name} ${basename(String(parameters[0]))}`;
