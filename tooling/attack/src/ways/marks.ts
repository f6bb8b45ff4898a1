// Codes have four to six digits, which could stand anywhere. So those that are given here carry a mark, which no session
// knows of; it is taken off on the way to the vendor. No two are alike, so that one that goes out twice is seen.

/** Puts a mark on a code. */
export function marked(code: string, turn: number): string {
  return `made-up-code-${turn}-${code}`;
}

/** Takes the marks off what a request carries. */
export function unmarked(init: RequestInit | undefined): RequestInit | undefined {
  const { body } = init ?? {};
  const off = (text: string) => text.replaceAll(/made-up-code-\d+-/g, "");
  if (typeof body === "string") return { ...init, body: off(body) };
  if (body instanceof URLSearchParams) return { ...init, body: new URLSearchParams(off(String(body))) };
  return init;
}
