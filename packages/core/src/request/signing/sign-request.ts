import type { Flow } from "../../contract/flow/flow.ts";
import type { SessionRecord } from "../../contract/session-record.ts";
import { lowerCased, type PreparedCredential, requireSendable } from "../../state/prepared-credential.ts";
import { isPromise } from "../../util/is-promise.ts";

interface Signer<Data, User> {
  readonly flow: Flow<Data, User>;
  readonly record: SessionRecord<Data, User>;
  readonly credential: PreparedCredential;
}

/** A challenge gets the same object. */
export interface RequestToSign {
  readonly method: string;
  readonly url: URL;
  /** The body, if known before the request is sent. */
  readonly body?: NonNullable<RequestInit["body"]>;
}

export function requestToSign(method: string, url: string, body: RequestInit["body"] | undefined): RequestToSign {
  return { method, url: new URL(url), ...(body == null ? {} : { body }) };
}

/**
 * Synchronous if the flow is, because promises cost time.
 * @returns the credential of this request; `undefined` if the flow does not sign it.
 * @throws {UnexpectedResponse} `unexpected_response` if the signature cannot be sent in a header.
 */
export function signRequest<Data, User>(
  signer: Signer<Data, User>,
  request: RequestToSign,
  challenge?: string,
): PreparedCredential | undefined | Promise<PreparedCredential | undefined> {
  const signature = signer.flow.sign?.(request, signer.record, challenge) ?? {};
  return isPromise(signature)
    ? signature.then((headers) => withSignature(signer, headers ?? {}))
    : withSignature(signer, signature);
}

function withSignature<Data, User>(
  { flow, credential }: Signer<Data, User>,
  signature: Readonly<Record<string, string>>,
): PreparedCredential | undefined {
  const headers = lowerCased(signature);
  if (!requireSendable(flow.vendor, "sign", headers)) return undefined;
  return {
    ...credential,
    headers: { ...credential.headers, ...headers },
    allHeaders: { ...credential.allHeaders, ...headers },
  };
}

export function challengeOf(response: Pick<Response, "status" | "headers">): string | undefined {
  return response.status === 401 ? (response.headers.get("www-authenticate") ?? undefined) : undefined;
}

/**
 * Answers one challenge, which counts as part of sending (guarantee 3).
 * @param mayRepeat whether the body can be sent again.
 */
export function sendSigned<Data, User>(
  signer: Signer<Data, User>,
  request: RequestToSign,
  transmit: (credential: PreparedCredential) => Promise<Response>,
  mayRepeat: () => boolean | Promise<boolean> = () => true,
): Promise<Response> {
  const send = (signed: PreparedCredential | undefined) =>
    transmit(signed ?? signer.credential).then((first) => {
      const challenge = challengeOf(first);
      return challenge === undefined ? first : answered(first, challenge);
    });
  async function answered(first: Response, challenge: string): Promise<Response> {
    const answer = await signRequest(signer, request, challenge);
    if (answer === undefined || !(await mayRepeat())) return first;
    first.body?.cancel().catch(() => {});
    return transmit(answer);
  }
  const signed = signRequest(signer, request);
  return isPromise(signed) ? signed.then(send) : send(signed);
}
