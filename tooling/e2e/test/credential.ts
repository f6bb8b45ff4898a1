import type { Authorization } from "@vms/core";
import type { ReceivedRequest } from "@vms/simulator";

/** Whether a request that a server received carries this credential, in all its headers, cookies and query parameters. */
export function carries({ url, headers }: ReceivedRequest, credential: Authorization): boolean {
  const { searchParams } = new URL(url);
  const cookies = (headers.get("cookie") ?? "").split("; ");
  const expected = [
    ...Object.entries(credential.headers)
      .filter(([name]) => name !== "cookie")
      .map(([name, value]) => headers.get(name) === value),
    ...Object.entries(credential.cookies).map(([name, value]) => cookies.includes(`${name}=${value}`)),
    ...Object.entries(credential.searchParams).map(([name, value]) => searchParams.get(name) === value),
  ];
  return expected.length > 0 && expected.every((found) => found);
}
