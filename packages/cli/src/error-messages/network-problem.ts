/** A failure of the network in words: a clause with the code, and the part of the connection that failed. */
export interface NetworkProblem {
  /** For example `nothing listens at acme.example:8443 (ECONNREFUSED)`. */
  readonly text: string;
  readonly layer: "DNS" | "TCP" | "TLS" | "HTTP";
}

type Row = readonly [code: RegExp, layer: NetworkProblem["layer"], text: (host: string, hostAndPort: string) => string];

const ROWS: readonly Row[] = [
  [/^EAI_AGAIN$/, "DNS", (host) => `the name server did not answer for ${host}`],
  [/^(ENOTFOUND|EAI_.*)$/, "DNS", (host) => `the host ${host} was not found`],
  [/^(ECONNREFUSED|ConnectionRefused)$/, "TCP", (_, at) => `nothing listens at ${at}`],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, "TCP", (_, at) => `${at} did not accept a connection in time`],
  [/^(EHOST|ENET).*$/, "TCP", (_, at) => `${at} cannot be reached from this network`],
  [/^CERT_HAS_EXPIRED$/, "TLS", (host) => `the certificate of ${host} has expired`],
  [/^CERT_NOT_YET_VALID$/, "TLS", (host) => `the certificate of ${host} is not valid yet`],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, "TLS", (host) => `the certificate is not for ${host}`],
  [/^DEPTH_ZERO_SELF_SIGNED_CERT$/, "TLS", (host) => `the certificate of ${host} is self-signed`],
  [
    /^(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET_ISSUER|VERIFY)\w*)$/,
    "TLS",
    (host) => `the certificate of ${host} is from a CA that is not trusted here`,
  ],
  [/^(CERT|CRL|UNABLE_TO|HOSTNAME|INVALID|ERROR_IN)_/, "TLS", (host) => `the certificate of ${host} is not accepted`],
  [/^(EPROTO|ERR_SSL_.*|ERR_TLS_.*)$/, "TLS", (_, at) => `the TLS handshake with ${at} failed`],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, "TCP", (_, at) => `${at} closed the connection`],
  [/^(UND_ERR_(HEADERS|BODY)_TIMEOUT|TimeoutError)$/, "HTTP", (host) => `${host} did not answer in time`],
];

/**
 * Says what a code of the network means. It is the only place that does.
 * @param host the host, with the port if it is not the scheme's and `port` is not given.
 */
export function networkProblem(code: string, host: string, port?: number): NetworkProblem {
  const at = port === undefined ? host : `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const [, layer, text] = ROWS.find(([pattern]) => pattern.test(code)) ?? OTHER;
  return { text: `${text(withoutPort(host), at)} (${code})`, layer };
}

const OTHER: Row = [/^/, "TCP", (_, at) => `${at} could not be reached`];

// An IPv6 address without brackets has no port.
function withoutPort(host: string): string {
  return host.replace(/(?<=^[^:]+|\]):\d+$/, "");
}
