// Characters that a terminal obeys, and characters that change the order in which text is shown.
const CONTROLS = /\p{Cc}/u;
const ORDER = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const SEEN_AS_TEXT = /[^\P{Cc}\t\n\r]/gu;
// Written out, because `\\p{Cc}` is too slow for long responses.
const ANY = new RegExp(`[\\x00-\\x1f\\x7f-\\x9f${ORDER.source.slice(1)}`, "g");

/** Whether a text contains control or reordering characters. */
export function hasControlCharacters(text: string): boolean {
  return CONTROLS.test(text) || ORDER.test(text);
}

/** Escapes every control character, for a text on one line of a terminal. */
export function escapeAllControls(text: string): string {
  return [...text].map((character) => (hasControlCharacters(character) ? written(character) : character)).join("");
}

/** Escapes control characters except tabs and line ends, for a text on a terminal. */
export function escapeControls(text: string): string {
  return text.replace(SEEN_AS_TEXT, written);
}

/** Escapes control and reordering characters of a part of a JSON document that is not white space. It keeps its meaning. */
export function escapeControlsInJson(part: string): string {
  return part.replace(ANY, written);
}

function written(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
