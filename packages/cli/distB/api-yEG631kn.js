import { p as parseRetryAfter } from "./dist-B4bd0d4K.js";
import { n as usage, r as EXIT } from "./cli-error-DMeu-qbx.js";
import { t as openProfile } from "./open-profile-BH1uvU7A.js";
import { t as brokenOff } from "./broken-off-Bh9oWYiS.js";
import process$1 from "node:process";
import { PassThrough, Readable, pipeline } from "node:stream";
import { readFile, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { createReadStream, openAsBlob } from "node:fs";
import { text } from "node:stream/consumers";
// src/interrupt.ts
/**
* Runs something that Ctrl-C ends in good order: what it holds, such as a lock, is given back. A second Ctrl-C ends the
* process at once.
*/
async function interruptible(run) {
	const controller = new AbortController();
	const stop = () => {
		if (process$1.stderr.isTTY) process$1.stderr.write("\n");
		controller.abort(interrupted());
	};
	const signals = [
		"SIGINT",
		"SIGTERM",
		"SIGHUP"
	];
	for (const signal of signals) process$1.once(signal, stop);
	try {
		return await run(controller.signal);
	} finally {
		for (const signal of signals) process$1.off(signal, stop);
	}
}
/** What a wait ends with that Ctrl-C broke off. */
function interrupted() {
	return new DOMException("interrupted", "AbortError");
}
// src/commands/api/light-headers.ts
/**
* The headers of an answer as `fetch` gives them. The two that every call needs are answered out of Node's own; the rest,
* and the class `Headers` with them, is made for who asks.
*/
function lightHeaders(message) {
	let whole;
	const all = () => {
		whole ??= new Headers(pairsOf(message));
		return whole;
	};
	return {
		get(name) {
			if (whole !== void 0) return whole.get(name);
			const value = message.headers[name.toLowerCase()];
			return Array.isArray(value) ? value.join(", ") : value ?? null;
		},
		has: (name) => whole === void 0 ? Object.hasOwn(message.headers, name.toLowerCase()) : whole.has(name),
		getSetCookie: () => whole === void 0 ? [...message.headers["set-cookie"] ?? []] : whole.getSetCookie(),
		append: (name, value) => all().append(name, value),
		delete: (name) => all().delete(name),
		set: (name, value) => all().set(name, value),
		forEach: (callback, self) => all().forEach(callback, self),
		entries: () => all().entries(),
		keys: () => all().keys(),
		values: () => all().values(),
		[Symbol.iterator]: () => all().entries()
	};
}
function pairsOf({ rawHeaders }) {
	const pairs = [];
	for (let at = 0; at + 1 < rawHeaders.length; at += 2) pairs.push([rawHeaders[at] ?? "", rawHeaders[at + 1] ?? ""]);
	return pairs;
}
// src/commands/api/light-response.ts
/** The bodies that nobody has asked for as a web stream yet. */
const untouched = /* @__PURE__ */ new WeakMap();
/** An answer of `node:http` as `fetch` gives it. Web streams and `Response` itself are loaded for who asks for them. */
function lightResponse(message, url, source) {
	const headers = lightHeaders(message);
	const { statusCode: status = 0, statusMessage: statusText = "" } = message;
	let node = source;
	let web;
	const body = () => {
		untouched.delete(response);
		web ??= node === null ? null : webStream(node);
		return web;
	};
	const whole = () => new Response(body(), { headers });
	const response = {
		status,
		statusText,
		ok: status >= 200 && status <= 299,
		type: "default",
		url,
		redirected: false,
		headers,
		get body() {
			return body();
		},
		get bodyUsed() {
			return web?.locked ?? node?.readableDidRead ?? false;
		},
		clone() {
			if (node === null) return lightResponse(message, url, null);
			if (web !== void 0) throw new TypeError("a body that is being read cannot be cloned");
			const [mine, other] = forked(node);
			node = mine;
			untouched.set(response, mine);
			return lightResponse(message, url, other);
		},
		arrayBuffer: () => whole().arrayBuffer(),
		blob: () => whole().blob(),
		bytes: () => whole().bytes(),
		formData: () => whole().formData(),
		json: () => whole().json(),
		text: () => whole().text()
	};
	if (node !== null) untouched.set(response, node);
	return response;
}
/** A response's body as a stream of Node's, without a detour where it is one. */
function bodyOf(response) {
	const node = untouched.get(response);
	if (node !== void 0) return node;
	return response.body === null ? Readable.from([]) : Readable.fromWeb(response.body);
}
function webStream(node) {
	return Readable.toWeb(node);
}
function forked(source) {
	const ends = [new PassThrough(), new PassThrough()];
	for (const end of ends) source.pipe(end);
	source.once("error", (error) => {
		for (const end of ends) end.destroy(error);
	});
	return ends;
}
// src/commands/api/light-fetch.ts
/** How long a connection may be silent, in ms: as long as `fetch` waits. */
const SILENCE = 3e5;
/**
* `fetch` for one short call, over `node:http`. Node's own takes longer to load than the whole rest of a run of `vms`.
* Here is what a session sends save uploads: text or nothing, redirects not followed. All else is left to the whole one.
*/
function lightFetch({ ca, whole }) {
	return (input, init = {}) => {
		const { body = null, redirect = "follow" } = init;
		if (!((typeof input === "string" || input instanceof URL) && redirect === "manual") || !(body === null || typeof body === "string")) return whole(input, init);
		return send$1(new URL(input), init, body, ca === void 0 ? {} : { ca });
	};
}
async function send$1(url, init, body, trust) {
	init.signal?.throwIfAborted();
	const { request } = url.protocol === "https:" ? await import("node:https") : await import("node:http");
	const options = {
		method: init.method ?? "GET",
		headers: headersOf$1(init, body),
		timeout: SILENCE,
		...trust,
		...init.signal ? { signal: init.signal } : {}
	};
	const message = await answered(request(url, options), body);
	const bare = options.method === "HEAD" || [
		204,
		205,
		304
	].includes(message.statusCode ?? 0);
	if (bare) message.resume();
	return lightResponse(message, withoutHash(url), bare ? null : await decoded(message));
}
function answered(request, body) {
	return new Promise((resolve, reject) => {
		request.once("response", resolve);
		request.on("error", reject);
		request.once("timeout", () => {
			request.destroy(Object.assign(/* @__PURE__ */ new Error("the connection was silent for too long"), { code: "ETIMEDOUT" }));
		});
		request.end(body ?? void 0);
	});
}
function headersOf$1({ headers = {} }, body) {
	const given = Symbol.iterator in headers ? [...headers].map(([name = "", value = ""]) => [name, value]) : Object.entries(headers);
	return {
		accept: "*/*",
		"accept-encoding": "gzip, deflate, br",
		...body === null ? {} : {
			"content-type": "text/plain;charset=UTF-8",
			"content-length": String(Buffer.byteLength(body))
		},
		...Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value]))
	};
}
/** The body as it was before it was packed for the way. Who packs it in a way of its own gets it as it is. */
async function decoded(message) {
	const coding = message.headers["content-encoding"]?.trim().toLowerCase();
	if (coding === void 0 || ![
		"gzip",
		"x-gzip",
		"deflate",
		"br"
	].includes(coding)) return message;
	const { createBrotliDecompress, createUnzip } = await import("node:zlib");
	const decoder = coding === "br" ? createBrotliDecompress() : createUnzip();
	return pipeline(message, decoder, () => {});
}
function withoutHash(url) {
	return url.hash === "" ? url.href : url.href.slice(0, -url.hash.length);
}
// src/commands/api/print.ts
/**
* Writes a body to standard output, at the reader's pace.
* @param binary whether it may be binary where a terminal reads.
*/
async function print(body, binary, terminal, signal) {
	let looked = binary || process$1.stdout.isTTY !== true;
	const end = () => body.destroy(signal.reason);
	signal.addEventListener("abort", end, { once: true });
	try {
		signal.throwIfAborted();
		for await (const chunk of body) {
			if (!looked && chunk.includes(0)) throw binaryAnswer();
			looked = true;
			await terminal.out(chunk);
		}
	} catch (error) {
		signal.throwIfAborted();
		throw body.errored === error ? brokenOff(error, "What was printed is not whole. Run it again.") : error;
	} finally {
		signal.removeEventListener("abort", end);
	}
}
function binaryAnswer() {
	return usage("the answer is binary, and is not printed to a terminal.", "Save it with -o <file>, or print it with -o -");
}
// src/commands/api/fields.ts
/** Reads `-f key=value`: the value is text. */
function rawField(text) {
	const { key, value } = split(text, "-f");
	return {
		key,
		path: pathOf(key),
		value
	};
}
/** Reads `-F key=value`: a number, `true`, `false`, `null`, `@file` for a file's text, else text. */
async function typedField(text) {
	const { key, value } = split(text, "-F");
	return {
		key,
		path: pathOf(key),
		value: await typed(key, value)
	};
}
function split(text, option) {
	const at = text.indexOf("=");
	if (at <= 0) throw usage(`${option} must be key=value.`, `For example: ${option} name=anna`);
	return {
		key: text.slice(0, at),
		value: text.slice(at + 1)
	};
}
function pathOf(key) {
	const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key);
	if (match === null) throw usage(`the field "${key}" has a key that cannot be read.`, "Nested keys: place[city]=Riga, tags[]=a");
	return [match[1] ?? "", ...(match[2] ?? "").split("[").slice(1).map((step) => step.slice(0, -1))];
}
async function typed(key, value) {
	if (value === "true") return true;
	if (value === "false") return false;
	if (value === "null") return null;
	if (value.startsWith("@")) return read(value.slice(1));
	if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(value)) return value;
	const number = Number(value);
	if (Number.isSafeInteger(number) || value.includes(".")) return number;
	throw usage(`the number of the field "${key}" is too large to be sent exactly.`, "Send it as text, with -f.");
}
async function read(path) {
	if (path === "-") return text(process$1.stdin);
	return readFile(path, "utf8").catch((error) => {
		throw usage(`the file ${path} cannot be read (${error.code}).`, "Text that begins with @ is sent by -f.");
	});
}
/** Fields as one object, for a JSON body. */
function fieldsToJson(fields) {
	let root;
	for (const field of fields) root = put(root, field.path, field);
	return JSON.stringify(root);
}
function put(node, [step, ...rest], field) {
	if (step === void 0) {
		if (node !== void 0) throw clash(field);
		return field.value;
	}
	if (step === "") {
		if (node !== void 0 && !Array.isArray(node)) throw clash(field);
		return [...node ?? [], put(void 0, rest, field)];
	}
	if (node !== void 0 && (typeof node !== "object" || node === null || Array.isArray(node))) throw clash(field);
	const branch = node ?? Object.create(null);
	branch[step] = put(branch[step], rest, field);
	return branch;
}
function clash({ key }) {
	return usage(`the field "${key}" contradicts an earlier one.`, "A list takes more by key[]=value, an object by key[name]=value.");
}
/** Puts fields into the query of a path. */
function withFields(path, fields) {
	if (fields.length === 0) return path;
	const query = new URLSearchParams(fields.map(({ key, value }) => [key, String(value)])).toString();
	const [bare = ""] = path.split("#");
	return `${bare}${bare.includes("?") ? "&" : "?"}${query}`;
}
// src/commands/api/input.ts
/** Opens what `--input` names. A file is not read yet. */
async function openInput(path) {
	if (path === "-") return {
		type: JSON_TYPE$1,
		source: process$1.stdin
	};
	const type = /\.json$/i.test(path) ? JSON_TYPE$1 : "application/octet-stream";
	const unreadable = (error) => {
		throw usage(`the file ${path} cannot be read (${error.code}).`, "Check the path after --input.");
	};
	const stats = await stat(path).catch(unreadable);
	if (stats.isDirectory()) throw usage(`${path} is a directory.`, "Name a file after --input.");
	if (!stats.isFile()) return {
		type,
		source: createReadStream(path)
	};
	return {
		type,
		source: await openAsBlob(path).catch(unreadable)
	};
}
const JSON_TYPE$1 = "application/json";
/** How much of a stream is kept to be sent again, in bytes. */
const KEPT = 65536;
/** Passes a stream on, and keeps a copy for as long as it is short. */
function remembering(source) {
	let kept = [];
	let size = 0;
	let ended = false;
	async function* pass() {
		for await (const chunk of source) {
			size += chunk.length;
			if (size > KEPT) kept = void 0;
			kept?.push(chunk);
			yield chunk;
		}
		ended = true;
	}
	return {
		stream: Readable.from(pass(), { objectMode: false }),
		whole: () => ended && kept !== void 0 ? Buffer.concat(kept) : void 0
	};
}
// src/commands/api/request.ts
/**
* Reads the command line into a call. Nothing is sent yet.
* @throws {CliError} of status 2 for what cannot be sent.
*/
async function readRequest(path, options) {
	const { rawField: raw = [], field = [], input } = options;
	if (input === "-" && field.some((one) => one.endsWith("=@-"))) throw usage("standard input can be read once: by --input - or by -F key=@-.");
	const fields = [...raw.map(rawField), ...await Promise.all(field.map(typedField))];
	const method = methodOf(options, fields.length > 0 || input !== void 0);
	const bodiless = method === "GET" || method === "HEAD";
	if (bodiless && input !== void 0) throw usage(`a ${method} has no body, so --input is of no use with it.`, "Name another method: -X POST");
	const headers = headersOf(options.header ?? []);
	const called = bodiless || input !== void 0 ? withFields(path, fields) : path;
	const body = await bodyOf();
	if (body !== void 0) headers["content-type"] ??= typeof body === "string" ? JSON_TYPE : body.type;
	return {
		method,
		path: called,
		headers,
		body
	};
	async function bodyOf() {
		if (input !== void 0) return openInput(input);
		return bodiless || fields.length === 0 ? void 0 : fieldsToJson(fields);
	}
}
const JSON_TYPE = "application/json";
function methodOf({ method }, withBody) {
	if (method === void 0) return withBody ? "POST" : "GET";
	const upper = method.toUpperCase();
	if (/^[A-Z]+$/.test(upper) && ![
		"CONNECT",
		"TRACE",
		"TRACK"
	].includes(upper)) return upper;
	throw usage(`--method cannot be "${method}".`, "For example: GET, POST, PUT, PATCH, DELETE");
}
/** What belongs to the connection and is not the caller's to say. */
const OF_THE_CONNECTION = [
	"connection",
	"content-length",
	"expect",
	"host",
	"keep-alive",
	"transfer-encoding",
	"upgrade"
];
function headersOf(lines) {
	const headers = {};
	for (const line of lines) {
		const at = line.indexOf(":");
		const name = line.slice(0, at).trim().toLowerCase();
		const value = line.slice(at + 1).trim();
		if (at <= 0 || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw usage("-H must be key:value.", "For example: -H 'accept: text/csv'");
		if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) throw usage(`the header "${name}" has characters that no header can have.`);
		if (OF_THE_CONNECTION.includes(name)) throw usage(`the header "${name}" is set by vms itself.`);
		headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
	}
	return headers;
}
// src/commands/api/send.ts
/** Sends a call. It is sent once more where the session turns out to have ended (law 3), also from a short stream. */
async function send(session, request, signal) {
	const { method, path, headers, body } = request;
	const init = {
		method,
		headers,
		signal
	};
	if (body === void 0) return once(session.fetch(path, init));
	if (typeof body === "string") return once(session.fetch(path, {
		...init,
		body
	}));
	if (body.source instanceof Blob) return once(session.fetch(path, {
		...init,
		body: body.source
	}));
	let rejected = false;
	session.on("rejected", () => rejected = true);
	const { stream, whole } = remembering(body.source);
	const stop = () => stream.destroy();
	const response = await session.fetch(path, streamed(init, stream));
	if (!rejected) return {
		response,
		unrepeated: false
	};
	const bytes = whole();
	stop();
	if (bytes === void 0) {
		await session.login({ signal });
		return {
			response,
			unrepeated: true
		};
	}
	response.body?.cancel().catch(() => {});
	return once(session.fetch(path, streamed(init, Readable.from([bytes], { objectMode: false }))));
}
function streamed(init, stream) {
	return Object.assign({}, init, {
		body: Readable.toWeb(stream),
		duplex: "half"
	});
}
async function once(response) {
	return {
		response: await response,
		unrepeated: false
	};
}
// src/commands/api/target.ts
/**
* Looks at where an answer is to go, before anything is sent.
* @throws {CliError} of status 2 where nothing can be put there.
*/
async function openTarget(output) {
	if (output === void 0 || output === "-") return {
		kind: "stdout",
		binary: output === "-"
	};
	const stats = await stat(output).catch((error) => {
		if (error.code === "ENOENT") return void 0;
		throw usage(`${output} cannot be written (${error.code}).`, "Check the path after -o.");
	});
	if (stats === void 0) {
		if ((await stat(dirname(output)).catch(() => void 0))?.isDirectory()) return {
			kind: "file",
			path: output,
			mode: void 0
		};
		throw usage(`the directory ${dirname(output)} is not there.`, "Make it, or give another path after -o.");
	}
	if (stats.isDirectory()) throw usage(`${output} is a directory.`, "Name a file after -o.");
	if (!stats.isFile()) return {
		kind: "device",
		path: output
	};
	return {
		kind: "file",
		path: await realpath(output),
		mode: stats.mode & 511
	};
}
// src/commands/api/api.ts
/** `vms api`: one call of the vendor's API, signed in. The exit status tells how it went. */
async function api(name, path, options, terminal) {
	const target = await openTarget(options.output);
	const request = await readRequest(path, options);
	await interruptible(async (signal) => {
		const { session } = await openProfile(name, { transport: lightFetch });
		const { response, unrepeated } = await send(session, request, signal);
		process.exitCode = exitOf(response);
		if (options.include) await terminal.out(headOf(response));
		const shown = {
			kind: "stdout",
			binary: options.output === "-"
		};
		await deliver(response, options, response.ok ? target : shown, terminal, signal);
		if (response.status >= 400) complain(response, unrepeated, terminal);
	});
}
async function deliver(response, { json }, target, terminal, signal) {
	const received = bodyOf(response);
	const lay = json === true && isJson(response);
	const body = lay ? pipeline(received, (await import("./pretty-DgwVjbGz.js")).prettyJson(), () => {}) : received;
	if (target.kind === "stdout") return print(body, target.binary, terminal, signal);
	const [{ download }, { progressOf }] = await Promise.all([import("./download-Dg2ofGBp.js"), import("./progress-DDoJv1ZE.js")]);
	await download(body, target, progressOf(lay ? void 0 : lengthOf(response)), signal);
}
function isJson({ headers }) {
	return /[/+]json\b/i.test(headers.get("content-type") ?? "");
}
function lengthOf({ headers }) {
	const length = headers.get("content-length");
	return length === null || headers.has("content-encoding") ? void 0 : Number(length);
}
function exitOf({ status }) {
	if (status === 429 || status >= 500) return EXIT.unavailable;
	return status >= 400 ? EXIT.clientError : EXIT.ok;
}
function headOf(response) {
	const lines = [...response.headers].map(([name, value]) => `${name}: ${value}`);
	return [
		`HTTP/1.1 ${statusOf(response)}`,
		...lines,
		"",
		""
	].join("\r\n");
}
function statusOf({ status, statusText }) {
	return `${status} ${statusText.replace(/[^\x20-\x7e]/g, "").slice(0, 60)}`.trimEnd();
}
function complain(response, unrepeated, terminal) {
	terminal.say(`${terminal.style("red", "vms:")} the vendor answered ${statusOf(response)}.`);
	const hint = unrepeated ? UNREPEATED : waitOf(response);
	if (hint !== void 0) terminal.say(terminal.style("dim", hint));
}
const UNREPEATED = "The session had ended, and is renewed now. What came from standard input cannot be sent twice: run it again.";
function waitOf({ headers }) {
	const wait = parseRetryAfter(headers.get("retry-after"), Date.now());
	return wait === void 0 ? void 0 : `It asks to wait ${Math.ceil(wait / 1e3)} s.`;
}
export { api };
