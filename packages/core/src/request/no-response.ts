import { InvalidOptions } from "../errors/invalid-options.ts";
import type { Remedy } from "../errors/remedy.ts";
import { VendorUnavailable } from "../errors/vendor-unavailable.ts";
import { isNetworkError, isPortRefused, networkCode } from "../net/network-error.ts";
import { programFault } from "../net/program-fault.ts";

/** TLS codes of a certificate that no trusted authority signed. */
const UNTRUSTED = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY|GET_ISSUER)\w*)$/;

/**
 * Keeps only the network error's code, because the message can quote the request.
 * @param host with the port.
 */
export function noResponse(vendor: string, what: string, error: unknown, host?: string): VendorUnavailable {
  const code = networkCode(error);
  const why = code === undefined ? "" : ` (${code})`;
  return new VendorUnavailable(vendor, `the vendor did not answer ${what}${why}.`, { remedy: remedyOf(code, host) });
}

interface FailedRequest {
  readonly vendor: string;
  /** For example `POST https://vms.example/login`. */
  readonly what: string;
  readonly url: URL;
  readonly baseUrl: URL;
  readonly secrets: Iterable<string>;
}

/** Passes on errors that are not network failures. */
export function requestFailure({ vendor, what, url, baseUrl, secrets }: FailedRequest, error: unknown): unknown {
  if (isPortRefused(error) && url.host === baseUrl.host) {
    return new InvalidOptions(
      vendor,
      `\`fetch\` refuses the port ${url.port} of \`baseUrl\`, so nothing was sent. Use another port, or a \`fetch\` that allows this one.`,
    );
  }
  return isNetworkError(error) ? noResponse(vendor, what, error, url.host) : programFault(error, secrets);
}

/** @param timeout in ms. */
export function timedOut(vendor: string, what: string, timeout: number): VendorUnavailable {
  return new VendorUnavailable(vendor, `${what} took longer than ${timeout} ms.`, {
    remedy: { id: "allow_more_time", option: "timeout" },
  });
}

function remedyOf(code: string | undefined, host: string | undefined): Remedy {
  const where = host === undefined ? {} : { host };
  if (code === undefined) return { id: "check_network", ...where };
  return { id: UNTRUSTED.test(code) ? "trust_certificate" : "check_network", code, ...where };
}
