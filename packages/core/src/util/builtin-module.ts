/** Not an import, so that browsers and bundlers do not see the Node module. */
export function builtinModule(name: string): unknown {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  try {
    return process?.getBuiltinModule?.(name);
  } catch {
    // In an edge runtime even the property access may throw.
    return undefined;
  }
}
