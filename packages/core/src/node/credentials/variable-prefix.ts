import { invalidSource } from "./invalid-source.ts";

/**
 * Removes a trailing underscore.
 * @param caller the public function, for the error.
 */
export function checkVariablePrefix(caller: string, prefix: unknown): string {
  if (typeof prefix === "string" && /^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix)) return prefix.replace(/_$/, "");
  throw invalidSource(`${caller}: the prefix must be the start of a variable name, for example VMS_ACME.`);
}
