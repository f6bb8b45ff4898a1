import { formsOf } from "../util/secret-forms.ts";
import { tagOf } from "../util/tag-of.ts";

/** How many values of an error are searched. */
const MAX_VALUES = 2_000;

/**
 * Returns what a caller may see of an error that is not a network failure (guarantees 11 and 13). It stays the same
 * object, because frameworks recognise their own. If it quotes a secret or is too large to search, only its name is
 * kept.
 */
export function programFault(error: unknown, secrets: Iterable<string>): unknown {
  const forms = [...secrets].filter((secret) => secret !== "").flatMap(formsOf);
  const quotes = (text: string) => forms.some((form) => text.includes(form));
  if (!textsIn(error).some((text) => text === undefined || quotes(text))) return error;
  const name = read(Object(error), "name");
  const hidden = new Error("the message of this `fetch` error is hidden because it may contain the credential.");
  return typeof name === "string" && !quotes(name) ? Object.assign(hidden, { name }) : hidden;
}

/** All texts that a logger could show. `undefined` stands for a value that is too large to search. */
function textsIn(value: unknown): readonly (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  const queue = [value];
  const seen = new Set<unknown>();
  for (const at of queue) {
    if (queue.length > MAX_VALUES) return [undefined];
    if (typeof at === "string") texts.push(at);
    if (typeof at !== "object" || at === null || seen.has(at)) continue;
    seen.add(at);
    if (ArrayBuffer.isView(at)) texts.push(new TextDecoder().decode(at));
    else queue.push(...partsOf(at));
  }
  return texts;
}

/** Includes values from class getters and iterators. */
function partsOf(object: object): unknown[] {
  const { stack, ...named } = Object.fromEntries(SHOWN.map((name) => [name, read(object, name)]));
  // Stack lines only name files and functions, but the text before them can be an earlier message.
  const head = typeof stack === "string" ? stack.replaceAll(/^\s*at .*$|^.*@.*:\d+:\d+$/gm, "") : undefined;
  const own = Reflect.ownKeys(object).filter((key) => key !== "stack");
  return [
    head,
    ...Object.values(named),
    ...own.filter((key) => typeof key === "string"),
    ...own.map((key) => read(object, key)),
    ...iterated(object),
  ];
}

/** Getters of platform classes: errors, `Request`, `Response` and `URL`. */
const SHOWN = ["name", "message", "stack", "cause", "url", "href", "headers"];

function read(object: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(object, key);
  } catch {
    return undefined;
  }
}

const CONTAINERS = ["Map", "Set", "Headers", "URLSearchParams", "FormData"];

function iterated(object: object): unknown[] {
  return CONTAINERS.includes(tagOf(object)) ? [...(object as Iterable<unknown>)] : [];
}
