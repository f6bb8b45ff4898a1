import { n as usage, r as EXIT, t as CliError } from "./cli-error-DMeu-qbx.js";
import { t as failureOf } from "./failure-n43-6O3c.js";
import { t as openProfile } from "./open-profile-BH1uvU7A.js";
import { r as sessionInterceptor } from "./node-QHxvS26U.js";
import { i as isVmsError } from "./session-parts-p54pbG4w-DGshYhYp.js";
import { n as vendors } from "./vendors-Bx1dOqZZ.js";
import process$1 from "node:process";
import { readFile } from "node:fs/promises";
import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import { Agent, EnvHttpProxyAgent } from "undici";
import { isIP } from "node:net";
import { STATUS_CODES, ServerResponse, createServer } from "node:http";
// src/proxy/dispatcher.ts
/** Sends requests to a profile's vendor, with the session's credential put on. */
async function openDispatcher({ ca }, session) {
	const pem = ca === void 0 ? void 0 : await readFile(ca, "utf8").catch(() => unreadable(ca));
	const options = {
		bodyTimeout: 0,
		...pem === void 0 ? {} : { connect: { ca: pem } }
	};
	return (pem === void 0 && usesProxies() ? new EnvHttpProxyAgent(options) : new Agent(options)).compose(sessionInterceptor(session));
}
/** Whether this Node sends requests by `HTTPS_PROXY` and the like. */
function usesProxies() {
	return process$1.env.NODE_USE_ENV_PROXY === "1" || process$1.execArgv.includes("--use-env-proxy");
}
function unreadable(ca) {
	throw usage(`the certificates in ${ca} cannot be read.`, "Sign in again with --ca and the right path.");
}
// src/proxy/hosts.ts
/** A name as it stands in a URL: an IPv6 address in brackets. */
function inUrl(name) {
	return isIP(name) === 6 ? `[${name}]` : name;
}
/** Whether only this machine reaches an address. */
function isLoopback(name) {
	return name === "localhost" || name === "::1" || isIP(name) === 4 && name.startsWith("127.");
}
/** Whether an address stands for all addresses of the machine. */
function isWildcard(name) {
	return name === "0.0.0.0" || name === "::";
}
/**
* Tells the values of `Host` by which the proxy may be called. A page that made its own name point here (DNS rebinding)
* calls the proxy by that name, and a browser would take the two for one site.
* @param bind the address that the proxy listens on.
*/
function hostCheck(bind, port) {
	const names = [
		"127.0.0.1",
		"localhost",
		"[::1]",
		inUrl(bind.toLowerCase())
	];
	const known = new Set(names.flatMap((name) => port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
	const byNumber = new RegExp(port === 80 ? "^(.+?)(?::80)?$" : `^(.+):${port}$`);
	return (host) => {
		const lower = host.toLowerCase();
		if (known.has(lower)) return true;
		const name = isWildcard(bind) ? byNumber.exec(lower)?.[1] : void 0;
		return name !== void 0 && isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;
	};
}
// src/proxy/failure-answer.ts
/** What a client is told when its request did not get to the vendor, or the vendor's answer not back. */
function failureAnswer(error, profile) {
	if (!(isVmsError(error) || error instanceof CliError)) return networkAnswer(codeOf(error), profile);
	const { exit, message, hint } = failureOf(error);
	const code = isVmsError(error) ? error.code : "not_signed_in";
	const status = STATUS[exit] ?? 502;
	const wait = isVmsError(error) ? error.retryAfter : void 0;
	return {
		status,
		code,
		text: [message, hint ?? `To see what is wrong: vms doctor ${profile}`].join("\n"),
		...wait === void 0 ? {} : { headers: { "retry-after": String(Math.ceil(wait / 1e3)) } }
	};
}
const STATUS = {
	[EXIT.usage]: 500,
	[EXIT.notSignedIn]: 401,
	[EXIT.unavailable]: 503
};
function networkAnswer(code, profile) {
	const why = code === void 0 ? "" : ` (${code})`;
	const hint = `To see what is wrong: vms doctor ${profile}`;
	if (code === "UND_ERR_HEADERS_TIMEOUT") return {
		status: 504,
		code: "vendor_silent",
		text: `the vendor took the request and did not answer.\n${hint}`
	};
	if (code === "UND_ERR_INVALID_ARG" || code === "UND_ERR_NOT_SUPPORTED") return {
		status: 400,
		code: "bad_request",
		text: `this request cannot be passed on${why}.`
	};
	if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "ETIMEDOUT") return {
		status: 504,
		code: "vendor_unreachable",
		text: `the vendor could not be reached in time${why}.\n${hint}`
	};
	return {
		status: 502,
		code: "vendor_unreachable",
		text: `the vendor could not be reached${why}.\n${hint}`
	};
}
function codeOf(error) {
	for (let at = error, depth = 0; typeof at === "object" && at !== null && depth < 5; depth++) {
		const { code, cause } = at;
		if (typeof code === "string" && /^[A-Z0-9_]{3,60}$/.test(code)) return code;
		at = cause;
	}
}
// src/proxy/token.ts
/** The parameter of an address that brings the token. */
const TOKEN_PARAMETER = "vms_token";
/** Makes the token of a run. Its letters need no escaping in a URL, a header or a cookie. */
function makeToken() {
	const value = randomBytes(32).toString("base64url");
	const digest = hash("sha256", value, "buffer");
	return {
		value,
		is: (given) => timingSafeEqual(hash("sha256", given, "buffer"), digest)
	};
}
/** The cookie's name. Browsers share cookies between the ports of a host, so that each proxy needs a name of its own. */
function cookieName(port) {
	return `${TOKEN_PARAMETER}_${port}`;
}
/** Whether a request shows the token: as Bearer, as the password of Basic, or as the cookie. */
function showsToken(headers, token, port) {
	const { authorization = "", cookie = "" } = headers;
	const [scheme = "", text = ""] = authorization.split(/ +/, 2);
	const shown = /^bearer$/i.test(scheme) ? text : /^basic$/i.test(scheme) ? passwordOf(text) : void 0;
	if (shown !== void 0 && token.is(shown)) return true;
	const name = `${cookieName(port)}=`;
	return cookie.split(";").some((pair) => pair.trimStart().startsWith(name) && token.is(pair.trim().slice(name.length)));
}
function passwordOf(base64) {
	const pair = Buffer.from(base64, "base64").toString("latin1");
	return pair.slice(pair.indexOf(":") + 1);
}
// src/proxy/guard.ts
/** `TRACE` would show the session's credential to its caller; a tunnel would lead past the session. */
const REFUSED_METHODS = [
	"TRACE",
	"TRACK",
	"CONNECT"
];
/** `.` or `..` as a step of a path, in any spelling that a server might read so. */
const DOT_STEP = /(?:^|[/\\]|%2f|%5c)(?:\.|%2e){1,2}(?:$|[/\\]|%2f|%5c)/i;
/** Makes the guard of a proxy. */
function createGuard({ bind, port, url, token }) {
	const isOurs = hostCheck(bind, port);
	return (request) => {
		const { headers, method = "", url: target = "" } = request;
		if (REFUSED_METHODS.includes(method)) return refusal(405, "method_not_allowed", `${method} is not passed on.`);
		if (!isOurs(onlyHost(request) ?? "")) return refusal(403, "foreign_host", `it is not called by that name. Use ${url}`);
		const origin = headers.origin;
		const site = headers["sec-fetch-site"];
		if (origin !== void 0 && origin !== `http://${headers.host?.toLowerCase()}` || site !== void 0 && site !== "same-origin" && site !== "none") return refusal(403, "foreign_origin", "a page of another origin may not use the session. Open the address itself, in a new tab.");
		const bad = badTarget(target);
		if (bad !== void 0) return refusal(400, "bad_target", bad);
		return token === void 0 ? void 0 : unlessKnown(request, target, token);
	};
	function unlessKnown(request, target, token) {
		const { headers } = request;
		const inQuery = target.includes(`vms_token=`) ? takeToken(target) : void 0;
		if (inQuery !== void 0) {
			if (!token.is(inQuery.token)) return unknown(headers);
			const dest = headers["sec-fetch-dest"];
			if (dest !== void 0 && dest !== "document" || !["GET", "HEAD"].includes(request.method ?? "")) return refusal(403, "token_in_query", `?${TOKEN_PARAMETER}= is for the address bar alone. Leave it out: the cookie is there by now.`);
			return {
				status: 303,
				code: "",
				text: "go on without the token in the address.",
				headers: {
					location: `http://${headers.host}${inQuery.rest}`,
					"set-cookie": `${cookieName(port)}=${token.value}; Path=/; HttpOnly; SameSite=Strict`,
					"referrer-policy": "no-referrer"
				}
			};
		}
		return showsToken(headers, token, port) ? void 0 : unknown(headers);
	}
	function unknown(headers) {
		const what = "no token, or not the one of this run. Send the header `Authorization: Bearer …` that `vms proxy` printed when it started; in a browser, open the address that it printed.";
		const scheme = headers["sec-fetch-mode"] === void 0 ? "Basic" : "Bearer";
		return {
			...refusal(401, "no_token", what),
			headers: { "www-authenticate": `${scheme} realm="vms proxy"` }
		};
	}
}
function refusal(status, code, text) {
	return {
		status,
		code,
		text
	};
}
function onlyHost({ rawHeaders, headers }) {
	let seen = 0;
	for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === "host") seen++;
	return seen === 1 ? headers.host : void 0;
}
function badTarget(target) {
	if (!target.startsWith("/")) return "the request must name a path, not a whole address.";
	if (/[^\x21-\x7e]|#/.test(target)) return "the path has characters that must be percent-encoded.";
	const query = target.indexOf("?");
	const path = query === -1 ? target : target.slice(0, query);
	return DOT_STEP.test(path) ? "the path has `.` or `..` in it. Write it without." : void 0;
}
/** Takes the token out of a request's path and query. */
function takeToken(target) {
	const at = target.indexOf("?");
	if (at === -1) return void 0;
	const [own, others] = partition(target.slice(at + 1).split("&"), (pair) => pair.startsWith(`${TOKEN_PARAMETER}=`));
	const [first] = own;
	if (first === void 0) return void 0;
	const rest = target.slice(0, at) + (others.length === 0 ? "" : `?${others.join("&")}`);
	return {
		token: first.slice(10),
		rest
	};
}
function partition(list, test) {
	return [list.filter(test), list.filter((value) => !test(value))];
}
// src/proxy/own-answer.ts
/** A body that is not wanted is read to its end up to this size, in bytes; a longer one costs the connection. */
const WORTH_READING = 1048576;
/** Sends an answer of the proxy's own. */
function sendOwn(request, response, answer) {
	const { status, code, text, headers } = answer;
	const body = Buffer.from(`vms proxy: ${text}\n`);
	response.writeHead(status, {
		"content-type": "text/plain; charset=utf-8",
		"content-length": body.length,
		"cache-control": "no-store",
		"x-content-type-options": "nosniff",
		...code === "" ? {} : { "vms-proxy-error": code },
		...isWorthReading(request) ? {} : { connection: "close" },
		...headers
	});
	response.end(body);
	request.resume();
}
function isWorthReading({ complete, headers }) {
	if (complete) return true;
	return headers["transfer-encoding"] === void 0 && Number(headers["content-length"] ?? 0) <= WORTH_READING;
}
// src/proxy/addresses.ts
/**
* Turns an address that the vendor names (in `Location`, say) into one that the client can use: below the vendor's base
* URL, the proxy's own; elsewhere, the whole address of where it leads. A credential in the query is taken out.
* @param self the proxy's own origin, as the client called it.
* @param path the path of the request at the vendor, which relative addresses start from.
*/
function towardsClient(address, self, upstream, path) {
	const url = URL.parse(address, upstream.origin + path);
	if (url === null) return address;
	if (url.origin !== upstream.origin) return URL.canParse(address) ? address : url.href;
	for (const name of upstream.secretNames) if (url.searchParams.has(name)) url.searchParams.delete(name);
	const below = belowBase(url.pathname, upstream);
	return below === void 0 ? url.href : self + below + url.search + url.hash;
}
/** Turns the address of a page of the proxy's into the vendor's. `undefined` where it is not one, or holds the token. */
function towardsVendor(address, self, upstream) {
	const url = URL.parse(address);
	if (url === null || url.origin !== self || url.searchParams.has("vms_token")) return void 0;
	return upstream.origin + upstream.path + url.pathname + url.search;
}
/** The same for the addresses in a `Link` header. */
function linksTowardsClient(links, self, upstream, path) {
	return links.replace(/<([^<>]*)>/g, (_, address) => `<${towardsClient(address, self, upstream, path)}>`);
}
function belowBase(pathname, { path }) {
	if (path === "") return pathname;
	if (pathname === path) return "/";
	return pathname.startsWith(`${path}/`) ? pathname.slice(path.length) : void 0;
}
// src/proxy/request-headers.ts
/** What is not the vendor's business: of one connection only, the client's credentials, and what is put on anew. */
const KEPT$1 = /* @__PURE__ */ new Set([
	"authorization",
	"connection",
	"content-length",
	"cookie",
	"expect",
	"host",
	"http2-settings",
	"keep-alive",
	"origin",
	"proxy-authenticate",
	"proxy-authorization",
	"proxy-connection",
	"referer",
	"te",
	"trailer",
	"transfer-encoding",
	"upgrade"
]);
/**
* The headers of a client's request as they go on. The credential is not among them: the session puts it on.
* No `Via` is added, as some servers do not compress for proxies.
*/
function requestHeaders(given, self, upstream, { plainBodies }) {
	const named = namedByConnection(given.connection);
	const headers = {};
	for (const name in given) {
		const value = given[name];
		if (value === void 0 || KEPT$1.has(name) || named?.includes(name)) continue;
		headers[name] = typeof value === "string" ? value : value.join(", ");
	}
	if (!headers["user-agent"]?.startsWith("Mozilla/")) delete headers["user-agent"];
	if (plainBodies) headers["accept-encoding"] = "identity";
	if (given.origin !== void 0) headers.origin = upstream.origin;
	const referer = given.referer === void 0 ? void 0 : towardsVendor(given.referer, self, upstream);
	if (referer !== void 0) headers.referer = referer;
	return headers;
}
/** The headers that `Connection` says are of one connection only. */
function namedByConnection(connection) {
	if (connection === void 0 || connection === "keep-alive" || connection === "close") return void 0;
	return connection.toLowerCase().split(/[\s,]+/);
}
// src/proxy/response-headers.ts
/** What is not the client's business: of one connection only, of the session, or of the vendor's own origin. */
const KEPT = /* @__PURE__ */ new Set([
	"alt-svc",
	"authentication-info",
	"clear-site-data",
	"connection",
	"keep-alive",
	"proxy-authenticate",
	"proxy-authentication-info",
	"proxy-connection",
	"set-cookie",
	"set-cookie2",
	"strict-transport-security",
	"te",
	"trailer",
	"transfer-encoding",
	"upgrade",
	"www-authenticate"
]);
/** The headers of a vendor's answer as the client gets them: names and values in turn. */
function responseHeaders(raw, { self, upstream, path }) {
	const headers = [];
	let named;
	for (let at = 0; at + 1 < raw.length; at += 2) {
		const name = text(raw[at]);
		const value = text(raw[at + 1]);
		const lower = name.toLowerCase();
		if (lower === "connection") named = namedByConnection(value.toLowerCase()) ?? named;
		if (KEPT.has(lower) || lower.startsWith("access-control-")) continue;
		if (!isSendable(name, value)) continue;
		headers.push(name, rewritten(lower, value));
	}
	return named === void 0 ? headers : without(headers, named);
	function rewritten(lower, value) {
		if (lower === "location" || lower === "content-location") return towardsClient(value, self, upstream, path);
		return lower === "link" ? linksTowardsClient(value, self, upstream, path) : value;
	}
}
function isSendable(name, value) {
	return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
function without(headers, names) {
	return headers.filter((_, at) => !names.includes((headers[at - at % 2] ?? "").toLowerCase()));
}
function text(part) {
	return typeof part === "string" ? part : part?.toString("latin1") ?? "";
}
// src/proxy/relay.ts
/**
* Passes a vendor's answer on as it comes, no faster than the client takes it.
* @param fail answers in the vendor's place, where nothing of its answer was passed on yet.
*/
function relay(request, response, way, fail) {
	let abort;
	let begun = false;
	let written = false;
	response.once("close", () => {
		if (!response.writableFinished) abort?.();
	});
	return {
		onConnect(stop) {
			abort = stop;
			if (response.destroyed) stop();
		},
		onHeaders(status, raw, resume, statusText) {
			if (status < 200) return true;
			const headers = responseHeaders(raw, way);
			if (!request.complete) headers.push("connection", "close");
			begun = true;
			response.writeHead(status, /^[\t\x20-\x7e]+$/.test(statusText) ? statusText : STATUS_CODES[status], headers);
			response.on("drain", resume);
			process.nextTick(() => {
				if (!written && !response.destroyed) response.flushHeaders();
			});
			return true;
		},
		onData(chunk) {
			written = true;
			return response.write(chunk);
		},
		onComplete() {
			written = true;
			response.end();
		},
		onError(error) {
			if (!begun) fail(error);
			else response.destroy();
		},
		onUpgrade(_status, _headers, socket) {
			socket.destroy();
			fail(/* @__PURE__ */ new Error("the vendor changed the protocol unasked"));
		}
	};
}
// src/proxy/request-body.ts
/** Bodies up to this size, in bytes, are held until they are whole, so that they can be sent again after a new login. */
const HELD_BYTES = 65536;
/** Whether a request has a body at all. */
function hasBody({ headers }) {
	return headers["transfer-encoding"] !== void 0 || Number(headers["content-length"] ?? 0) > 0;
}
/** The body of a request that has one. */
async function bodyOf(request) {
	if (Number(request.headers["content-length"] ?? Number.POSITIVE_INFINITY) <= HELD_BYTES) {
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		return Buffer.concat(chunks);
	}
	return request.iterator({ destroyOnReturn: false });
}
/** How long a streamed body is, where the client said so. */
function lengthOf(body, { headers }) {
	const length = headers["content-length"];
	return body === null || Buffer.isBuffer(body) || length === void 0 ? {} : { "content-length": length };
}
// src/proxy/tunnel.ts
/** Whether a request opens a WebSocket. Other upgrades (HTTP/2, say) would lead past the session. */
function opensWebSocket({ method, headers }) {
	return method === "GET" && headers.upgrade?.toLowerCase() === "websocket";
}
/** Tells the client that its WebSocket is open, and passes on what comes from either side, as it comes. */
function openTunnel(client, head, status, raw, vendor, way) {
	const headers = responseHeaders(raw, way);
	const lines = [
		`HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
		"connection: upgrade",
		"upgrade: websocket"
	];
	for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
	client.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
	if (head.length > 0) vendor.write(head);
	connect(client, vendor);
	connect(vendor, client);
}
function connect(from, to) {
	from.on("error", () => {});
	from.once("close", () => to.end(() => to.destroy()));
	from.pipe(to);
}
// src/proxy/upstream.ts
/** Follows a session's base URL. */
function followUpstream(session) {
	let base;
	let secretNames;
	let known;
	const moved = ({ info }) => {
		if (info.baseUrl === base) return;
		base = info.baseUrl;
		known = secretNames && upstreamOf(base, secretNames);
	};
	session.on("login", moved);
	session.on("renewed", moved);
	return {
		known: () => known,
		async find(signal) {
			const { baseUrl } = await session.login({ signal });
			secretNames ??= Object.keys((await session.authorization({ signal })).searchParams);
			base = baseUrl;
			known = upstreamOf(baseUrl, secretNames);
			return known;
		}
	};
}
function upstreamOf(baseUrl, secretNames) {
	const { origin, pathname } = new URL(baseUrl);
	return {
		origin,
		path: pathname.replace(/\/+$/, ""),
		secretNames
	};
}
// src/proxy/server.ts
/** Starts a proxy. Nothing is sent to the vendor before a client's first request. */
async function startProxy(options) {
	const { session, dispatcher, profile, bind } = options;
	const upstreams = followUpstream(session);
	const ended = new AbortController();
	const tunnels = /* @__PURE__ */ new Set();
	let guard = () => ({
		status: 503,
		code: "starting",
		text: "it is only starting. Try again."
	});
	const server = createServer({
		requestTimeout: 0,
		keepAliveTimeout: 65e3,
		shouldUpgradeCallback: opensWebSocket
	});
	server.on("request", (request, response) => serve(request, response));
	server.on("checkContinue", (request, response) => serve(request, response, () => response.writeContinue()));
	server.on("upgrade", upgrade);
	server.on("connect", (request, socket) => serve(request, onSocket(request, socket)));
	function serve(request, response, welcome) {
		const refused = guard(request);
		if (refused !== void 0) return sendOwn(request, response, refused);
		welcome?.();
		const upstream = upstreams.known();
		if (upstream !== void 0 && !hasBody(request)) return send(request, response, upstream, null);
		const body = hasBody(request) ? bodyOf(request) : null;
		Promise.all([upstream ?? upstreams.find(ended.signal), body]).then(([where, what]) => send(request, response, where, what)).catch((error) => fail(request, response, error));
	}
	function send(request, response, upstream, body) {
		const { options: sent, way } = order(request, upstream, body);
		dispatch(sent, relay(request, response, way, (error) => fail(request, response, error)));
	}
	function upgrade(request, socket, head) {
		tunnels.add(socket.on("error", () => {}));
		socket.once("close", () => tunnels.delete(socket));
		const response = onSocket(request, socket);
		if (!opensWebSocket(request)) return serve(request, response);
		const refused = guard(request);
		if (refused !== void 0) return sendOwn(request, response, refused);
		const failed = (error) => fail(request, response, error);
		const open = (upstream) => {
			const { options: sent, way } = order(request, upstream, null);
			dispatch({
				...sent,
				upgrade: "websocket"
			}, {
				...relay(request, response, way, failed),
				onUpgrade(status, headers, vendor) {
					if (socket.destroyed) return void vendor.destroy();
					response.detachSocket(socket);
					openTunnel(socket, head, status, headers ?? [], vendor, way);
				}
			});
		};
		const upstream = upstreams.known();
		if (upstream !== void 0) return open(upstream);
		upstreams.find(ended.signal).then(open).catch(failed);
	}
	function order(request, upstream, body) {
		const { headers, method = "GET", url = "/" } = request;
		const self = `http://${headers.host}`;
		const path = upstream.path + url;
		return {
			options: {
				origin: upstream.origin,
				path,
				method,
				headers: Object.assign(requestHeaders(headers, self, upstream, options), lengthOf(body, request)),
				body,
				signal: ended.signal
			},
			way: {
				self,
				upstream,
				path
			}
		};
	}
	function dispatch(sent, handler) {
		try {
			dispatcher.dispatch(sent, handler);
		} catch (error) {
			handler.onError(error);
		}
	}
	function fail(request, response, error) {
		if (response.destroyed || response.headersSent) return void response.destroy();
		const answer = failureAnswer(error, profile);
		options.failed(answer.text);
		sendOwn(request, response, answer);
	}
	const port = await listen(server, options.port, bind);
	const url = `http://${isWildcard(bind) ? "127.0.0.1" : inUrl(bind)}:${port}`;
	guard = createGuard({
		bind,
		port,
		url,
		token: options.token
	});
	return {
		url,
		async close() {
			const closed = new Promise((resolve) => server.close(resolve));
			ended.abort(/* @__PURE__ */ new Error("the proxy has ended"));
			server.closeAllConnections();
			for (const socket of tunnels) socket.destroy();
			await Promise.all([closed, dispatcher.destroy()]);
		}
	};
}
/** An answer on a socket that Node's server has given away. */
function onSocket(request, socket) {
	const response = new ServerResponse(request);
	response.shouldKeepAlive = false;
	response.assignSocket(socket);
	socket.on("drain", () => response.emit("drain"));
	response.once("finish", () => socket.end());
	return response;
}
function listen(server, port, host) {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, host, () => {
			server.off("error", reject);
			resolve(server.address().port);
		});
	});
}
// src/until-stopped.ts
/** Waits until this process is told to end. A second Ctrl-C ends it at once. */
function untilStopped() {
	return new Promise((resolve) => {
		for (const signal of [
			"SIGINT",
			"SIGTERM",
			"SIGHUP"
		]) process$1.once(signal, () => resolve());
	});
}
// src/commands/proxy/proxy.ts
/** These say inside a body that the session is gone. */
const JUDGED_BY_BODY = ["alertsite", "findface"];
/** Serves a profile until it is stopped. */
async function proxy(name, options, terminal) {
	const { bind } = options;
	if (!options.token && !isLoopback(bind)) throw usage(`--no-token with --bind ${bind} would give the session to everybody who reaches this machine.`, "Leave out one of the two.");
	const { profile, session } = await openProfile(name);
	const token = options.token ? makeToken() : void 0;
	const tell = teller(terminal);
	watch(session, tell);
	const running = await start({
		session,
		dispatcher: await openDispatcher(profile, session),
		profile: name,
		token,
		bind,
		port: options.port ?? 0,
		plainBodies: JUDGED_BY_BODY.includes(profile.vendor),
		failed: tell
	});
	const stopped = untilStopped();
	const { firstCall } = vendors[profile.vendor];
	if (!isLoopback(bind)) {
		const warning = `--bind ${bind}: this is plain HTTP. Whoever is on the way reads the token and all that goes through.`;
		terminal.say(`${terminal.style("yellow", "warning:")} ${warning}`);
	}
	if (!options.token) terminal.say(`${terminal.style("yellow", "warning:")} --no-token: every program on this machine, of any user, can use the session.`);
	await terminal.out(options.json ? json(running, token) : lines(name, profile.username, running, token, firstCall));
	const leaving = new AbortController();
	session.login({ signal: leaving.signal }).catch((error) => {
		if (leaving.signal.aborted) return;
		const { message, hint } = failureOf(error);
		tell([
			message,
			hint ?? `To see what is wrong: vms doctor ${name}`,
			"Requests try again."
		].join("\n"));
	});
	await stopped;
	leaving.abort();
	await running.close();
}
async function start(options) {
	const { port, bind } = options;
	return startProxy(options).catch((error) => {
		if (error.code === "EADDRINUSE") throw usage(`port ${port} is taken by another program.`, "Choose another --port, or leave it out.");
		if (error.code === "EACCES") throw usage(`port ${port} is not open to this user.`, "Choose a --port above 1023.");
		if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") throw usage(`this machine has no address ${bind}.`, "Leave out --bind, or give one of this machine's addresses.");
		throw error instanceof CliError ? error : usage(`it cannot listen on ${bind} (${error.code ?? "unknown"}).`);
	});
}
function json({ url }, token) {
	return `${JSON.stringify({
		url,
		...token === void 0 ? {} : { token: token.value }
	})}\n`;
}
function lines(name, username, { url }, token, firstCall) {
	const call = `${url}/${firstCall}`;
	const value = token?.value;
	const { host } = new URL(url);
	const table = (value === void 0 ? [["base URL", url], ["curl", `curl '${call}'`]] : [
		["base URL", url],
		["header", `Authorization: Bearer ${value}`],
		["curl", `curl -H 'Authorization: Bearer ${value}' '${call}'`],
		["browser", `${url}/?vms_token=${value}`],
		["VLC", `http://vms:${value}@${host}/`]
	]).map(([label = "", text]) => `  ${label.padEnd(9)} ${text}`);
	return [
		`${name} (${username}) is served until Ctrl-C:`,
		"",
		...table,
		"",
		""
	].join("\n");
}
/** Says the same thing once in a row: a page with a hundred pictures must not fill the screen. */
function teller(terminal) {
	let last;
	return (text) => {
		if (text === last) return;
		last = text;
		terminal.say(`${terminal.style("dim", (/* @__PURE__ */ new Date()).toTimeString().slice(0, 8))} ${text.replaceAll("\n", " ")}`);
	};
}
function watch(session, tell) {
	session.on("login", ({ info, from }) => tell(from === "store" ? `signed in already as ${info.account}.` : `signed in as ${info.account}.`));
	session.on("rejected", ({ status }) => tell(`the vendor ended the session (${status}): signing in again.`));
	session.on("expired", () => tell("the session has ended: the next request signs in again."));
	session.on("renewal_failed", ({ error }) => tell(`the session could not be renewed yet: ${failureOf(error).message}`));
	session.on("store_failed", ({ error }) => tell(failureOf(error).message));
}
export { proxy };
