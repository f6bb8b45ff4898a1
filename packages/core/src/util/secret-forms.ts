/** The forms in which a text may quote a secret: plain, or escaped for JSON, URLs, forms or HTML. */
export function formsOf(secret: string): string[] {
  const html = secret.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const named = secret
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
  const form = new URLSearchParams({ "": secret }).toString().slice(1);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inUrl = secret.isWellFormed() ? [encodeURIComponent(secret)] : [];
  return [secret, inJson, form, html, named, ...inUrl];
}

/** Includes the parts after a scheme (`Basic …`) or a cookie name. */
export function partsOf(header: string): string[] {
  return [header, ...header.split(/[\s;]+|=(?=[^=])/).filter((part) => part.length >= 8)];
}
