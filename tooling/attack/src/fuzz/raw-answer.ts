/** A response in parts, so that each can be corrupted. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array<ArrayBuffer>;
  /** How the body ends: whole, broken off in the middle, or never. */
  readonly ending: "whole" | "broken" | "never";
}

export async function takeApart(response: Response): Promise<RawAnswer> {
  const cookies = response.headers.getSetCookie().map((line) => ["set-cookie", line] as const);
  const others = [...response.headers].filter(([name]) => name !== "set-cookie");
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: [...others, ...cookies], body, ending: "whole" };
}

/** Makes a response of the pieces. What `Headers` refuses is left out; a status that `Response` refuses is put on. */
export function putTogether(answer: RawAnswer, url: string, signal: AbortSignal | null | undefined): Response {
  const headers = new Headers();
  for (const [name, value] of answer.headers) {
    try {
      headers.append(name, value);
    } catch {}
  }
  const { status } = answer;
  const possible = status >= 200 && status <= 599;
  const bodyless = [204, 205, 304].includes(status) || status < 200;
  const body = bodyless ? null : streamOf(answer, signal);
  const response = new Response(body, { status: possible ? status : 200, headers });
  // A network's response has an address, and a server may well send a status that a `Response` cannot be made with.
  return Object.defineProperties(response, {
    url: { value: url },
    ...(possible ? {} : { status: { value: status }, ok: { value: false } }),
  });
}

function streamOf({ body, ending }: RawAnswer, signal: AbortSignal | null | undefined): BodyInit {
  if (ending === "whole") return body;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(body.slice(0, Math.ceil(body.length / 2)));
      if (ending === "broken") controller.error(new TypeError("terminated"));
      else signal?.addEventListener("abort", () => controller.error(signal.reason), { once: true });
    },
  });
}
