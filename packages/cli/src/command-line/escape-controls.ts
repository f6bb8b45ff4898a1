// Of text, what a terminal obeys; and what makes it show a text in another order than it is in.
const CONTROLS = /\p{Cc}/u;
const ORDER = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const SEEN_AS_TEXT = /[^\P{Cc}\t\n\r]/gu;
const SEEN_AS_JSON = new RegExp(`[\\x7f-\\x9f]|${ORDER.source}`, "g");

/** Whether a text has characters that are not to be seen. */
export function hasControlCharacters(text: string): boolean {
  return CONTROLS.test(text) || ORDER.test(text);
}

/** A text for one line of a terminal: nothing in it is obeyed. */
export function escapeAllControls(text: string): string {
  return [...text].map((character) => (hasControlCharacters(character) ? written(character) : character)).join("");
}

/** A text for a terminal: what that would obey is written out, all but tabs and the ends of lines. */
export function escapeControls(text: string): string {
  return text.replace(SEEN_AS_TEXT, written);
}

/** JSON that means the same, without the characters that `JSON.stringify` leaves and a terminal obeys. */
export function escapeControlsInJson(json: string): string {
  return json.replace(SEEN_AS_JSON, written);
}

function written(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
