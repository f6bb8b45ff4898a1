/**
 * One page of a list. Links to other pages put the cursor in `page` and keep the other parameters.
 * A cursor is the index of the first entry.
 */
export function pageOf<T>(all: readonly T[], url: URL, links: "url" | "cursor" = "url"): object {
  const limit = Number(url.searchParams.get("limit"));
  const size = limit > 0 ? Math.floor(limit) : 20;
  const start = Number((url.searchParams.get("page") ?? "").replace("from-", "")) || 0;
  const link = (at: number) => {
    if (at < 0 || at >= all.length) return null;
    const cursor = `from-${at}`;
    if (links === "cursor") return cursor;
    const other = new URL(url);
    other.searchParams.set("page", cursor);
    return other.href;
  };
  return {
    next_page: link(start + size),
    prev_page: start === 0 ? null : link(Math.max(0, start - size)),
    results: all.slice(start, start + size),
  };
}
