/** A response in parts, so that each can be corrupted. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array<ArrayBuffer>;
  /** How the body ends: complete, interrupted, or never. */
  readonly ending: "whole" | "broken" | "never";
}

export async function takeApart(response: Response): Promise<RawAnswer> {
  const cookies = response.headers.getSetCookie().map((line) => ["set-cookie", line] as const);
  const others = [...response.headers].filter(([name]) => name !== "set-cookie");
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: [...others, ...cookies], body, ending: "whole" };
}

/** Builds a response of the parts. It drops headers that `Headers` rejects, and sets statuses that `Response` rejects. */
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
  // A real response has a URL, and can have a status that the constructor of `Response` rejects.
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
