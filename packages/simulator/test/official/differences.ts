/**
 * Where an answer's keys and types differ from a sample's. In a sample, null stands for anything, an empty object for one
 * with any keys, and the first element of an array for each.
 */
export function differences(sample: unknown, answer: unknown, at = "answer"): string[] {
  if (sample === null || answer === null) return [];
  if (Array.isArray(sample)) {
    if (!Array.isArray(answer)) return [`${at} is no array`];
    if (sample.length === 0) return [];
    return answer.flatMap((item, index) => differences(sample[0], item, `${at}[${index}]`));
  }
  if (!isObject(sample))
    return typeof sample === typeof answer ? [] : [`${at} is ${typeof answer}, not ${typeof sample}`];
  if (!isObject(answer)) return [`${at} is no object`];
  const keys = Object.keys(sample);
  if (keys.length === 0) return [];
  const missing = keys.filter((key) => !(key in answer)).map((key) => `${at}.${key} is missing`);
  const extra = Object.keys(answer)
    .filter((key) => !(key in sample))
    .map((key) => `${at}.${key} is not in the sample`);
  const deeper = keys
    .filter((key) => key in answer)
    .flatMap((key) => differences(sample[key], answer[key], `${at}.${key}`));
  return [...missing, ...extra, ...deeper];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
