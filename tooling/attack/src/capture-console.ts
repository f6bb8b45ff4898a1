const METHODS = ["log", "warn", "error", "info", "debug", "trace"] as const;

/** Captures console output until `restore` is called. */
export function captureConsole(): { readonly lines: readonly string[]; restore(): void } {
  const lines: string[] = [];
  const originals = METHODS.map((method) => [method, console[method]] as const);
  for (const method of METHODS) console[method] = (...args: unknown[]) => void lines.push(args.map(String).join(" "));
  return {
    lines,
    restore: () => {
      for (const [method, original] of originals) console[method] = original;
    },
  };
}
