import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** The files below a folder that contain any of these texts, plain, URL-encoded or within base64. */
export function filesWith(folder: string, texts: readonly string[]): string[] {
  const forms = new Set(texts.flatMap((text) => [text, encodeURIComponent(text), ...base64Forms(text)]));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = readFileSync(file, "latin1");
      return [...forms].some((form) => content.includes(form));
    })
    .map((file) => relative(folder, file));
}

/** The part of a text's base64 that does not depend on its surroundings. Next.js stores bodies in base64. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const whole = Buffer.from("?".repeat(before) + text).toString("base64");
    // The first characters depend on the preceding text, and the last ones on the following text.
    return whole.slice(before === 0 ? 0 : 4, -4);
  });
}
