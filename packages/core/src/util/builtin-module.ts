/** Returns a module of Node in the runtimes that have it. Not imported, so that browsers and bundlers need not know it. */
export function builtinModule(name: string): unknown {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  try {
    return process?.getBuiltinModule?.(name);
  } catch {
    // An edge runtime may throw as soon as this is read.
    return undefined;
  }
}
