const require_bin2 = require("./bin2.cjs");
const require_cli_error = require("./cli-error-VC3Hxa3O.cjs");
const require_vendors = require("./vendors-CBdHE56p.cjs");
const require_dist = require("./dist-Dkganfzn.cjs");
const require_abort_BNdyHPhS = require("./abort-BNdyHPhS-C63OX1-p.cjs");
const require_session_parts_p54pbG4w = require("./session-parts-p54pbG4w-684dMOjw.cjs");
let node_module = require("node:module");
let node_process = require("node:process");
node_process = require_bin2.__toESM(node_process, 1);
let node_fs_promises = require("node:fs/promises");
let node_path = require("node:path");
node_path = require_bin2.__toESM(node_path, 1);
require("node:util");
let node_crypto = require("node:crypto");
let node_timers_promises = require("node:timers/promises");
let node_fs = require("node:fs");
let node_os = require("node:os");
node_os = require_bin2.__toESM(node_os, 1);
// ../core/dist/node.js
var node_exports = /* @__PURE__ */ require_bin2.__exportAll({ nodeFetch: () => nodeFetch });
/** A failure of `fileStore`. Paths may be in it, values may not. */
function fileFailure(message, retryable = false) {
	return new require_session_parts_p54pbG4w.StoreFailed("core", `fileStore: ${message}`, { retryable });
}
/** The code of an error of the file system, such as `ENOENT`. */
function codeOf$1(error) {
	const code = error instanceof Error && "code" in error ? error.code : void 0;
	return typeof code === "string" ? code : "unknown";
}
/** Gives `undefined` for the errors that are expected. */
async function unless(codes, promise) {
	try {
		return await promise;
	} catch (error) {
		if (codes.includes(codeOf$1(error))) return void 0;
		throw error;
	}
}
const HINTS = {
	EACCES: "Check who owns it and what its permissions are.",
	EPERM: "Check who owns it and what its permissions are.",
	EROFS: "It is on a read-only disk: give another `directory`.",
	ENOSPC: "The disk is full: free some space.",
	EDQUOT: "The disk quota is used up: free some space.",
	EMFILE: "The process has too many open files."
};
/** Makes every error of the file system a `StoreFailed` that says what was tried, where, and what to do. */
async function explained$1(doing, path, run) {
	try {
		return await run();
	} catch (error) {
		if (require_session_parts_p54pbG4w.isVmsError(error) || !(error instanceof Error && "syscall" in error)) throw error;
		const code = codeOf$1(error);
		throw fileFailure(`could not ${doing} ${path} (${code}). ${HINTS[code] ?? "Check the disk."}`, true);
	}
}
/** How old a leftover temporary file is before it is removed, in ms. A write takes far less. */
const LEFTOVER_AGE = 6e5;
/**
* The platform's place for an application's data, which is per user and stays on this machine:
* `~/.local/share/vms/sessions` or below `XDG_DATA_HOME`, `~/Library/Application Support/vms/sessions`,
* `%LOCALAPPDATA%\vms\Data\sessions`.
*/
async function defaultDirectory() {
	const { default: envPaths } = await Promise.resolve().then(() => require("./env-paths-CPm2fb7U-DuTnt9Bt.cjs"));
	return (0, node_path.join)(envPaths("vms", { suffix: "" }).data, "sessions");
}
/**
* Checks that nobody else can put files into the directory.
* @param create whether to create it, with mode 0700, where it is absent.
* @returns whether it is there.
* @throws {StoreFailed} that says how to mend it.
*/
async function checkDirectory(path, create) {
	let stats = await explained$1("look at", path, () => unless(["ENOENT"], (0, node_fs_promises.stat)(path)));
	if (stats === void 0 && create) {
		await explained$1("create", path, () => (0, node_fs_promises.mkdir)(path, {
			recursive: true,
			mode: 448
		}));
		stats = await explained$1("look at", path, () => (0, node_fs_promises.stat)(path));
	}
	if (stats === void 0) return false;
	if (!stats.isDirectory()) throw fileFailure(`${path} is not a directory. Give another \`directory\`.`);
	if (!ownsFile(stats)) throw fileFailure(`${path} belongs to another user. Give another \`directory\`, or make it yours with \`chown\`.`);
	if (hasModes() && (stats.mode & 18) !== 0) throw fileFailure(`others can write to ${path}. Close it: chmod 700 ${quoted$1(path)}`);
	return true;
}
/** Whether permissions mean anything here. On Windows a user's profile is closed to others by its access list. */
function hasModes() {
	return node_process.default.platform !== "win32";
}
/** Whether a file is of the user that this process acts for. */
function ownsFile(stats) {
	const uid = node_process.default.geteuid?.();
	return uid === void 0 || stats.uid === uid;
}
/** A path as a shell takes it. */
function quoted$1(path) {
	return /^[\w./~+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
/** Makes a directory's entries survive a power cut, where the platform can. */
async function syncDirectory(path) {
	if (node_process.default.platform === "win32") return;
	const handle = await (0, node_fs_promises.open)(path, "r");
	try {
		await unless([
			"EINVAL",
			"ENOTSUP",
			"EPERM"
		], handle.sync());
	} finally {
		await handle.close();
	}
}
const LEFTOVER = /^[0-9a-f]{64}\.[0-9a-f]{32}\.tmp$/;
/** Removes what killed writers and waiters left behind. Failing at it is no failure of the store. */
async function sweep(directory, olderThan) {
	const names = (await (0, node_fs_promises.readdir)(directory).catch(() => [])).filter((name) => LEFTOVER.test(name));
	for (const name of names) {
		const path = (0, node_path.join)(directory, name);
		const stats = await (0, node_fs_promises.lstat)(path).catch(() => void 0);
		if (stats === void 0 || Date.now() - stats.mtimeMs <= olderThan) continue;
		await (0, node_fs_promises.rm)(path, {
			recursive: true,
			force: true
		}).catch(() => {});
	}
}
const OURS = /^([0-9a-f]{64})\.session$/;
/** The store's files in a directory, one after the other: as many can be in it as the disk holds. */
async function* listFiles(directory, { read, remove }) {
	const dir = await explained$1("list", directory, () => unless(["ENOENT"], (0, node_fs_promises.opendir)(directory, { bufferSize: 128 })));
	if (dir === void 0) return;
	try {
		for (;;) {
			const found = await explained$1("list", directory, () => nextFile(dir, directory));
			if (found === void 0) return;
			const { name, path, stats } = found;
			yield {
				name,
				writtenAt: stats.mtimeMs,
				read: () => read(path),
				delete: async () => {
					const now = await explained$1("look at", path, () => unless(["ENOENT"], (0, node_fs_promises.lstat)(path)));
					if (now !== void 0 && now.ino === stats.ino && now.mtimeMs === stats.mtimeMs) await remove(path);
				}
			};
		}
	} finally {
		await dir.close();
	}
}
/** The next file that this store could have written, and that is still there. */
async function nextFile(dir, directory) {
	for (;;) {
		const entry = await dir.read();
		if (entry === null) return void 0;
		const name = OURS.exec(entry.name)?.[1];
		if (name === void 0) continue;
		const path = (0, node_path.join)(directory, entry.name);
		const stats = await unless(["ENOENT"], (0, node_fs_promises.lstat)(path));
		if (stats?.isFile()) return {
			name,
			path,
			stats
		};
	}
}
/**
* Waits for a lock that other processes see.
*
* The lock is a directory with one file in it, named by a random token. It comes into being whole, as a rename to a name
* that is free; and whoever takes it away, its holder or one who found it stale, removes the file *of that token*: of
* several who try, one succeeds, and none can remove the lock of a later holder. (A lock that is one file has no such
* operation: between reading a stale one and moving it away, it may have become somebody's new one.)
*
* @param signal ends the wait, with its own reason.
*/
async function takeLock(place, timing, signal) {
	try {
		await acquire$1(place, timing, signal);
	} catch (error) {
		await (0, node_fs_promises.rm)(place.candidate, {
			recursive: true,
			force: true
		}).catch(() => {});
		throw error;
	}
	const { lost, stop } = keepAlive((0, node_path.join)(place.lock, place.token), timing);
	const release = async () => {
		stop();
		await giveUp(place).catch(() => {});
	};
	if (signal?.aborted) {
		await release();
		throw signal.reason;
	}
	return {
		lost,
		release
	};
}
async function acquire$1(place, timing, signal) {
	let seen = "";
	let still = 0;
	let lookedAt = performance.now();
	for (;;) {
		signal?.throwIfAborted();
		const holders = await look(place.lock);
		if (holders.length === 0 && await claim(place)) return;
		const now = performance.now();
		const state = holders.map(({ name, touched }) => `${name} ${touched}`).join("\n");
		still = state === seen ? still + Math.min(now - lookedAt, 10 * timing.pollEvery) : 0;
		seen = state;
		lookedAt = now;
		if (holders.length > 0 && still >= timing.staleAfter) {
			for (const { name } of holders) await unless(["ENOENT"], (0, node_fs_promises.unlink)((0, node_path.join)(place.lock, name)));
			continue;
		}
		try {
			await (0, node_timers_promises.setTimeout)(timing.pollEvery * (.5 + Math.random()), void 0, signal === void 0 ? {} : { signal });
		} catch (error) {
			signal?.throwIfAborted();
			throw error;
		}
	}
}
/** Who holds the lock, and when they last showed it: none, one, or what does not belong there. */
async function look(lock) {
	const holders = (await unless(["ENOENT"], (0, node_fs_promises.readdir)(lock)) ?? []).map(async (name) => {
		return {
			name,
			touched: (await unless(["ENOENT"], (0, node_fs_promises.stat)((0, node_path.join)(lock, name))))?.mtimeMs ?? 0
		};
	});
	return Promise.all(holders);
}
/** Tries to become the holder of a lock that nobody holds. */
async function claim({ lock, candidate, token }) {
	await unless(["EEXIST"], (0, node_fs_promises.mkdir)(candidate, { mode: 448 }));
	await unless(["EEXIST"], (0, node_fs_promises.writeFile)((0, node_path.join)(candidate, token), "", {
		flag: "wx",
		mode: 384
	}));
	await unless([
		"ENOENT",
		"ENOTEMPTY",
		"EEXIST"
	], (0, node_fs_promises.rmdir)(lock));
	const taken = [
		"ENOENT",
		"ENOTEMPTY",
		"EEXIST",
		...node_process.default.platform === "win32" ? ["EPERM", "EACCES"] : []
	];
	try {
		await (0, node_fs_promises.rename)(candidate, lock);
		await touch((0, node_path.join)(lock, token));
		return true;
	} catch (error) {
		if (taken.includes(codeOf$1(error))) return false;
		throw error;
	}
}
async function giveUp({ lock, token }) {
	await unless(["ENOENT"], (0, node_fs_promises.unlink)((0, node_path.join)(lock, token)));
	await unless([
		"ENOENT",
		"ENOTEMPTY",
		"EEXIST"
	], (0, node_fs_promises.rmdir)(lock));
}
async function touch(path) {
	const now = /* @__PURE__ */ new Date();
	await (0, node_fs_promises.utimes)(path, now, now);
}
/** Shows every now and then that the holder lives, and tells it when the lock is no longer its own. */
function keepAlive(holder, { staleAfter, refreshEvery }) {
	const lost = new AbortController();
	let shown = performance.now();
	const refresh = async () => {
		try {
			await touch(holder);
			shown = performance.now();
		} catch (error) {
			if (stopped || codeOf$1(error) !== "ENOENT" && performance.now() - shown < staleAfter) return;
			stop();
			lost.abort(fileFailure(`the lock ${(0, node_path.basename)((0, node_path.join)(holder, ".."))} was taken over, as its holder stood still.`, true));
		}
	};
	let stopped = false;
	const timer = setInterval(refresh, refreshEvery);
	timer.unref();
	function stop() {
		stopped = true;
		clearInterval(timer);
	}
	return {
		lost: lost.signal,
		stop
	};
}
/** The largest value, in bytes. */
const MAX_VALUE_BYTES = 1048576;
const READ = node_fs.constants.O_RDONLY | (node_fs.constants.O_NOFOLLOW ?? 0) | (node_fs.constants.O_NONBLOCK ?? 0);
/** Reads a file of ours: `undefined` where there is none. */
async function readValue(path) {
	let handle;
	try {
		handle = await unless(["ENOENT"], (0, node_fs_promises.open)(path, READ));
	} catch (error) {
		if (codeOf$1(error) === "ELOOP" || codeOf$1(error) === "EMLINK") throw notOurs(path, "is a link");
		throw error;
	}
	if (handle === void 0) return void 0;
	try {
		return await readBounded(handle, path);
	} finally {
		await handle.close();
	}
}
async function readBounded(handle, path) {
	const stats = await handle.stat();
	if (!stats.isFile()) throw notOurs(path, "is not a file");
	if (!ownsFile(stats)) throw notOurs(path, "belongs to another user");
	if (hasModes() && (stats.mode & 63) !== 0) throw fileFailure(`others can read or write ${path}. Sign out of the session in it, if it was real, and close the file: chmod 600 ${quoted$1(path)}`);
	if (stats.size > 1048576) throw notOurs(path, `is larger than ${MAX_VALUE_BYTES} bytes`);
	const bytes = Buffer.alloc(stats.size);
	let length = 0;
	while (length < bytes.length) {
		const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
		if (bytesRead === 0) break;
		length += bytesRead;
	}
	try {
		return new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(bytes.subarray(0, length));
	} catch {
		throw notOurs(path, "is not text");
	}
}
function notOurs(path, what) {
	return fileFailure(`${path} ${what}: this store did not write it. Remove it.`);
}
/**
* Replaces a file at one stroke: whoever reads, also after a kill or a power cut, gets the old or the new value.
* @param temporary a path in the same directory that nobody else uses.
*/
async function writeValue(path, temporary, value) {
	const bytes = Buffer.from(value, "utf8");
	if (bytes.length > 1048576) throw fileFailure(`the value has ${bytes.length} bytes, and at most ${MAX_VALUE_BYTES} are kept.`);
	try {
		const handle = await (0, node_fs_promises.open)(temporary, "wx", 384);
		try {
			await handle.writeFile(bytes);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await replace$1(temporary, path);
	} catch (error) {
		await (0, node_fs_promises.rm)(temporary, { force: true }).catch(() => {});
		throw error;
	}
}
/** Windows refuses to replace a file for as long as somebody reads it: a moment. */
async function replace$1(from, to) {
	for (let attempt = 1;; attempt++) try {
		return await (0, node_fs_promises.rename)(from, to);
	} catch (error) {
		if (!(node_process.default.platform === "win32" && [
			"EPERM",
			"EACCES",
			"EBUSY"
		].includes(codeOf$1(error))) || attempt === 20) throw error;
		await (0, node_timers_promises.setTimeout)(attempt * 5);
	}
}
/** Ten seconds: no healthy process stands still for so long, and `timeout` (30 s by default) leaves time for a login. */
const TIMING = {
	staleAfter: 1e4,
	refreshEvery: 2e3,
	pollEvery: 50
};
/** How often a store looks for leftovers, in ms. */
const SWEEP_EVERY = 36e5;
/**
* A store on this machine's disk, for all processes of one user. Each session is a file of mode 0600, whose name is the
* SHA-256 of its key; it is replaced at one stroke, so that a kill or a power cut leaves the old or the new value. Values
* are in clear text: put `encryptedStore` around this store where the disk may be read by others (a backup, a shared home).
* `expiresAt` is not looked at: the record of an ended session stays until it is replaced.
*
* The lock of a session works across processes: a directory holding one file, named by its holder's random token. Its
* holder touches that file every 2 s; 10 s without a touch, and one of those who wait takes the lock over. So a holder that was
* killed costs the others 10 s, and one that was merely suspended finds its lock lost and has its signal aborted. After a
* laptop's sleep everybody goes on as before. It is written here because no library fits: `proper-lockfile`, the
* best known, was last released in 2021, hooks the exit of the whole process, and lets two waiters remove each other's
* lock when they take over a stale one.
*
* The directory must belong to the user of this process, and nobody else may write to it; a file must belong to that user, with
* nobody else able to read it, and hold at most 1 MiB. Windows has neither check: there, the default directory is closed
* to other users by its access list. Use it on a local disk: a network file system may do less than it says.
*
* Creating a store touches nothing.
*
* @throws {InvalidOptions} for an empty `directory`. Its methods throw `StoreFailed`, which says what to mend, for example
* `chmod 700 …`.
*/
function fileStore(options = {}) {
	return openFileStore(options, TIMING);
}
/** A file store whose lock has other times: for tests. */
function openFileStore(options, timing) {
	const { directory } = options;
	if (directory !== void 0 && (typeof directory !== "string" || directory === "" || directory.includes("\0"))) throw new require_abort_BNdyHPhS.InvalidOptions("core", "fileStore: `directory` must be a path; leave it out for the default.");
	const given = directory === void 0 ? void 0 : (0, node_path.resolve)(directory);
	const line = require_session_parts_p54pbG4w.memoryStore();
	let sweepFrom = Number.NEGATIVE_INFINITY;
	async function place() {
		try {
			return given ?? await defaultDirectory();
		} catch {
			throw fileFailure("this user has no home directory. Give a `directory`.");
		}
	}
	/** The directory, checked and there; and swept the first time, and then once an hour. */
	async function toWrite() {
		const path = await place();
		await checkDirectory(path, true);
		if (performance.now() >= sweepFrom) {
			sweepFrom = performance.now() + SWEEP_EVERY;
			await sweep(path, LEFTOVER_AGE);
		}
		return path;
	}
	const read = (file) => explained$1("read", file, () => readValue(file));
	async function remove(file) {
		await explained$1("remove", file, async () => {
			if (await unless(["ENOENT"], (0, node_fs_promises.unlink)(file).then(() => true))) await syncDirectory((0, node_path.dirname)(file));
		});
	}
	return {
		async get(key) {
			const path = await place();
			if (!await checkDirectory(path, false)) return void 0;
			return read((0, node_path.join)(path, `${nameOf(key)}.session`));
		},
		async set(key, value) {
			const path = await toWrite();
			const name = nameOf(key);
			const file = (0, node_path.join)(path, `${name}.session`);
			await explained$1("write", file, async () => {
				await writeValue(file, (0, node_path.join)(path, `${name}.${randomToken()}.tmp`), value);
				await syncDirectory(path);
			});
		},
		async delete(key) {
			const path = await place();
			if (await checkDirectory(path, false)) await remove((0, node_path.join)(path, `${nameOf(key)}.session`));
		},
		async *list() {
			const path = await place();
			if (!await checkDirectory(path, false)) return;
			yield* listFiles(path, {
				read: async (file) => await checkDirectory(path, false) ? read(file) : void 0,
				remove: async (file) => {
					if (await checkDirectory(path, false)) await remove(file);
				}
			});
		},
		withLock(key, run, options = {}) {
			const name = nameOf(key);
			const locked = async () => {
				const path = await toWrite();
				const token = randomToken();
				const places = {
					lock: (0, node_path.join)(path, `${name}.lock`),
					candidate: (0, node_path.join)(path, `${name}.${token}.tmp`),
					token
				};
				const held = await explained$1("lock", places.lock, () => takeLock(places, timing, options.signal));
				try {
					return await run(held.lost);
				} finally {
					await held.release();
				}
			};
			return line.withLock(name, locked, options);
		}
	};
}
/** A file's name shows no vendor and no account, and is valid on every platform. */
function nameOf(key) {
	return (0, node_crypto.createHash)("sha256").update(key).digest("hex");
}
function randomToken() {
	return (0, node_crypto.randomBytes)(16).toString("hex");
}
/**
* A `fetch` for private CAs, client certificates and corporate proxies: give it as the option `fetch` of a session.
* It is Node's own `fetch` on a dispatcher of undici (version 7, a peer dependency), and keeps connections alive.
* @throws {InvalidOptions} naming the option, never its value; and where undici is not installed.
*/
function nodeFetch(options = {}) {
	const { ca, cert, key, insecureSkipVerify = false, proxy, connections } = options;
	const wrong = (what) => {
		throw new require_abort_BNdyHPhS.InvalidOptions("core", `nodeFetch: ${what}`);
	};
	if (cert === void 0 !== (key === void 0)) wrong("`cert` and `key` go together: give both.");
	if (typeof insecureSkipVerify !== "boolean") wrong("`insecureSkipVerify` must be true or false.");
	if (connections !== void 0 && !(Number.isInteger(connections) && connections > 0)) wrong("`connections` must be a whole number above 0.");
	if (proxy !== void 0 && !isProxyUrl(proxy)) wrong("`proxy` must be a URL such as http://proxy.example:3128, with user and password percent-encoded.");
	if (insecureSkipVerify) process.emitWarning("nodeFetch: `insecureSkipVerify` is on: the vendor's certificate is not checked, and whoever sits between can read the password. Give the certificate of its CA as `ca` instead.", {
		type: "SecurityWarning",
		code: "VMS_INSECURE_TLS"
	});
	const tls = {
		...ca === void 0 ? {} : { ca: copied(ca) },
		...cert === void 0 || key === void 0 ? {} : {
			cert: buffer(cert),
			key: buffer(key)
		},
		rejectUnauthorized: !insecureSkipVerify
	};
	const limit = connections === void 0 ? {} : { connections };
	const { Agent, Pool, ProxyAgent } = loadUndici();
	const dispatcher = proxy === void 0 ? new Agent({
		...limit,
		connect: tls
	}) : new ProxyAgent({
		...limit,
		uri: proxy,
		requestTls: tls,
		proxyTls: tls,
		clientFactory: (origin, pool) => toProxy(new Pool(origin, pool))
	});
	return (input, init) => globalThis.fetch(input, {
		...init,
		dispatcher
	});
}
function loadUndici() {
	try {
		return (0, node_module.createRequire)(require("url").pathToFileURL(__filename).href)("undici");
	} catch {
		throw new require_abort_BNdyHPhS.InvalidOptions("core", "nodeFetch: it needs undici, which is not installed: npm install undici@7");
	}
}
/**
* The connections to a proxy. undici tries a request again without end where a socket is closed before it is there;
* behind a proxy that closes each tunnel this would hammer the proxy for ever. Under another code it fails the request.
*/
function toProxy(pool) {
	const connect = pool.connect.bind(pool);
	const failing = async (params) => {
		try {
			return await connect(params);
		} catch (error) {
			const code = require_session_parts_p54pbG4w.networkCode(error);
			throw Object.assign(/* @__PURE__ */ new Error("the proxy gave no tunnel"), { code: code === "UND_ERR_SOCKET" ? "ECONNRESET" : code });
		}
	};
	return Object.assign(pool, { connect: failing });
}
function isProxyUrl(text) {
	const url = URL.parse(text);
	if (url === null || !/^https?:$/.test(url.protocol)) return false;
	try {
		decodeURIComponent(url.username + url.password);
		return true;
	} catch {
		return false;
	}
}
function copied(ca) {
	return typeof ca === "string" || ca instanceof Uint8Array ? buffer(ca) : ca.map(buffer);
}
function buffer(pem) {
	return typeof pem === "string" ? pem : Buffer.from(pem);
}
/**
* A handler's raw face. undici's own `request`, `stream` and `fetch` have one; a handler of another interceptor that
* knows only the newer methods is given one here.
*/
function rawFace(handler) {
	return typeof handler.onHeaders === "function" ? handler : translated(handler);
}
function translated(handler) {
	let controller;
	return {
		onConnect(abort) {
			controller = createController(abort);
			handler.onRequestStart?.(controller, void 0);
		},
		onHeaders(status, rawHeaders, resume, statusText) {
			if (controller === void 0) return true;
			controller.onResume = resume;
			controller.rawHeaders = rawHeaders;
			handler.onResponseStart?.(controller, status, parsed(rawHeaders), statusText);
			return !controller.paused;
		},
		onData(chunk) {
			if (controller === void 0) return true;
			handler.onResponseData?.(controller, chunk);
			return !controller.paused;
		},
		onComplete(trailers) {
			if (controller === void 0) return;
			handler.onResponseEnd?.(controller, parsed(trailers ?? []));
		},
		onError(error) {
			handler.onResponseError?.(controller ?? createController(() => {}), error);
		},
		onUpgrade(status, headers, socket) {
			if (controller === void 0) return;
			handler.onRequestUpgrade?.(controller, status, parsed(headers ?? []), socket);
		}
	};
}
function createController(abort) {
	let paused = false;
	let reason = null;
	return {
		onResume: () => {},
		rawHeaders: null,
		pause() {
			paused = true;
		},
		resume() {
			if (!paused) return;
			paused = false;
			this.onResume();
		},
		abort(why) {
			if (reason !== null) return;
			reason = why;
			abort(why);
		},
		get paused() {
			return paused;
		},
		get aborted() {
			return reason !== null;
		},
		get reason() {
			return reason;
		}
	};
}
/** Headers as undici's newer methods give them: lower-case names, several values as a list. */
function parsed(raw) {
	const headers = {};
	for (const [name, value] of pairsOf(raw)) {
		const known = headers[name];
		if (known === void 0) headers[name] = name === "set-cookie" ? [value] : value;
		else headers[name] = Array.isArray(known) ? [...known, value] : [known, value];
	}
	return headers;
}
/** The pairs of a flat list of names and values; names in lower case. */
function* pairsOf(raw) {
	for (let at = 0; at + 1 < raw.length; at += 2) yield [text(raw[at]).toLowerCase(), text(raw[at + 1])];
}
function text(part) {
	return typeof part === "string" ? part : part?.toString("latin1") ?? "";
}
/** How much of a JSON answer is held back, in bytes, where a vendor says inside it that the session is gone. */
const JUDGED_BYTES = 16384;
/**
* Stands between undici and who asked: looks at the status, and lets an answer pass unless it refuses the session and
* the request can be sent again. Then nothing of it passes, and the next answer comes in its place.
*
* A class, because one is made for each request on the fast path; its fields are private, so that nothing shows them.
*/
var Gate = class {
	#door;
	#options;
	#face;
	#live;
	/** Whether the request was sent once more already: then its refusal is the caller's (law 3). */
	#resent;
	#swallowed = -1;
	#abort;
	#held;
	constructor(door, options, face, live, resent) {
		this.#door = door;
		this.#options = options;
		this.#face = face;
		this.#live = live;
		this.#resent = resent;
	}
	/** @returns whether the answer passes. */
	#judge(rejected, status, headers) {
		const { flow, engine, resend } = this.#door;
		if (!rejected) {
			const response = flow.rotate === void 0 ? void 0 : responseOf(status, headers);
			const data = response && flow.rotate?.(response, this.#live.record);
			if (response !== void 0 && data !== void 0) engine.rotated(this.#live, data, response);
			return true;
		}
		if (this.#resent) return true;
		engine.rejected(this.#live, status);
		if (!isRepeatable(this.#options.body)) return true;
		this.#swallowed = 0;
		resend(this.#options, this.#face);
		return false;
	}
	onConnect(abort, ...rest) {
		this.#abort = abort;
		this.#face.onConnect(abort, ...rest);
	}
	onHeaders(status, headers, resume, statusText) {
		if (status < 200) return this.#face.onHeaders(status, headers, resume, statusText);
		const { flow } = this.#door;
		if (flow.isRejected === void 0) return this.#judge(status === 401, status, headers) ? this.#face.onHeaders(status, shown(headers), resume, statusText) : true;
		this.#held = hold(flow, status, headers, (rejected) => {
			const passed = this.#held;
			this.#held = void 0;
			if (passed?.failure !== void 0) return this.#face.onError(passed.failure);
			if (!this.#judge(rejected, status, headers) || passed === void 0) return;
			this.#face.onHeaders(status, shown(headers), resume, statusText);
			for (const chunk of passed.chunks) this.#face.onData(chunk);
			if (passed.ended) this.#face.onComplete(passed.trailers);
		});
		this.#held.begin();
		return true;
	}
	onData(chunk) {
		if (this.#swallowed >= 0) {
			this.#swallowed += chunk.length;
			if (this.#swallowed > JUDGED_BYTES) this.#abort?.(/* @__PURE__ */ new Error("refused"));
			return true;
		}
		if (this.#held === void 0) return this.#face.onData(chunk);
		this.#held.add(chunk);
		return true;
	}
	onComplete(trailers) {
		if (this.#swallowed >= 0) return;
		if (this.#held === void 0) this.#face.onComplete(trailers);
		else this.#held.end(trailers);
	}
	onError(error) {
		if (this.#swallowed >= 0) return;
		if ("data" in error) delete error.data;
		if (this.#held === void 0) this.#face.onError(error);
		else this.#held.fail(error);
	}
	onUpgrade(status, headers, socket) {
		this.#face.onUpgrade(status, headers, socket);
	}
};
function isRepeatable(body) {
	return body === void 0 || body === null || typeof body === "string" || body instanceof Uint8Array || Object.prototype.toString.call(body) === "[object FormData]";
}
function hold(flow, status, headers, verdict) {
	const chunks = [];
	let size = 0;
	let asked = false;
	const state = {
		chunks,
		ended: false,
		trailers: null,
		failure: void 0,
		begin() {
			const head = responseOf(status, headers);
			const length = Number(head.headers.get("content-length") ?? 0);
			if (!(/json/i.test(head.headers.get("content-type") ?? "") && length <= JUDGED_BYTES)) ask(null);
		},
		add(chunk) {
			chunks.push(Buffer.from(chunk));
			size += chunk.length;
			if (size > JUDGED_BYTES) ask(null);
		},
		end(trailers) {
			state.ended = true;
			state.trailers = trailers;
			ask(Buffer.concat(chunks));
		},
		fail(error) {
			state.failure = error;
			ask(null);
		}
	};
	function ask(body) {
		if (asked) return;
		asked = true;
		const rejected = flow.isRejected?.(responseOf(status, headers, body)) ?? false;
		if (typeof rejected === "boolean") verdict(rejected);
		else rejected.then(verdict, () => verdict(false));
	}
	return state;
}
function responseOf(status, raw, body = null) {
	const known = status >= 200 && status <= 599;
	const empty = body === null || !known || [
		204,
		205,
		304
	].includes(status);
	const headers = new Headers();
	for (const [name, value] of pairsOf(raw)) try {
		headers.append(name, value);
	} catch {}
	return new Response(empty ? null : new Uint8Array(body), {
		status: known ? status : 599,
		headers
	});
}
function shown(raw) {
	for (let at = 0; at < raw.length; at += 2) if (isSetCookie(raw[at])) return raw.filter((_, index) => !isSetCookie(raw[index - index % 2]));
	return raw;
}
function isSetCookie(name) {
	return name?.length === 10 && name.toString("latin1").toLowerCase() === "set-cookie";
}
/**
* An interceptor for undici (version 7): `new Agent().compose(sessionInterceptor(session))` authenticates all that goes
* through it, by the laws of a session: one login however many requests wait, one repetition after a rejection, rotation,
* and nothing sent to a foreign origin. For servers: `undici.request` costs less than half of `fetch`.
*
* Requests need an absolute URL. Redirects are not followed, unless undici's own `redirect` interceptor is composed
* behind this one (further out); what leaves the session's origins is then refused.
* The request fails with the errors of `session.fetch`.
*/
function sessionInterceptor(session) {
	const { flow, settings, engine } = require_session_parts_p54pbG4w.partsOf(session);
	const home = require_session_parts_p54pbG4w.homeOf(flow, settings);
	return (dispatch) => {
		const door = {
			flow,
			engine,
			resend(options, face) {
				acquire(options, engine).then((live) => {
					dispatch(authenticated(options, live), new Gate(door, options, face, live, true));
				}).catch((error) => face.onError(error));
			}
		};
		function send(options, face, live) {
			const { origin } = options;
			if (origin !== live.ticket.origin) home.require(new URL(String(origin)), live.ticket);
			return dispatch(authenticated(options, live), new Gate(door, options, face, live, false));
		}
		return (options, handler) => {
			const face = rawFace(handler);
			const live = engine.use();
			if (live !== void 0) return send(options, face, live);
			acquire(options, engine).then((fresh) => send(options, face, fresh)).catch((error) => face.onError(error));
			return true;
		};
	};
}
function acquire(options, engine) {
	const { signal } = options;
	return engine.acquire(signal instanceof AbortSignal ? signal : void 0);
}
function authenticated(options, { ticket }) {
	const given = options.headers;
	const headers = given === void 0 || given === null ? ticket.bare : require_session_parts_p54pbG4w.withTicket(flat(given), ticket);
	const authenticated = {
		...options,
		headers
	};
	if (ticket.query === "") return authenticated;
	return options.query === void 0 ? {
		...authenticated,
		path: require_session_parts_p54pbG4w.withQuery(options.path, ticket.query, ticket.secretNames)
	} : {
		...authenticated,
		query: {
			...options.query,
			...ticket.searchParams
		}
	};
}
function flat(given) {
	if (given instanceof Headers) return given;
	const entries = Array.isArray(given) ? Array.from({ length: given.length / 2 }, (_, at) => [String(given[2 * at]), given[2 * at + 1]]) : Symbol.iterator in given ? given : Object.entries(given);
	const plain = {};
	for (const [name, value] of entries) {
		if (value === void 0 || value === null) continue;
		const text = Array.isArray(value) ? value.join(", ") : String(value);
		const before = plain[name];
		plain[name] = before === void 0 ? text : `${before}${name.toLowerCase() === "cookie" ? "; " : ", "}${text}`;
	}
	return plain;
}
Object.freeze([
	"",
	"   ",
	".",
	"..",
	" .",
	". ",
	" ..",
	".. ",
	"../",
	"../foo",
	"foo/../bar",
	"foo/bar",
	"foo\\bar",
	"foo\0bar"
]);
function isSafeFilename(filename) {
	if (typeof filename !== "string") return false;
	const trimmed = filename.trim();
	return trimmed !== "" && trimmed !== "." && trimmed !== ".." && !filename.includes("/") && !filename.includes("\\") && !filename.includes("\0");
}
function assertSafeFilename(filename) {
	if (typeof filename !== "string") throw new TypeError("Expected a string");
	if (!isSafeFilename(filename)) throw new Error(`Unsafe filename: ${JSON.stringify(filename)}`);
}
// ../../node_modules/.pnpm/env-paths@4.0.0/node_modules/env-paths/index.js
const homedir = node_os.default.homedir();
const tmpdir = node_os.default.tmpdir();
const { env } = node_process.default;
const macos = (name) => {
	const library = node_path.default.join(homedir, "Library");
	return {
		data: node_path.default.join(library, "Application Support", name),
		config: node_path.default.join(library, "Preferences", name),
		cache: node_path.default.join(library, "Caches", name),
		log: node_path.default.join(library, "Logs", name),
		temp: node_path.default.join(tmpdir, name)
	};
};
const windows = (name) => {
	const appData = env.APPDATA || node_path.default.join(homedir, "AppData", "Roaming");
	const localAppData = env.LOCALAPPDATA || node_path.default.join(homedir, "AppData", "Local");
	return {
		data: node_path.default.join(localAppData, name, "Data"),
		config: node_path.default.join(appData, name, "Config"),
		cache: node_path.default.join(localAppData, name, "Cache"),
		log: node_path.default.join(localAppData, name, "Log"),
		temp: node_path.default.join(tmpdir, name)
	};
};
const linux = (name) => {
	const username = node_path.default.basename(homedir);
	return {
		data: node_path.default.join(env.XDG_DATA_HOME || node_path.default.join(homedir, ".local", "share"), name),
		config: node_path.default.join(env.XDG_CONFIG_HOME || node_path.default.join(homedir, ".config"), name),
		cache: node_path.default.join(env.XDG_CACHE_HOME || node_path.default.join(homedir, ".cache"), name),
		log: node_path.default.join(env.XDG_STATE_HOME || node_path.default.join(homedir, ".local", "state"), name),
		temp: node_path.default.join(tmpdir, username, name)
	};
};
function envPaths(name, { suffix = "nodejs" } = {}) {
	assertSafeFilename(name);
	if (suffix) name += `-${suffix}`;
	assertSafeFilename(name);
	if (node_process.default.platform === "darwin") return macos(name);
	if (node_process.default.platform === "win32") return windows(name);
	return linux(name);
}
// src/places.ts
/** The platform's directories, or all below `VMS_HOME` where that is set. */
function places() {
	const home = node_process.default.env.VMS_HOME;
	const { config, data } = home ? {
		config: home,
		data: home
	} : envPaths("vms", { suffix: "" });
	return {
		config: (0, node_path.join)(config, "config.json"),
		sessions: (0, node_path.join)(data, "cli-sessions"),
		key: (0, node_path.join)(config, "session-key"),
		credentials: (0, node_path.join)(config, "credentials.json"),
		simulator: (0, node_path.join)(data, "simulator.json")
	};
}
// src/exclusively.ts
/**
* Runs alone among all `vms` of this user: nobody else changes the profiles, the saved passwords or the key meanwhile.
* It must not be called within itself. A holder that was killed costs the next one 10 s.
*/
async function exclusively(run) {
	const { withLock } = fileStore({ directory: places().sessions });
	return withLock === void 0 ? run() : withLock("vms-cli|configuration", run);
}
// src/private-file.ts
/** Reads a file that nobody else may change, nor read where it is private; `undefined` where there is none. */
async function readPrivate(path, openness = "private") {
	try {
		const { mode, uid } = await (0, node_fs_promises.stat)(path);
		const others = openness === "private" ? 63 : 18;
		if (node_process.default.platform !== "win32" && (mode & others) !== 0) throw require_cli_error.usage(`others can ${openness === "private" ? "read or write" : "write to"} ${path}.`, `Close it: chmod 600 ${quoted(path)}`);
		const user = node_process.default.geteuid?.();
		if (user !== void 0 && uid !== user && uid !== 0) throw require_cli_error.usage(`${path} belongs to another user.`, `Make it yours with chown, or remove it.`);
		return await (0, node_fs_promises.readFile)(path, "utf8");
	} catch (error) {
		if (codeOf(error) === "ENOENT") return void 0;
		throw explained("read", path, error);
	}
}
/**
* Replaces a file of mode 0600 at one stroke, in a directory of mode 0700: whoever reads, also after a kill, gets the old
* or the new text. What is written is read first, so that all of it must happen `exclusively`.
*/
async function writePrivate(path, text) {
	try {
		await (0, node_fs_promises.mkdir)((0, node_path.dirname)(path), {
			recursive: true,
			mode: 448
		});
		const target = await (0, node_fs_promises.realpath)(path).catch(() => path);
		await removeLeftovers(target);
		await replace(target, text);
	} catch (error) {
		throw explained("write", path, error);
	}
}
async function replace(target, text) {
	const temporary = `${target}.${(0, node_crypto.randomBytes)(6).toString("hex")}.tmp`;
	try {
		const handle = await (0, node_fs_promises.open)(temporary, "wx", 384);
		try {
			await handle.writeFile(text);
			await handle.sync();
		} finally {
			await handle.close();
		}
		if (node_process.default.platform !== "win32") await (0, node_fs_promises.chmod)(temporary, 384);
		await renameOver(temporary, target);
	} catch (error) {
		await (0, node_fs_promises.rm)(temporary, { force: true });
		throw error;
	}
}
/** Windows refuses to replace a file for as long as somebody reads it: a moment. */
async function renameOver(from, to) {
	for (let attempt = 1;; attempt++) try {
		return await (0, node_fs_promises.rename)(from, to);
	} catch (error) {
		if (!(node_process.default.platform === "win32" && [
			"EPERM",
			"EACCES",
			"EBUSY"
		].includes(codeOf(error) ?? "")) || attempt === 20) throw error;
		await (0, node_timers_promises.setTimeout)(attempt * 5);
	}
}
/** What a writer that was killed left behind may hold a secret. There is no other writer now. */
async function removeLeftovers(target) {
	const start = `${(0, node_path.basename)(target)}.`;
	const leftovers = (await (0, node_fs_promises.readdir)((0, node_path.dirname)(target)).catch(() => [])).filter((name) => name.startsWith(start) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(start.length)));
	await Promise.all(leftovers.map((name) => (0, node_fs_promises.rm)((0, node_path.join)((0, node_path.dirname)(target), name), { force: true })));
}
function explained(doing, path, error) {
	const code = codeOf(error);
	if (error instanceof require_cli_error.CliError || code === void 0) return error;
	const hint = ["ENOSPC", "EDQUOT"].includes(code) ? "Free some space on that disk." : "Check its owner and its mode.";
	return new require_cli_error.CliError(require_cli_error.EXIT.failed, `could not ${doing} ${path} (${code}).`, hint);
}
function codeOf(error) {
	const code = error instanceof Error && "code" in error ? error.code : void 0;
	return typeof code === "string" ? code : void 0;
}
/** A path as a shell takes it. */
function quoted(path) {
	return /^[\w./~+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
// src/config.ts
/** Reads the configuration file; an absent one holds nothing. */
async function readConfig() {
	const path = places().config;
	const text = await readPrivate(path, "public");
	if (text === void 0) return { profiles: {} };
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		throw require_cli_error.usage(`${path} is not JSON.`, "Mend it, or remove it and sign in again.");
	}
	const { profiles, key, ...rest } = value ?? {};
	if (!isObject(profiles)) throw require_cli_error.usage(`${path} has no "profiles".`, "Mend it, or remove it and sign in again.");
	for (const [name, profile] of Object.entries(profiles)) checkProfile(path, name, profile);
	return {
		...rest,
		profiles,
		...key === "keyring" || key === "file" ? { key } : {}
	};
}
/** The same for who runs `exclusively` already. */
async function changeConfigAlone(change) {
	await writePrivate(places().config, `${JSON.stringify(change(await readConfig()), void 0, 2)}\n`);
}
function checkProfile(path, name, value) {
	const { vendor, username, url, options, ca, saved } = value ?? {};
	if (!(require_vendors.isVendor(vendor) && typeof username === "string" && username !== "" && (url === void 0 || typeof url === "string" && URL.canParse(url)) && (ca === void 0 || typeof ca === "string") && (saved === void 0 || saved === "keyring" || saved === "file") && (options === void 0 || isObject(options)))) throw require_cli_error.usage(`${path}: the profile "${name}" is malformed.`, "Mend it, or remove it and sign in again.");
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
/** A profile by its name. */
function profileOf(config, name) {
	const profile = findProfile(config, name);
	if (profile !== void 0) return profile;
	const known = Object.keys(config.profiles);
	throw require_cli_error.usage(`there is no profile "${name}".`, known.length === 0 ? "Sign in first: vms login <vendor>" : `There are: ${known.join(", ")}. Or sign in: vms login <vendor>`);
}
/** A profile by its name, where there is one. */
function findProfile(config, name) {
	return Object.hasOwn(config.profiles, name) ? config.profiles[name] : void 0;
}
// src/keyring.ts
const SERVICE = "vms";
/** How long a keyring may take, in ms: it may be asking somebody to unlock it, on a screen where nobody is. */
const PATIENCE = 6e4;
const ENTRY = { linux: { store: "secret-service" } };
/** Opens the keyring. Nothing is known of it until it is used. */
async function openKeyring() {
	const { AsyncEntry } = await import("@napi-rs/keyring").catch(() => {
		throw unavailable();
	});
	const attempt = async (name, run) => {
		try {
			return await run(new AsyncEntry(SERVICE, name, ENTRY), AbortSignal.timeout(PATIENCE));
		} catch {
			throw unavailable();
		}
	};
	return {
		get: (name) => attempt(name, async (entry, signal) => await entry.getPassword(signal) ?? void 0),
		set: (name, secret) => attempt(name, (entry, signal) => entry.setPassword(secret, signal)),
		delete: (name) => attempt(name, async (entry, signal) => void await entry.deletePassword(signal))
	};
}
/** What is thrown where the keyring does not work. */
function unavailable() {
	return new require_cli_error.CliError(require_cli_error.EXIT.failed, "this system has no keyring that works: none is installed, it is locked, or nobody is signed in to a desktop.", "Unlock it, or accept a file of mode 0600 that whoever reads your disk can read: --insecure-storage");
}
// src/saved-password.ts
/** Reads a profile's password from where it was saved; `undefined` where it is gone. */
async function readPassword(profile) {
	if (profile.saved === void 0) return void 0;
	const name = passwordName(profile);
	if (profile.saved === "keyring") return (await openKeyring()).get(name);
	const passwords = await readAll();
	return Object.hasOwn(passwords, name) ? passwords[name] : void 0;
}
/** A password is found by who it is for and where, so that it never goes to another user or another host. */
function passwordName({ vendor, url, username }) {
	return `password:${JSON.stringify([
		vendor,
		url === void 0 ? "" : new URL(url).origin,
		username
	])}`;
}
async function readAll() {
	const path = places().credentials;
	const text = await readPrivate(path);
	if (text === void 0) return {};
	try {
		const value = JSON.parse(text);
		if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one === "string"));
	} catch {}
	throw require_cli_error.usage(`${path} is not JSON.`, "Remove it, and sign in again with --save-credentials.");
}
// src/session-store.ts
const KEY_NAME = "session-key";
/**
* The store of the sessions: files, encrypted under a key of this user. The key is, in this order: `VMS_SESSION_KEY`
* (32 bytes in base64); where the configuration says it is; at the first use made up, and put into the keyring where one
* works, else into a file of mode 0600 beside the configuration.
*/
async function openStore(config) {
	return require_dist.encryptedStore(sessionFiles(), { key: await findKey(config) ?? await makeKey() });
}
/** The files of the sessions, as they are on the disk: encrypted. */
function sessionFiles() {
	return fileStore({ directory: places().sessions });
}
/**
* The key of the sessions; `undefined` where there is none yet.
* @throws where it is in a keyring that does not work now, and where it is malformed.
*/
async function findKey(config) {
	const given = node_process.default.env.VMS_SESSION_KEY;
	if (given) return decode(given, "VMS_SESSION_KEY");
	if (config.key === "keyring") {
		const text = await (await openKeyring()).get(KEY_NAME).catch(() => {
			throw keyringClosed();
		});
		return text === void 0 ? void 0 : decode(text, "the key of the sessions in the keyring");
	}
	const text = await readPrivate(places().key);
	return text === void 0 ? void 0 : decode(text.trim(), places().key);
}
function makeKey() {
	return exclusively(async () => {
		const found = await findKey(await readConfig());
		if (found !== void 0) return found;
		const kept = await keepInKeyring();
		const text = kept ?? newKey();
		if (kept === void 0) await writePrivate(places().key, `${text}\n`);
		await changeConfigAlone((config) => ({
			...config,
			key: kept === void 0 ? "file" : "keyring"
		}));
		return decode(text, "the key");
	});
}
/** The key that the keyring holds from now on, where there is one that works. One that it holds already is not replaced. */
async function keepInKeyring() {
	try {
		const keyring = await openKeyring();
		const found = await keyring.get(KEY_NAME);
		if (found !== void 0 && bytesOf(found).length === 32) return found;
		const text = newKey();
		await keyring.set(KEY_NAME, text);
		return text;
	} catch {
		return;
	}
}
function newKey() {
	return (0, node_crypto.randomBytes)(32).toString("base64");
}
function bytesOf(text) {
	return Uint8Array.from(Buffer.from(text, "base64"));
}
function decode(text, where) {
	const bytes = bytesOf(text);
	if (bytes.length === 32) return bytes;
	throw require_cli_error.usage(`${where} is not 32 bytes in base64.`, "Mend it; or remove it, and sign in again: the sessions under it are lost.");
}
function keyringClosed() {
	return new require_cli_error.CliError(require_cli_error.EXIT.failed, "the key of your sessions is in this system's keyring, which does not open now.", "Unlock the keyring; over SSH or in a job, give a key of your own in VMS_SESSION_KEY (openssl rand -base64 32) and sign in.");
}
// src/open-profile.ts
/** Opens a profile that is in the configuration: its session is taken from the store, and renewed where that is possible. */
async function openProfile(name, options = {}) {
	const config = await readConfig();
	const profile = profileOf(config, name);
	return {
		name,
		profile,
		session: await openSession(name, profile, config, options)
	};
}
/** Makes the session of a profile. */
async function openSession(name, profile, config, options = {}) {
	const { vendor, username, url, ca } = profile;
	const { password = () => passwordOrRefusal(name, profile), cookies } = options;
	const apiKey = vendor === "eagleeye" ? node_process.default.env.VMS_EAGLEEYE_API_KEY : void 0;
	const secondFactor = options.secondFactor ?? await codesFromEnvironment(profile) ?? refusalOfCodes(name, profile);
	const common = {
		...profile.options,
		credentials: {
			username,
			password
		},
		store: options.store ?? await openStore(config),
		userAgent: `vms-cli-${vendor}`,
		...url === void 0 ? {} : { baseUrl: url },
		...apiKey ? { apiKey } : {},
		...secondFactor === void 0 ? {} : { secondFactor },
		...cookies === void 0 ? {} : { cookies },
		...await fetchOf(ca, options.transport)
	};
	return require_vendors.vendors[vendor].create(common);
}
/** The password of a profile, where it is known: the environment's, else what was saved. */
async function knownPassword(profile) {
	if (isPasswordless(profile)) return {
		password: "",
		from: "none needed"
	};
	const { prefix } = require_vendors.vendors[profile.vendor];
	const user = node_process.default.env[`${prefix}_USERNAME`];
	const given = node_process.default.env[`${prefix}_PASSWORD`];
	if (given && (!user || user === profile.username)) return {
		password: given,
		from: "environment"
	};
	const saved = await readPassword(profile);
	return saved ? {
		password: saved,
		from: "saved"
	} : void 0;
}
/** Whether the profile signs in by a face alone. */
function isPasswordless({ vendor, options = {} }) {
	return vendor === "findface" && options.face !== void 0 && options.mode !== "face_and_password";
}
async function passwordOrRefusal(name, profile) {
	const known = await knownPassword(profile);
	if (known !== void 0) return known.password;
	throw new require_cli_error.CliError(require_cli_error.EXIT.notSignedIn, `the profile "${name}" is not signed in, or its session has ended.`, `Sign in: ${loginCommand(name, profile)}`);
}
/** The command line that signs a profile in. */
function loginCommand(name, { vendor }) {
	return `vms login ${vendor}${name === vendor ? "" : ` --profile ${name}`}`;
}
async function codesFromEnvironment({ vendor }) {
	const secret = node_process.default.env[`${require_vendors.vendors[vendor].prefix}_TOTP`];
	return secret ? (await Promise.resolve().then(() => require("./totp-Dii7iqrR.cjs"))).totp(secret) : void 0;
}
/** Alta wants somebody to ask from the start where codes go into the login, also for a session that is live. */
function refusalOfCodes(name, profile) {
	if (profile.options?.codeIn !== "login") return void 0;
	return () => {
		const hint = `Sign in at a terminal: ${loginCommand(name, profile)}`;
		throw new require_cli_error.CliError(require_cli_error.EXIT.notSignedIn, `the profile "${name}" needs a code to sign in.`, hint);
	};
}
async function fetchOf(path, transport) {
	const ca = path === void 0 ? void 0 : await certificates(path);
	if (transport === void 0) return ca === void 0 ? {} : { fetch: await fetchWith(ca) };
	let trusting;
	const whole = async (input, init) => {
		if (ca === void 0) return globalThis.fetch(input, init);
		trusting ??= fetchWith(ca);
		return (await trusting)(input, init);
	};
	return { fetch: transport({
		ca,
		whole
	}) };
}
function certificates(path) {
	return (0, node_fs_promises.readFile)(path, "utf8").catch(() => {
		throw require_cli_error.usage(`the certificates in ${path} cannot be read.`, "Sign in again with --ca and the right path.");
	});
}
async function fetchWith(ca) {
	return (await Promise.resolve().then(() => node_exports)).nodeFetch({ ca });
}
Object.defineProperty(exports, "openProfile", {
	enumerable: true,
	get: function() {
		return openProfile;
	}
});
Object.defineProperty(exports, "sessionInterceptor", {
	enumerable: true,
	get: function() {
		return sessionInterceptor;
	}
});
