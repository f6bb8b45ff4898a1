/** Splits a shell line into words, as far as people type them: spaces, quotes, backslashes. Nothing is executed. */
export function splitLine(line: string): string[] {
  const words: string[] = [];
  let word = "";
  let quote = "";
  for (let at = 0; at < line.length; at++) {
    const sign = line.charAt(at);
    if (sign === quote) quote = "";
    else if (sign === "\\" && quote !== "'") word += line.charAt(++at);
    else if (quote !== "") word += sign;
    else if (sign === "'" || sign === '"') quote = sign;
    else if (/\s/.test(sign)) {
      if (word !== "") words.push(word);
      word = "";
    } else word += sign;
  }
  return [...words, word];
}
