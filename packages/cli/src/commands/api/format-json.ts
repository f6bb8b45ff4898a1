import { escapeControlsInJson } from "../../command-line/escape-controls.ts";
import { styled } from "../../system/colours.ts";
import type { System } from "../../system/system.ts";
import { escaped, type TextFormat } from "./text-format.ts";

const END_OF_LITERAL = /[{}[\],:"\t\n\r ]/g;
const END_OF_STRING_PART = /["\\]/g;
const INDENT = "  ";
/** Values in deeper objects and arrays are not indented further. */
const DEEPEST = 50;
/** Deeper objects and arrays end the formatting of a document. */
const TOO_DEEP = 1000;

type Paint = Readonly<Record<"key" | "string" | "number" | "literal", (text: string) => string>>;

/**
 * Formats JSON for a terminal: a line per value, in colours if the terminal has some. Only white space between values
 * changes, so numbers keep all their digits and keys their order. It works on pieces, because a response can be larger
 * than the memory. Text that is not an object or array is not formatted.
 */
export function jsonFormat(system: System): TextFormat {
  const paint = paintFor(system);
  let kind: "undecided" | "json" | "text" = "undecided";
  const open: ("{" | "[")[] = [];
  /** What was written last. */
  let last: "nothing" | "open" | "comma" | "colon" | "literal" | "value" = "nothing";
  let isSpaced = false;
  /** What the string is that the last piece has not ended. */
  let inside: "key" | "string" | undefined;
  let isEscape = false;
  let out = "";

  return {
    write(text) {
      if (kind === "undecided") kind = kindOf(text);
      if (kind === "undecided") return "";
      if (kind === "text") return escaped.write(text);
      out = "";
      for (let at = 0; at < text.length; ) {
        if (open.length > TOO_DEEP) {
          kind = "text";
          return out + escaped.write(text.slice(at));
        }
        at = inside === undefined ? token(text, at) : string(text, at, "", inside);
      }
      return out;
    },
  };

  /** Writes one token. Returns where the next one begins. */
  function token(text: string, at: number): number {
    const first = text[at] as string;
    switch (first) {
      case " ":
      case "\n":
      case "\r":
      case "\t":
        isSpaced = true;
        return at + 1;
      case ",":
        out += first;
        last = "comma";
        break;
      case ":":
        out += ": ";
        last = "colon";
        break;
      case "{":
      case "[":
        out += gap(first) + first;
        open.push(first);
        last = "open";
        break;
      case "}":
      case "]":
        open.pop();
        out += last === "open" ? first : line() + first;
        last = "value";
        break;
      case '"':
        out += gap(first);
        inside = open.at(-1) === "{" && last !== "colon" ? "key" : "string";
        return string(text, at + 1, first, inside);
      default:
        return literal(text, at, first);
    }
    isSpaced = false;
    return at + 1;
  }

  function literal(text: string, at: number, first: string): number {
    END_OF_LITERAL.lastIndex = at;
    const end = END_OF_LITERAL.exec(text)?.index ?? text.length;
    out += gap(first);
    out += paint[first === "-" || (first >= "0" && first <= "9") ? "number" : "literal"](
      escapeControlsInJson(text.slice(at, end)),
    );
    last = "literal";
    isSpaced = false;
    return end;
  }

  /** Writes a part of a string. It is painted on its own, so that no colour stays if the response ends early. */
  function string(text: string, from: number, start: string, part: "key" | "string"): number {
    let written = start;
    let at = from;
    while (at < text.length && inside !== undefined) {
      END_OF_STRING_PART.lastIndex = isEscape ? at + 1 : at;
      const end = END_OF_STRING_PART.exec(text)?.index ?? text.length;
      written += escapeControlsInJson(text.slice(at, end)) + (text[end] ?? "");
      isEscape = text[end] === "\\";
      if (text[end] === '"') inside = undefined;
      at = end + 1;
    }
    if (inside === undefined) last = "value";
    isSpaced = false;
    out += paint[part](written);
    return at;
  }

  /** What separates a value from what is before it. */
  function gap(first: string): string {
    if (last === "open" || last === "comma") return line();
    // Several documents follow each other, or the text is not JSON.
    if (last === "value") return open.length === 0 ? "\n" : isSpaced ? " " : "";
    return last === "literal" && (isSpaced || first === '"') ? " " : "";
  }

  function line(): string {
    return `\n${INDENT.repeat(Math.min(open.length, DEEPEST))}`;
  }
}

function kindOf(text: string): "undecided" | "json" | "text" {
  const [first] = text.trimStart();
  if (first === undefined) return "undecided";
  return first === "{" || first === "[" ? "json" : "text";
}

function paintFor({ stdout, env }: System): Paint {
  const paint = (format: "cyan" | "green" | "yellow" | "bold") => {
    const [before, after] = styled(format, "\0", stdout, env).split("\0");
    return (text: string) => `${before}${text}${after}`;
  };
  return { key: paint("cyan"), string: paint("green"), number: paint("yellow"), literal: paint("bold") };
}
