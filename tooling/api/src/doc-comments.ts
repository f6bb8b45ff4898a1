/** A declaration in an API model, with its members. The model itself is one too. */
export interface Item {
  readonly kind: string;
  readonly canonicalReference: string;
  readonly docComment?: string;
  readonly excerptTokens?: readonly Token[];
  readonly members?: readonly Item[];
  readonly returnTypeTokenRange?: TokenRange;
  readonly propertyTypeTokenRange?: TokenRange;
  readonly typeTokenRange?: TokenRange;
  readonly extendsTokenRanges?: readonly TokenRange[];
}

/** A token of a declaration's text, with the type that it names. */
interface Token {
  readonly text: string;
  readonly canonicalReference?: string;
}

interface TokenRange {
  readonly startIndex: number;
  readonly endIndex: number;
}

/** Errors without a code, which are documented by name. */
const WITHOUT_CODE = new Set(["Error", "TypeError"]);

/**
 * Finds omissions in the doc comments of a public API:
 *
 * - a function, or a method of what a function returns, without `@example`;
 * - a `@throws {Type}` without the code of the error: typedoc drops `{Type}`.
 * @param models the API models of all entries.
 */
export function wrongDocComments(models: readonly Item[]): string[] {
  const items = models.flatMap(withMembers);
  const needExample = new Set(items.filter(({ kind }) => kind === "Function"));
  for (const { members = [] } of returnedBy(needExample, new Map(items.map((item) => [referenceOf(item), item])))) {
    for (const member of members) if (member.kind === "MethodSignature") needExample.add(member);
  }
  return items.flatMap((item) => {
    const comment = (item.docComment ?? "").replace(/^ \*[ /]?/gm, "");
    const wrong = needExample.has(item) && !/^@example\s+\S/m.test(comment) ? ["has no @example."] : [];
    for (const [, text = ""] of comment.matchAll(/^@throws\s+([^@]*)/gm)) {
      if (!namesCode(text)) wrong.push(`has a @throws that is not \`{Type} code if …\`: ${text.trim()}`);
    }
    return wrong.map((what) => `${referenceOf(item)} ${what}`);
  });
}

function withMembers(item: Item): Item[] {
  return [item, ...(item.members ?? []).flatMap(withMembers)];
}

/** The name of a type. A tilde marks an export of another entry of the package. */
function referenceOf({ canonicalReference = "" }: Pick<Token, "canonicalReference">): string {
  return canonicalReference.replace("!~", "!");
}

/** The interfaces that functions return, and the interfaces of their members. */
function returnedBy(functions: Iterable<Item>, known: ReadonlyMap<string, Item>): Set<Item> {
  const found = new Set<Item>();
  const queue = [...functions];
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
    for (const type of typesIn(item).map((reference) => known.get(reference))) {
      // The parameters of a returned function, such as the challenge of a second factor, are not returned.
      const isFunction = type?.kind === "TypeAlias" && type.excerptTokens?.some(({ text }) => text.includes("=>"));
      if (type === undefined || isFunction || found.has(type)) continue;
      found.add(type);
      queue.push(type, ...(type.members ?? []));
    }
  }
  return found;
}

/** The types that a declaration returns, has or extends. */
function typesIn(item: Item): string[] {
  const { excerptTokens = [], extendsTokenRanges = [] } = item;
  return [item.returnTypeTokenRange, item.propertyTypeTokenRange, item.typeTokenRange, ...extendsTokenRanges]
    .flatMap((range) => (range === undefined ? [] : excerptTokens.slice(range.startIndex, range.endIndex)))
    .map(referenceOf);
}

/** Whether a text starts with `{Type}` and the code of that type. Only `VmsError` may have several codes. */
function namesCode(text: string): boolean {
  const [, type = "", list = ""] = /^\{(\w+)\} ((?:`\w+`(?:,\s|\sor\s)?)+)\s/.exec(text) ?? [];
  const codes = [...list.matchAll(/\w+(?=`)/g)].map(String);
  if (type === "VmsError") return codes.length > 0;
  const code = type.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  return codes.length === 1 && codes[0] === (WITHOUT_CODE.has(type) ? type : code);
}
