/** Whether a value is a plain object that JSON preserves. */
export function isJsonObject(value: unknown, depth = 0): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = prototype === null || prototype === Object.prototype;
  return plain && Object.values(value).every((part) => isJson(part, depth + 1));
}

// The depth limit also stops at an object that contains itself.
function isJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (depth > 32) return false;
  return Array.isArray(value) ? value.every((part) => isJson(part, depth + 1)) : isJsonObject(value, depth);
}
