import { expect, test } from "vitest";
import { type Item, wrongDocComments } from "../src/doc-comments.ts";

const EXAMPLE = "@example\n *\n * open();";

/** The model of a function `open` that returns the interface `Door`, which has a method `close`. */
function model(ofOpen: string, ofClose: string): Item {
  const close = { kind: "MethodSignature", canonicalReference: "acme!Door#close", docComment: comment(ofClose) };
  const open: Item = {
    kind: "Function",
    canonicalReference: "acme!open",
    docComment: comment(ofOpen),
    excerptTokens: [{ text: "open(): " }, { text: "Door", canonicalReference: "acme!~Door" }],
    returnTypeTokenRange: { startIndex: 1, endIndex: 2 },
  };
  const door: Item = { kind: "Interface", canonicalReference: "acme!Door", members: [close] };
  return { kind: "Package", canonicalReference: "acme!", members: [open, door] };
}

function comment(text: string): string {
  return `/**\n * Does something.\n *\n * ${text}\n */\n`;
}

test("a function needs an example, and so does a method of what it returns", () => {
  expect(wrongDocComments([model(EXAMPLE, EXAMPLE)])).toEqual([]);
  expect(wrongDocComments([model("", EXAMPLE)])).toEqual(["acme!open has no @example."]);
  expect(wrongDocComments([model("@example", EXAMPLE)])).toEqual(["acme!open has no @example."]);
  expect(wrongDocComments([model(EXAMPLE, "")])).toEqual(["acme!Door#close has no @example."]);
});

test.for([
  "{StoreFailed} `store_failed` if the store fails.",
  "{VmsError} `rate_limited`, `store_failed` or\n * `invalid_options` if it fails.",
  "{TypeError} `TypeError` for another value.",
])("a valid @throws: %s", (throws) => {
  expect(wrongDocComments([model(`@throws\n *\n * ${throws}\n *\n * ${EXAMPLE}`, EXAMPLE)])).toEqual([]);
});

test.for([
  "{StoreFailed} if the store fails.",
  "`store_failed` if the store fails.",
  "{StoreFailed} `invalid_options` if the store fails.",
  "{StoreFailed} `store_failed` or `invalid_options` if it fails.",
  "{TypeError} `type_error` for another value.",
  "{VmsError} any error of a login.",
])("an invalid @throws: %s", (throws) => {
  const [wrong] = wrongDocComments([model(`@throws\n *\n * ${throws}\n *\n * ${EXAMPLE}`, EXAMPLE)]);
  expect(wrong).toBe(`acme!open has a @throws that is not \`{Type} code if …\`: ${throws}`);
});
