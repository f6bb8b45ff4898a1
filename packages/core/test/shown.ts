import { inspect } from "node:util";

/** Returns all text of a value that a logger, a debugger or a bug report could show. */
export function shown(value: unknown): string {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  const attempt = (read: () => unknown) => {
    try {
      const result = read();
      if (typeof result === "string") texts.push(result);
      return result;
    } catch {
      return undefined;
    }
  };
  const everything = { showHidden: true, depth: Number.POSITIVE_INFINITY, maxArrayLength: null, maxStringLength: null };
  const walk = (at: unknown, depth: number) => {
    if (typeof at === "string") texts.push(at);
    if ((typeof at !== "object" && typeof at !== "function") || at === null || seen.has(at) || depth > 12) return;
    seen.add(at);
    if (depth === 0 || at instanceof Error) {
      attempt(() => inspect(at));
      attempt(() => inspect(at, everything));
      attempt(() => inspect(at, { ...everything, getters: true }));
      attempt(() => inspect(at, { ...everything, customInspect: false }));
      attempt(() => JSON.stringify(at));
      attempt(() => String(at));
      attempt(() => inspect(structuredClone(at), everything));
    }
    if (at instanceof Map) for (const pair of at) walk(pair, depth + 1);
    if (at instanceof Set) for (const member of at) walk(member, depth + 1);
    if (at instanceof Headers) for (const [name, content] of at) texts.push(`${name}: ${content}`);
    if (at instanceof Request || at instanceof Response) {
      texts.push(at.url);
      walk(at.headers, depth + 1);
    }
    if (at instanceof Request) texts.push(at.referrer);
    if (at instanceof ArrayBuffer || ArrayBuffer.isView(at)) {
      texts.push(
        Buffer.from(at instanceof ArrayBuffer ? new Uint8Array(at) : new Uint8Array(at.buffer)).toString("latin1"),
      );
      return;
    }
    for (const key of Reflect.ownKeys(at)) {
      texts.push(String(key));
      walk(
        attempt(() => Reflect.get(at, key)),
        depth + 1,
      );
    }
  };
  walk(value, 0);
  return texts.join("\n");
}

/** Returns the forms in which a secret could be shown. */
export function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString("base64"),
    bytes.toString("hex"),
    [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" "),
    [...bytes].join(", "),
  ];
}
