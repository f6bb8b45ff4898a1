/** Anyone can register a name under these. Only common ones: not the Public Suffix List (https://publicsuffix.org). */
const SHARED = new Set(
  `appspot.com azureedge.net azurefd.net azurewebsites.net cloudapp.net cloudfront.net digitaloceanspaces.com duckdns.org
  firebaseapp.com fly.dev github.io gitlab.io googleapis.com herokuapp.com lovable.app myfritz.net netlify.app ngrok.app
  ngrok.io ngrok-free.app no-ip.org ondigitalocean.app onrender.com pages.dev r2.dev repl.co run.app sslip.io trycloudflare.com
  vercel.app web.app workers.dev synology.me dyndns.org ddns.net nip.io eu.org us.com uk.com eu.com de.com`.split(
    /\s+/,
  ),
);

/** For example `eu-west-1.compute.amazonaws.com`. */
const SHARED_AT_EVERY_LEVEL =
  /(?:^|\.)(?:amazonaws\.com(?:\.cn)?|cloudapp\.azure\.com|windows\.net|elasticbeanstalk\.com)$/;

/** For example `co.uk`, `com.au`. */
const SECOND_LEVEL =
  /^(?:ac|asn|co|com|edu|go|gob|gouv|gov|gv|id|info|lg|ltd|me|mil|ne|net|nhs|nic|nom|or|org|plc|sch)\.[a-z]{2}$/;

/** Whether names below a domain have different owners, as far as the short list knows. */
export function isPublicSuffix(domain: string): boolean {
  // A top-level domain.
  if (!domain.includes(".")) return true;
  return SHARED.has(domain) || SECOND_LEVEL.test(domain) || SHARED_AT_EVERY_LEVEL.test(domain);
}
