/** A URL as a person types it: a bare host means HTTPS, and no slash ends it. */
export function asUrl(text: string): string {
  const trimmed = text.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  return whole.replace(/\/+$/, "");
}

/** Whether two URLs are the same place. */
export function isSameUrl(one: string | undefined, other: string | undefined): boolean {
  return hrefOf(one) === hrefOf(other);
}

function hrefOf(url: string | undefined): string {
  return url === undefined ? "" : new URL(url).href.replace(/\/+$/, "");
}
