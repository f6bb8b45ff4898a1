import { t as InvalidOptions } from "./abort-BNdyHPhS-BstFSVd3.js";
import { h as withTicket, i as isVmsError, l as partsOf, n as homeOf, o as memoryStore, p as withQuery, s as networkCode, t as StoreFailed } from "./session-parts-p54pbG4w-DGshYhYp.js";
import { createRequire } from "node:module";
import process$1 from "node:process";
import { lstat, mkdir, open, opendir, readdir, rename, rm, rmdir, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { createHash, randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { constants } from "node:fs";
// ../core/dist/node.js
/** A failure of `fileStore`. Paths may be in it, values may not. */
function fileFailure(message, retryable = false) {
	return new StoreFailed("core", `fileStore: ${message}`, { retryable });
}
/** The code of an error of the file system, such as `ENOENT`. */
function codeOf(error) {
	const code = error instanceof Error && "code" in error ? error.code : void 0;
	return typeof code === "string" ? code : "unknown";
}
/** Gives `undefined` for the errors that are expected. */
async function unless(codes, promise) {
	try {
		return await promise;
	} catch (error) {
		if (codes.includes(codeOf(error))) return void 0;
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
async function explained(doing, path, run) {
	try {
		return await run();
	} catch (error) {
		if (isVmsError(error) || !(error instanceof Error && "syscall" in error)) throw error;
		const code = codeOf(error);
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
	const { default: envPaths } = await import("./env-paths-CPm2fb7U-tKOew8ap.js");
	return join(envPaths("vms", { suffix: "" }).data, "sessions");
}
/**
* Checks that nobody else can put files into the directory.
* @param create whether to create it, with mode 0700, where it is absent.
* @returns whether it is there.
* @throws {StoreFailed} that says how to mend it.
*/
async function checkDirectory(path, create) {
	let stats = await explained("look at", path, () => unless(["ENOENT"], stat(path)));
	if (stats === void 0 && create) {
		await explained("create", path, () => mkdir(path, {
			recursive: true,
			mode: 448
		}));
		stats = await explained("look at", path, () => stat(path));
	}
	if (stats === void 0) return false;
	if (!stats.isDirectory()) throw fileFailure(`${path} is not a directory. Give another \`directory\`.`);
	if (!ownsFile(stats)) throw fileFailure(`${path} belongs to another user. Give another \`directory\`, or make it yours with \`chown\`.`);
	if (hasModes() && (stats.mode & 18) !== 0) throw fileFailure(`others can write to ${path}. Close it: chmod 700 ${quoted(path)}`);
	return true;
}
/** Whether permissions mean anything here. On Windows a user's profile is closed to others by its access list. */
function hasModes() {
	return process$1.platform !== "win32";
}
/** Whether a file is of the user that this process acts for. */
function ownsFile(stats) {
	const uid = process$1.geteuid?.();
	return uid === void 0 || stats.uid === uid;
}
/** A path as a shell takes it. */
function quoted(path) {
	return /^[\w./~+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
/** Makes a directory's entries survive a power cut, where the platform can. */
async function syncDirectory(path) {
	if (process$1.platform === "win32") return;
	const handle = await open(path, "r");
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
	const names = (await readdir(directory).catch(() => [])).filter((name) => LEFTOVER.test(name));
	for (const name of names) {
		const path = join(directory, name);
		const stats = await lstat(path).catch(() => void 0);
		if (stats === void 0 || Date.now() - stats.mtimeMs <= olderThan) continue;
		await rm(path, {
			recursive: true,
			force: true
		}).catch(() => {});
	}
}
const OURS = /^([0-9a-f]{64})\.session$/;
/** The store's files in a directory, one after the other: as many can be in it as the disk holds. */
async function* listFiles(directory, { read, remove }) {
	const dir = await explained("list", directory, () => unless(["ENOENT"], opendir(directory, { bufferSize: 128 })));
	if (dir === void 0) return;
	try {
		for (;;) {
			const found = await explained("list", directory, () => nextFile(dir, directory));
			if (found === void 0) return;
			const { name, path, stats } = found;
			yield {
				name,
				writtenAt: stats.mtimeMs,
				read: () => read(path),
				delete: async () => {
					const now = await explained("look at", path, () => unless(["ENOENT"], lstat(path)));
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
		const path = join(directory, entry.name);
		const stats = await unless(["ENOENT"], lstat(path));
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
		await rm(place.candidate, {
			recursive: true,
			force: true
		}).catch(() => {});
		throw error;
	}
	const { lost, stop } = keepAlive(join(place.lock, place.token), timing);
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
			for (const { name } of holders) await unless(["ENOENT"], unlink(join(place.lock, name)));
			continue;
		}
		try {
			await setTimeout(timing.pollEvery * (.5 + Math.random()), void 0, signal === void 0 ? {} : { signal });
		} catch (error) {
			signal?.throwIfAborted();
			throw error;
		}
	}
}
/** Who holds the lock, and when they last showed it: none, one, or what does not belong there. */
async function look(lock) {
	const holders = (await unless(["ENOENT"], readdir(lock)) ?? []).map(async (name) => {
		return {
			name,
			touched: (await unless(["ENOENT"], stat(join(lock, name))))?.mtimeMs ?? 0
		};
	});
	return Promise.all(holders);
}
/** Tries to become the holder of a lock that nobody holds. */
async function claim({ lock, candidate, token }) {
	await unless(["EEXIST"], mkdir(candidate, { mode: 448 }));
	await unless(["EEXIST"], writeFile(join(candidate, token), "", {
		flag: "wx",
		mode: 384
	}));
	await unless([
		"ENOENT",
		"ENOTEMPTY",
		"EEXIST"
	], rmdir(lock));
	const taken = [
		"ENOENT",
		"ENOTEMPTY",
		"EEXIST",
		...process$1.platform === "win32" ? ["EPERM", "EACCES"] : []
	];
	try {
		await rename(candidate, lock);
		await touch(join(lock, token));
		return true;
	} catch (error) {
		if (taken.includes(codeOf(error))) return false;
		throw error;
	}
}
async function giveUp({ lock, token }) {
	await unless(["ENOENT"], unlink(join(lock, token)));
	await unless([
		"ENOENT",
		"ENOTEMPTY",
		"EEXIST"
	], rmdir(lock));
}
async function touch(path) {
	const now = /* @__PURE__ */ new Date();
	await utimes(path, now, now);
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
			if (stopped || codeOf(error) !== "ENOENT" && performance.now() - shown < staleAfter) return;
			stop();
			lost.abort(fileFailure(`the lock ${basename(join(holder, ".."))} was taken over, as its holder stood still.`, true));
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
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
/** Reads a file of ours: `undefined` where there is none. */
async function readValue(path) {
	let handle;
	try {
		handle = await unless(["ENOENT"], open(path, READ));
	} catch (error) {
		if (codeOf(error) === "ELOOP" || codeOf(error) === "EMLINK") throw notOurs(path, "is a link");
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
	if (hasModes() && (stats.mode & 63) !== 0) throw fileFailure(`others can read or write ${path}. Sign out of the session in it, if it was real, and close the file: chmod 600 ${quoted(path)}`);
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
		const handle = await open(temporary, "wx", 384);
		try {
			await handle.writeFile(bytes);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await replace(temporary, path);
	} catch (error) {
		await rm(temporary, { force: true }).catch(() => {});
		throw error;
	}
}
/** Windows refuses to replace a file for as long as somebody reads it: a moment. */
async function replace(from, to) {
	for (let attempt = 1;; attempt++) try {
		return await rename(from, to);
	} catch (error) {
		if (!(process$1.platform === "win32" && [
			"EPERM",
			"EACCES",
			"EBUSY"
		].includes(codeOf(error))) || attempt === 20) throw error;
		await setTimeout(attempt * 5);
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
	if (directory !== void 0 && (typeof directory !== "string" || directory === "" || directory.includes("\0"))) throw new InvalidOptions("core", "fileStore: `directory` must be a path; leave it out for the default.");
	const given = directory === void 0 ? void 0 : resolve(directory);
	const line = memoryStore();
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
	const read = (file) => explained("read", file, () => readValue(file));
	async function remove(file) {
		await explained("remove", file, async () => {
			if (await unless(["ENOENT"], unlink(file).then(() => true))) await syncDirectory(dirname(file));
		});
	}
	return {
		async get(key) {
			const path = await place();
			if (!await checkDirectory(path, false)) return void 0;
			return read(join(path, `${nameOf(key)}.session`));
		},
		async set(key, value) {
			const path = await toWrite();
			const name = nameOf(key);
			const file = join(path, `${name}.session`);
			await explained("write", file, async () => {
				await writeValue(file, join(path, `${name}.${randomToken()}.tmp`), value);
				await syncDirectory(path);
			});
		},
		async delete(key) {
			const path = await place();
			if (await checkDirectory(path, false)) await remove(join(path, `${nameOf(key)}.session`));
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
					lock: join(path, `${name}.lock`),
					candidate: join(path, `${name}.${token}.tmp`),
					token
				};
				const held = await explained("lock", places.lock, () => takeLock(places, timing, options.signal));
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
	return createHash("sha256").update(key).digest("hex");
}
function randomToken() {
	return randomBytes(16).toString("hex");
}
/**
* A `fetch` for private CAs, client certificates and corporate proxies: give it as the option `fetch` of a session.
* It is Node's own `fetch` on a dispatcher of undici (version 7, a peer dependency), and keeps connections alive.
* @throws {InvalidOptions} naming the option, never its value; and where undici is not installed.
*/
function nodeFetch(options = {}) {
	const { ca, cert, key, insecureSkipVerify = false, proxy, connections } = options;
	const wrong = (what) => {
		throw new InvalidOptions("core", `nodeFetch: ${what}`);
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
		return createRequire(import.meta.url)("undici");
	} catch {
		throw new InvalidOptions("core", "nodeFetch: it needs undici, which is not installed: npm install undici@7");
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
			const code = networkCode(error);
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
	const { flow, settings, engine } = partsOf(session);
	const home = homeOf(flow, settings);
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
	const headers = given === void 0 || given === null ? ticket.bare : withTicket(flat(given), ticket);
	const authenticated = {
		...options,
		headers
	};
	if (ticket.query === "") return authenticated;
	return options.query === void 0 ? {
		...authenticated,
		path: withQuery(options.path, ticket.query, ticket.secretNames)
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
export { nodeFetch as n, sessionInterceptor as r, fileStore as t };
