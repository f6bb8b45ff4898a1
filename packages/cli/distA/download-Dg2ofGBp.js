import { r as EXIT, t as CliError } from "./cli-error-DMeu-qbx.js";
import { t as brokenOff } from "./broken-off-Bh9oWYiS.js";
import { rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
// src/commands/api/download.ts
/**
* Writes a body to the disk. A file comes into being whole: until then its bytes are beside it, under a name of their own,
* which is gone again whatever happens.
*/
async function download(body, target, watch, signal) {
	if (target.kind === "device") return write(body, target.path, { flags: "w" }, watch, signal);
	const { path, mode } = target;
	const temporary = join(dirname(path), `.${basename(path).slice(0, 200)}.${randomBytes(6).toString("hex")}.part`);
	try {
		await write(body, temporary, {
			flags: "wx",
			...mode === void 0 ? {} : { mode }
		}, watch, signal);
		signal.throwIfAborted();
		await rename(temporary, path).catch((error) => {
			throw unwritable(path, error);
		});
	} catch (error) {
		await rm(temporary, { force: true }).catch(() => {});
		throw error;
	}
}
async function write(body, path, options, watch, signal) {
	const file = createWriteStream(path, options);
	const unwatch = watch(() => file.bytesWritten);
	let failure;
	file.once("error", (error) => {
		failure = error;
	});
	try {
		await pipeline(body, file, { signal });
	} catch (error) {
		signal.throwIfAborted();
		if (failure !== void 0 && failure !== body.errored) throw unwritable(path, failure);
		throw brokenOff(error, "Nothing was saved. Run it again.");
	} finally {
		unwatch();
	}
}
function unwritable(path, { code }) {
	const hint = code === "ENOSPC" || code === "EDQUOT" ? "Free some space; nothing was saved." : "Nothing was saved.";
	return new CliError(EXIT.failed, `${path} cannot be written (${code}).`, hint);
}
export { download };
