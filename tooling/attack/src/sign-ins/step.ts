/** A step of a session. `path` is the end of the path of its request. */
export interface Step {
  readonly name: string;
  readonly kind: "login" | "call" | "method" | "renewal" | "logout";
  readonly path: string;
}
