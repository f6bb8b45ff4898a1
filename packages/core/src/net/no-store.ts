/**
 * Keeps requests and responses out of every cache (guarantee 11). Empty in workerd before its compatibility date
 * 2024-11-11, which throws on the option.
 */
export function noStore(): Pick<RequestInit, "cache"> {
  try {
    return { cache: new Request("https://vms.invalid", { cache: "no-store" }).cache };
  } catch {
    return {};
  }
}
