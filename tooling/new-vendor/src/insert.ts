/** A file of the workspace lacks a place that this tool changes. */
export class MissingPlace extends Error {
  override readonly name = "MissingPlace";
}

/**
 * Inserts lines at the end of a block of code.
 * @param opening the text that begins the block, which ends with the next line that begins with a bracket.
 * @throws {MissingPlace} if the file has no such block.
 */
export function atEndOfBlock(text: string, opening: string, lines: string): string {
  const start = placeOf(text, opening) + opening.length;
  const end = text.slice(start).search(/\n[}\]]/);
  if (end < 0) throw new MissingPlace(`the block has no end after "${opening}".`);
  return `${text.slice(0, start + end)}\n${lines}${text.slice(start + end)}`;
}

/**
 * Inserts a text before the next occurrence of another one.
 * @throws {MissingPlace} if the file does not have both.
 */
export function before(text: string, opening: string, closing: string, inserted: string): string {
  const start = placeOf(text, opening) + opening.length;
  const end = text.indexOf(closing, start);
  if (end < 0) throw new MissingPlace(`"${closing}" does not follow "${opening}".`);
  return text.slice(0, end) + inserted + text.slice(end);
}

/**
 * Adds a row to a table in Markdown.
 * @param head the line with its headings.
 * @throws {MissingPlace} if the page has no such table.
 */
export function atEndOfTable(page: string, head: string, row: string): string {
  const start = placeOf(page, `${head}\n`);
  const [table = ""] = /^(?:\|.*\n)+/.exec(page.slice(start)) ?? [];
  return `${page.slice(0, start)}${table}${row}\n${page.slice(start + table.length)}`;
}

function placeOf(text: string, opening: string): number {
  const at = text.indexOf(opening);
  if (at < 0) throw new MissingPlace(`"${opening.trim()}" is missing.`);
  return at;
}
