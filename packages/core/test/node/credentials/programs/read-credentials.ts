// Reads the credentials of a file, optionally as another user, and prints them or the error.
import process from "node:process";
import { credentialsFromFile } from "../../../../src/node.ts";

const [, , path = "", user] = process.argv;
if (user !== undefined && process.setgroups && process.setgid && process.setuid) {
  process.setgroups([]);
  process.setgid(Number(user));
  process.setuid(Number(user));
}
try {
  process.stdout.write(JSON.stringify(await credentialsFromFile(path)()));
} catch (error) {
  process.stdout.write((error as Error).message);
}
