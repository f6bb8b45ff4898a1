/** Quotes a path for a shell, so that a message can show a command to copy. */
export function quotePath(path: string): string {
  return /^[\w./~+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
