/** Front matter, as VitePress reads it. It is on the pages of the site only, and in no file of the repository. */
export function frontMatter(values: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(values).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `---\n${lines.join("\n")}\n---\n\n`;
}
