// Four to six digits can occur by chance. So each code gets a unique mark, which is removed before the vendor sees it.
// A code that is sent twice is therefore detected.

/** Marks a code. */
export function marked(code: string, turn: number): string {
  return `made-up-code-${turn}-${code}`;
}

/** Removes the marks from a request. */
export function unmarked(init: RequestInit | undefined): RequestInit | undefined {
  const { body } = init ?? {};
  const off = (text: string) => text.replaceAll(/made-up-code-\d+-/g, "");
  if (typeof body === "string") return { ...init, body: off(body) };
  if (body instanceof URLSearchParams) return { ...init, body: new URLSearchParams(off(String(body))) };
  return init;
}
