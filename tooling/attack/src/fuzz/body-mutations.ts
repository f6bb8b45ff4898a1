import fc from "fast-check";
import { oddValues } from "./values.ts";

/** A corruption of a body. */
export type BodyMutation =
  | { readonly kind: "replace" | "duplicate" | "rename"; readonly at: number; readonly value: unknown }
  | { readonly kind: "delete"; readonly at: number }
  | { readonly kind: "all"; readonly value: unknown }
  | { readonly kind: "deep"; readonly at: number; readonly depth: number; readonly open: "[" | '{"a":' }
  | { readonly kind: "number"; readonly at: number; readonly literal: string }
  | { readonly kind: "truncate"; readonly at: number }
  | { readonly kind: "bytes"; readonly at: number; readonly bytes: readonly number[] }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "oversize" };

const at = fc.nat(1_000);
const odd = oddValues;

export const bodyMutations: fc.Arbitrary<BodyMutation> = fc.oneof(
  { weight: 80, arbitrary: fc.record({ kind: fc.constant("replace" as const), at, value: odd }) },
  { weight: 40, arbitrary: fc.record({ kind: fc.constant("delete" as const), at }) },
  { weight: 20, arbitrary: fc.record({ kind: fc.constant("duplicate" as const), at, value: odd }) },
  { weight: 20, arbitrary: fc.record({ kind: fc.constant("rename" as const), at, value: odd }) },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant("all" as const), value: odd }) },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant("deep" as const),
      at,
      depth: fc.constantFrom(10, 1_000, 20_000),
      open: fc.constantFrom("[" as const, '{"a":' as const),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant("number" as const),
      at,
      literal: fc.constantFrom("1e999", "-1e999", "-0", "1".repeat(400), "0.1e-9999", "01", "NaN", "0x10"),
    }),
  },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant("truncate" as const), at }) },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant("bytes" as const),
      at,
      bytes: fc.oneof(
        fc.constantFrom([0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xc3], [0xed, 0xa0, 0x80], [0xf8, 0x88], [0]),
        fc.array(fc.nat(255), { minLength: 1, maxLength: 8 }),
      ),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant("text" as const),
      text: fc.constantFrom("", " ", "null", "undefined", "{}", "[]", '""', "<html><password></html>", "{,}", "\ufeff"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("oversize" as const) }) },
);

/** The places in a JSON value that can be corrupted, each with the object that holds it. */
interface Spot {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

// A loop, because another mutation may have nested the value thousands of levels deep.
function spotsIn(value: unknown): Spot[] {
  const found: Spot[] = [];
  const holders = [value];
  for (const at of holders) {
    if (typeof at !== "object" || at === null) continue;
    const holder = at as Record<string, unknown>;
    for (const key of Object.keys(holder)) {
      found.push({ holder, key });
      holders.push(holder[key]);
    }
  }
  return found;
}

const HOLE = "@@hole@@";

/** Corrupts a body. A mutation that needs JSON leaves any other body unchanged. */
export function mutateBody(body: Uint8Array<ArrayBuffer>, mutation: BodyMutation): Uint8Array<ArrayBuffer> {
  switch (mutation.kind) {
    case "truncate":
      return body.slice(0, mutation.at % (body.length + 1));
    case "bytes": {
      // At the beginning in half of the cases, like a byte order mark.
      const at = mutation.at % 2 === 0 ? 0 : mutation.at % (body.length + 1);
      return new Uint8Array([...body.slice(0, at), ...mutation.bytes, ...body.slice(at)]);
    }
    case "text":
      return encode(mutation.text);
    case "all":
      return encode(JSON.stringify(mutation.value));
    case "oversize":
      return encode(`{"x":"${"x".repeat(1_100_000)}"}`);
    default:
      try {
        return mutateJson(body, mutation);
      } catch (error) {
        // `JSON.stringify` fails on values that another mutation has nested too deep.
        if (error instanceof RangeError) return body;
        throw error;
      }
  }
}

type JsonMutation = Extract<BodyMutation, { readonly at: number }>;

function mutateJson(body: Uint8Array<ArrayBuffer>, mutation: JsonMutation): Uint8Array<ArrayBuffer> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return body;
  }
  const spots = spotsIn(value);
  const spot = spots[mutation.at % Math.max(1, spots.length)];
  if (spot === undefined) return body;
  const { holder, key } = spot;
  const old = holder[key];
  switch (mutation.kind) {
    case "replace":
      holder[key] = mutation.value;
      return encode(JSON.stringify(value));
    case "delete":
      delete holder[key];
      return encode(JSON.stringify(value));
    case "rename":
      if (Array.isArray(holder)) return body;
      delete holder[key];
      Object.defineProperty(holder, nameOf(mutation.value), { value: old, enumerable: true, configurable: true });
      return encode(JSON.stringify(value));
    case "duplicate": {
      // A duplicate key, with the odd value last or first.
      holder[key] = HOLE;
      const [odd, real] = [JSON.stringify(mutation.value), JSON.stringify(old)];
      const [first, last] = mutation.at % 2 === 0 ? [odd, real] : [real, odd];
      return fill(value, Array.isArray(holder) ? `${first},${last}` : `${first},${JSON.stringify(key)}:${last}`);
    }
    case "deep": {
      holder[key] = HOLE;
      const { open, depth } = mutation;
      return fill(value, `${open.repeat(depth)}null${(open === "[" ? "]" : "}").repeat(depth)}`);
    }
    case "number":
      holder[key] = HOLE;
      return fill(value, mutation.literal);
    default:
      return body;
  }
}

// `String` throws for an object without a prototype.
function nameOf(value: unknown): string {
  return typeof value === "string" ? value : String(JSON.stringify(value));
}

function fill(value: unknown, text: string): Uint8Array<ArrayBuffer> {
  return encode(JSON.stringify(value).replace(JSON.stringify(HOLE), () => text));
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
