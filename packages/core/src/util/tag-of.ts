/**
 * Returns a tag such as `"Request"`. Unlike `instanceof`, it works for objects from other realms (jest, vm, Electron)
 * and from libraries such as undici.
 */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}
