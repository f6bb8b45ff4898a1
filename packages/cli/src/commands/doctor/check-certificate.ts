import { X509Certificate } from "node:crypto";
import { isIP, type Socket } from "node:net";
import { connect, type DetailedPeerCertificate, type PeerCertificate, type TLSSocket } from "node:tls";
import { formatInstant } from "../../command-line/format-time.ts";
import { networkProblem } from "../../error-messages/network-problem.ts";
import { type Endpoint, type Finding, failure, passed, STEP_TIMEOUT } from "./step.ts";

const DAY = 86_400_000;

/** Certificates that expire within this time cause a warning, in ms. */
const SOON = 14 * DAY;

/** The certificates that a profile trusts. */
export interface TrustedCertificates {
  readonly file: string;
  readonly pem: string;
}

/** Opens TLS on a connection, and checks the certificate as API calls do. */
export async function checkCertificate(
  socket: Socket,
  endpoint: Endpoint,
  trusted: TrustedCertificates | undefined,
): Promise<Finding> {
  const { host, port } = endpoint;
  const secure = connect({
    socket,
    // Nothing is sent. The certificate is judged below, because the message there can say more.
    rejectUnauthorized: false,
    ALPNProtocols: ["http/1.1"],
    ...(isIP(host) === 0 ? { servername: host } : { host }),
    ...(trusted === undefined ? {} : { ca: trusted.pem }),
  });
  secure.setTimeout(STEP_TIMEOUT, () => secure.destroy(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" })));
  const shaken = new Promise<void>((resolve, reject) => {
    secure.once("secureConnect", resolve);
    secure.once("error", reject);
    secure.once("close", () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" })));
  });
  try {
    return await shaken.then(
      () => judge(secure, endpoint, trusted),
      ({ code = "unknown" }: NodeJS.ErrnoException) =>
        failure(
          `${networkProblem(code === "ECONNRESET" ? "EPROTO" : code, host, port).text}.`,
          "Is it the right port? A proxy or firewall that closes connections can cause this too.",
        ),
    );
  } finally {
    secure.destroy();
  }
}

function judge(secure: TLSSocket, endpoint: Endpoint, trusted: TrustedCertificates | undefined): Finding {
  const certificate = secure.getPeerCertificate(true);
  const names = chainOf(certificate);
  const until = new X509Certificate(certificate.raw).validToDate.getTime();
  const what = `${secure.getProtocol()}, certificate of ${names.join(" ← ")}, valid until ${formatInstant(until)}`;
  if (secure.authorized) {
    const left = until - Date.now();
    if (left > SOON) return passed(`${what} (${Math.floor(left / DAY)} days).`);
    const hint = "The server's operator must renew it before then, or calls fail.";
    return { state: "warning", text: `${what}: ${Math.floor(left / DAY)} days left.`, hint };
  }
  // Its type says Error, but it is the code.
  return refused(String(secure.authorizationError), certificate, what, endpoint, trusted);
}

function refused(
  code: string,
  certificate: PeerCertificate,
  what: string,
  { host, login }: Endpoint,
  trusted: TrustedCertificates | undefined,
): Finding {
  const checked = trusted === undefined ? "" : ` It was checked only against ${trusted.file}.`;
  const now = `This machine's clock says ${formatInstant(Date.now())}. If that is wrong, set it.`;
  const { text } = networkProblem(code, host);
  switch (code) {
    case "CERT_HAS_EXPIRED":
      return failure(`${text}: ${what}.`, `The server's operator must renew it. ${now}`);
    case "CERT_NOT_YET_VALID": {
      const from = formatInstant(new X509Certificate(certificate.raw).validFromDate.getTime());
      return failure(`the certificate is not valid before ${from} (${code}).`, now);
    }
    case "ERR_TLS_CERT_ALTNAME_INVALID": {
      const names = plain(String(certificate.subjectaltname ?? certificate.subject.CN ?? "none"));
      const hint = `Use a URL with one of its names, or find out which server this is: ${login} --url …`;
      return failure(`the certificate is not for ${host}, but for ${names}.`, hint);
    }
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE": {
      const own = code === "DEPTH_ZERO_SELF_SIGNED_CERT";
      const hint =
        `${checked} Somebody may intercept the connection. If not, ask the server's operator for the ` +
        `${own ? "certificate" : "CA's certificate (with any intermediate ones)"}, then: ${login} --ca <file>`;
      return failure(`${text}: ${what}.`, hint.trim());
    }
    default:
      return failure(`${text}: ${what}.`, `Ask the server's operator.${checked}`);
  }
}

/** The names of a certificate chain, from the server's to the root's. */
function chainOf(first: DetailedPeerCertificate): string[] {
  const names: string[] = [];
  const seen = new Set<string>();
  for (let at = first; at?.subject !== undefined && !seen.has(at.fingerprint256); at = at.issuerCertificate) {
    seen.add(at.fingerprint256);
    names.push(nameOf(at.subject));
    // Servers need not send the root.
    if (at.issuerCertificate === undefined && nameOf(at.issuer) !== nameOf(at.subject)) names.push(nameOf(at.issuer));
  }
  return names;
}

function nameOf({ CN, O }: PeerCertificate["subject"]): string {
  return plain(String(CN ?? O ?? "an unnamed certificate"));
}

// The server chose this text: no control character of it may reach the terminal.
function plain(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, "?").slice(0, 200);
}
