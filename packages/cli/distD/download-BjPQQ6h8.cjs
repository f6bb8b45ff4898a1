const require_cli_error = require("./cli-error-VC3Hxa3O.cjs");
const require_api = require("./api-1QskBbGX.cjs");
let node_fs_promises = require("node:fs/promises");
let node_path = require("node:path");
let node_crypto = require("node:crypto");
let node_fs = require("node:fs");
let node_stream_promises = require("node:stream/promises");
// src/commands/api/download.ts
/**
* Writes a body to the disk. A file comes into being whole: until then its bytes are beside it, under a name of their own,
* which is gone again whatever happens.
*/
async function download(body, target, watch, signal) {
	if (target.kind === "device") return write(body, target.path, { flags: "w" }, watch, signal);
	const { path, mode } = target;
	const temporary = (0, node_path.join)((0, node_path.dirname)(path), `.${(0, node_path.basename)(path).slice(0, 200)}.${(0, node_crypto.randomBytes)(6).toString("hex")}.part`);
	try {
		await write(body, temporary, {
			flags: "wx",
			...mode === void 0 ? {} : { mode }
		}, watch, signal);
		signal.throwIfAborted();
		await (0, node_fs_promises.rename)(temporary, path).catch((error) => {
			throw unwritable(path, error);
		});
	} catch (error) {
		await (0, node_fs_promises.rm)(temporary, { force: true }).catch(() => {});
		throw error;
	}
}
async function write(body, path, options, watch, signal) {
	const file = (0, node_fs.createWriteStream)(path, options);
	const unwatch = watch(() => file.bytesWritten);
	let failure;
	file.once("error", (error) => {
		failure = error;
	});
	try {
		await (0, node_stream_promises.pipeline)(body, file, { signal });
	} catch (error) {
		signal.throwIfAborted();
		if (failure !== void 0 && failure !== body.errored) throw unwritable(path, failure);
		throw require_api.brokenOff(error, "Nothing was saved. Run it again.");
	} finally {
		unwatch();
	}
}
function unwritable(path, { code }) {
	const hint = code === "ENOSPC" || code === "EDQUOT" ? "Free some space; nothing was saved." : "Nothing was saved.";
	return new require_cli_error.CliError(require_cli_error.EXIT.failed, `${path} cannot be written (${code}).`, hint);
}
exports.download = download;
