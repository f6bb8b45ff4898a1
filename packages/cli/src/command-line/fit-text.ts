import stringWidth from "string-width";

const ELLIPSIS = "…";

/** How many columns of a terminal a text takes. Styles take none. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** Appends spaces up to a width. */
export function padTo(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** Replaces the middle of a text that is wider than `width`. Both ends stay, because names often differ only there. */
export function truncateMiddle(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const characters = charactersOf(text);
  const start = firstThatFit(characters, Math.ceil((width - 1) / 2));
  const end = firstThatFit(characters.toReversed(), Math.floor((width - 1) / 2)).toReversed();
  return `${start.join("")}${ELLIPSIS}${end.join("")}`;
}

/** Breaks a text without styles into lines. Breaks inside words, because names have no spaces. */
export function breakText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = charactersOf(text);
  do {
    const line = firstThatFit(rest, width);
    // A single character that is too wide is not split.
    if (line.length === 0) line.push(...rest.slice(0, 1));
    lines.push(line.join(""));
    rest = rest.slice(line.length);
  } while (rest.length > 0);
  return lines;
}

/** The characters as people count them, each with its combining marks. */
function charactersOf(text: string): string[] {
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
}

function firstThatFit(characters: readonly string[], width: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += widthOf(character);
    return used > width;
  });
  return characters.slice(0, end < 0 ? characters.length : end);
}
