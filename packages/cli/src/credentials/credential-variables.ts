import { bareToken, type Credential } from "./credential.ts";

/** The credential as environment variables. */
export function credentialVariables(credential: Credential): Record<string, string> {
  const { url, profile, vendor, headers, searchParams, userAgent } = credential;
  const { authorization, cookie } = headers;
  const query = new URLSearchParams(searchParams).toString();
  return {
    VMS_PROFILE: profile,
    VMS_VENDOR: vendor,
    VMS_URL: url,
    VMS_TOKEN: bareToken(credential),
    ...(authorization === undefined ? {} : { VMS_AUTHORIZATION: authorization }),
    ...(cookie === undefined ? {} : { VMS_COOKIE: cookie }),
    ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [variableOf(name), value])),
    ...(query === "" ? {} : { VMS_QUERY: query }),
    VMS_USER_AGENT: userAgent,
  };
}

function variableOf(header: string): string {
  return `VMS_HEADER_${header.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`;
}
