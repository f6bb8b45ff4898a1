import * as fs from "node:fs";
import { promisify } from "node:util";

// For reading a session. `node:fs/promises` takes longer to load, and a command line waits for that.

export const stat: typeof fs.stat.__promisify__ = promisify(fs.stat);
export const open: typeof fs.open.__promisify__ = promisify(fs.open);
export const fstat: typeof fs.fstat.__promisify__ = promisify(fs.fstat);
export const read: typeof fs.read.__promisify__ = promisify(fs.read);
export const close: typeof fs.close.__promisify__ = promisify(fs.close);
