/** A change that violates one rule in a valid workspace. */
export interface Broken {
  readonly rule: string;
  readonly how: string;
  readonly change: (workspace: Editable) => void;
}

/** A workspace that can be changed. */
export interface Editable {
  /** Replaces a text, which must occur. */
  replace(path: string, text: string, by: string): void;
  add(path: string, text: string): void;
  /** Appends lines to a file. */
  append(path: string, text: string): void;
  remove(path: string): void;
  /** Changes a `package.json`. */
  manifest(folder: string, fields: Readonly<Record<string, unknown>>): void;
}

/** Makes a workspace editable. A change without an effect throws. */
export function editable(files: Map<string, string>): Editable {
  const read = (path: string): string => {
    const text = files.get(path);
    if (text === undefined) throw new Error(`${path} does not exist`);
    return text;
  };
  return {
    replace(path, text, by) {
      if (!read(path).includes(text)) throw new Error(`${path} has no "${text}"`);
      files.set(path, read(path).replaceAll(text, by));
    },
    add: (path, text) => void files.set(path, text),
    append: (path, text) => void files.set(path, `${read(path)}${text}\n`),
    remove(path) {
      read(path);
      files.delete(path);
    },
    manifest(folder, fields) {
      const path = `packages/${folder}/package.json`;
      files.set(path, JSON.stringify({ ...JSON.parse(read(path)), ...fields }));
    },
  };
}

/** A row for each change that violates a rule. */
export function breaking(rule: string, ways: Readonly<Record<string, Broken["change"]>>): Broken[] {
  return Object.entries(ways).map(([how, change]) => ({ rule, how, change }));
}
