import { UnexpectedResponse } from "@vms/core";

const VENDOR_DOMAIN = ".eagleeyenetworks.com";

/** The origins that may receive the credential of a session at the vendor's own host. */
export const VENDOR_ORIGINS: readonly string[] = [`https://*${VENDOR_DOMAIN}`];

/** Whether a base URL is in the vendor's domain, so that calls go to the brand's host after the login. */
export function isVendorHost(baseUrl: URL): boolean {
  return baseUrl.hostname.endsWith(VENDOR_DOMAIN);
}

/**
 * The base URL of calls for a brand.
 * @param subdomain from the vendor's response. It must be one label: a dot or a slash could lead to another host.
 * @throws {UnexpectedResponse} `unexpected_response` if it is not one label.
 */
export function brandUrl(subdomain: string): URL {
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(subdomain)) return new URL(`https://${subdomain}${VENDOR_DOMAIN}/`);
  throw new UnexpectedResponse(
    "eagleeye",
    "`active_brand_subdomain` in the response to authorize is not a host name, so calls cannot be sent there. " +
      "Ask the vendor's support.",
    { paths: ["active_brand_subdomain"], status: 200 },
  );
}
