import GithubSlugger from "github-slugger";
import type { MarkdownOptions, MarkdownRenderer } from "vitepress";

/** Headings get the anchors that GitHub gives them, so that a link works in both. Colours have the contrast that WCAG asks for. */
export const MARKDOWN: MarkdownOptions = {
  anchor: { slugify: (heading) => new GithubSlugger().slug(heading) },
  theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  config: (renderer) => {
    renderer.core.ruler.push("drawings", ({ tokens }) => {
      // A drawing is not wrapped, other text is.
      for (const token of tokens) if (token.type === "fence") token.info = languageOf(token);
    });
    labelCells(renderer);
    keepShortCode(renderer);
    linkPictures(renderer);
  },
  codeTransformers: [
    {
      name: "indentation",
      // A line that wraps continues further to the right than it begins.
      line(node) {
        const indent = /^ */.exec(textIn(node))?.[0].length ?? 0;
        if (indent > 0) node.properties.style = `--indent: ${indent}`;
      },
    },
  ],
};

/** A node of a highlighted line. */
interface CodeNode {
  readonly value?: string;
  readonly children?: readonly unknown[];
}

function textIn({ value, children = [] }: CodeNode): string {
  return value ?? children.map((child) => textIn(child as CodeNode)).join("");
}

/** A code that is longer may be split, so that it fits into the cell of a table on a phone. */
const SHORT = 20;

function keepShortCode({ renderer }: MarkdownRenderer): void {
  const { code_inline: draw } = renderer.rules;
  renderer.rules.code_inline = (tokens, index, options, env, self) => {
    const token = tokens[index];
    if (token !== undefined && token.content.length <= SHORT) token.attrJoin("class", "short");
    return draw?.(tokens, index, options, env, self) ?? "";
  };
}

/** A picture opens by itself, because its text is small on a phone. */
function linkPictures({ renderer }: MarkdownRenderer): void {
  const { image: draw } = renderer.rules;
  renderer.rules.image = (tokens, index, options, env, self) => {
    const picture = draw?.(tokens, index, options, env, self) ?? "";
    const address = tokens[index]?.attrGet("src") ?? "";
    return address.endsWith(".svg") ? `<a class="picture" href="${address}" target="_blank">${picture}</a>` : picture;
  };
}

function languageOf({ info, content }: { readonly info: string; readonly content: string }): string {
  if (info !== "" && info !== "text") return info;
  return /[─│┌└▶►]|-->|\+--/.test(content) ? "txt" : "text";
}

/** Each cell of a table names its column, so that a phone can show the cells of a row below each other. */
function labelCells(renderer: MarkdownRenderer): void {
  // That of VitePress leaves the class out.
  renderer.renderer.rules.table_open = (tokens, index, options, _, self) => self.renderToken(tokens, index, options);
  // The content of a cell stands beside the name of its column, so it is one box.
  renderer.renderer.rules.td_open = (tokens, index, options, _, self) =>
    `${self.renderToken(tokens, index, options)}<div>`;
  renderer.renderer.rules.td_close = () => "</div></td>\n";
  renderer.core.ruler.push("label-cells", ({ tokens }) => {
    let heads: string[] = [];
    let column = 0;
    for (const [index, token] of tokens.entries()) {
      const text = tokens[index + 1]?.children?.map(({ content }) => content).join("") ?? "";
      if (token.type === "table_open") heads = [];
      if (token.type === "tr_open") column = 0;
      if (token.attrGet("style") === "text-align:right") token.attrs = [["class", "number"]];
      if (token.type === "th_open") heads.push(text);
      if (token.type === "td_open") token.attrSet("data-label", heads[column++] ?? "");
      if (token.type === "tbody_open") {
        const opened = tokens.slice(0, index).findLast(({ type }) => type === "table_open");
        if (heads.length > 2) opened?.attrJoin("class", "stacked");
      }
    }
  });
}
