/** The single-use values in a request: Eagle Eye's token, FindFace's face token, and codes. */
export function singleUseIn({ pathname }: URL, init: RequestInit | undefined): string[] {
  const body = init?.body instanceof FormData ? "" : String(init?.body ?? "");
  const codes = body.match(/(?<=_code=|"(?:two_factor_authentication_)?code":")made-up-code-\d+-\w+/g) ?? [];
  const ofFace = /"video_auth_token":"([^"]+)"/.exec(body)?.[1];
  const token = pathname.endsWith("/authorize") ? new URLSearchParams(body).get("token") : ofFace;
  return [...codes, ...(token ? [token] : [])];
}
