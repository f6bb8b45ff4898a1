/**
 * Guarantee 11: the option that keeps a request and its response out of every cache. workerd throws on it before its
 * compatibility date of 2024-11-11, and is then given none.
 */
export function noStore(): Pick<RequestInit, "cache"> {
  try {
    return { cache: new Request("https://vms.invalid", { cache: "no-store" }).cache };
  } catch {
    return {};
  }
}
