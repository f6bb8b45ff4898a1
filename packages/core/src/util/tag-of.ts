/**
 * The tag of a platform's object: `"Request"`, `"FormData"`. Unlike `instanceof`, it also recognises objects of another realm
 * (jest, vm, Electron) and of libraries such as undici.
 */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}
