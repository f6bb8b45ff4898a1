import type { Authorization } from "@vms/core";

/** Where a call carries the credential, without its value: `Authorization: Bearer`, `Cookie: va`, `?session`. */
export function describeCredential({ headers, searchParams, cookies }: Authorization): string {
  const names = Object.keys(cookies);
  const inHeaders = Object.entries(headers)
    .filter(([name]) => name !== "cookie" || names.length === 0)
    .map(([name, value]) => `${titleCase(name)}${/^\w+ \S/.test(value) ? `: ${value.split(" ", 1)[0]}` : ""}`);
  const inCookies = names.length === 0 ? [] : [`Cookie: ${names.join(", ")}`];
  const inQuery = Object.keys(searchParams).map((name) => `?${name}`);
  return [...inHeaders, ...inCookies, ...inQuery].join(", ");
}

function titleCase(header: string): string {
  return header.replaceAll(/(^|-)./g, (start) => start.toUpperCase());
}
