import {
  parseRetryAfter,
  RateLimited,
  type Session,
  type SessionOptions,
  UnexpectedResponse,
  VendorUnavailable,
  type WaitOptions,
} from "@vms/core";

/**
 * Asks the vendor whether the session is valid: 200 yes, 401 no. It does not use `session.fetch`, which signs in again
 * after a rejection.
 * @see Eagle Eye Networks API, "Is Auth"
 */
export async function isAuthenticated(
  session: Session<unknown>,
  options: Pick<SessionOptions, "fetch" | "timeout" | "userAgent">,
  { signal }: WaitOptions,
): Promise<boolean> {
  signal?.throwIfAborted();
  // Checked synchronously before `authorization()`, so that call cannot start a login.
  const { info } = session;
  if (info === undefined) return false;
  const { headers, searchParams } = await session.authorization(signal === undefined ? {} : { signal });
  const url = new URL("g/aaa/isauth", info.baseUrl);
  for (const [name, value] of Object.entries(searchParams)) url.searchParams.set(name, value);

  const send = options.fetch ?? globalThis.fetch;
  const deadline = AbortSignal.timeout(options.timeout ?? 30_000);
  let response: Response;
  try {
    response = await send(url, {
      headers: { accept: "application/json", "user-agent": options.userAgent ?? "vms-eagleeye", ...headers },
      redirect: "manual",
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    });
  } catch {
    signal?.throwIfAborted();
    // The error of the network is dropped, because it can quote the request.
    throw new VendorUnavailable(
      "eagleeye",
      "GET g/aaa/isauth got no answer. Check the network and the vendor's status.",
    );
  }
  response.body?.cancel().catch(() => {});
  const { status } = response;
  if (status === 200) return true;
  if (status === 401) return false;
  throw failure(status, parseRetryAfter(response.headers.get("retry-after"), Date.now()));
}

function failure(status: number, retryAfter: number | undefined): Error {
  const what = `GET g/aaa/isauth was answered ${status}`;
  if (status === 429) {
    return new RateLimited("eagleeye", `${what}: too many requests. Ask less often.`, { status, retryAfter });
  }
  if (status >= 500) return new VendorUnavailable("eagleeye", `${what}: the vendor's server failed.`, { status });
  return new UnexpectedResponse("eagleeye", `${what}, which the vendor does not document. Check the base URL.`, {
    status,
  });
}
