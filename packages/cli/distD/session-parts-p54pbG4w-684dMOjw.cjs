const require_abort_BNdyHPhS = require("./abort-BNdyHPhS-C63OX1-p.cjs");
// ../core/dist/session-parts-p54pbG4w.js
/** Credentials would have travelled without encryption. Thrown before any request. */
var InsecureTransport = class extends require_abort_BNdyHPhS.VmsError {
	name = "InsecureTransport";
	code = "insecure_transport";
};
/** Whether a host name is this machine itself, where plain HTTP leaves nothing to overhear. */
function isLoopback(hostname) {
	return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}
/** Law 11: credentials go over HTTPS, save on loopback or where the operator allows it. */
function isSecure(url, allowInsecureHttp) {
	return url.protocol === "https:" || url.protocol === "http:" && (allowInsecureHttp || isLoopback(url.hostname));
}
/**
* The same, as a requirement.
* @throws {InsecureTransport}
*/
function requireSecure(vendor, url, allowInsecureHttp) {
	if (isSecure(url, allowInsecureHttp)) return;
	throw new InsecureTransport(vendor, `\`baseUrl\` is ${url.protocol}//${url.host}: a password sent there can be read on the way. Write https://, or set \`allowInsecureHttp: true\` if that network is yours.`);
}
/** A store of sessions failed. A session itself goes on in memory and reports this as an event. */
var StoreFailed = class extends require_abort_BNdyHPhS.VmsError {
	name = "StoreFailed";
	code = "store_failed";
};
/** Whether `error` is one of ours. Works across copies and versions of this package. */
function isVmsError(error) {
	return require_abort_BNdyHPhS.hasVmsBrand(error);
}
/** A call named an origin that is neither the session's own nor in `allowedOrigins`. Thrown before any request. */
var OriginNotAllowed = class extends require_abort_BNdyHPhS.VmsError {
	name = "OriginNotAllowed";
	code = "origin_not_allowed";
};
/**
* A store in this process's memory. Give the same one to several sessions, and they share what they sign in to.
* Its contents cannot be inspected or serialised.
*/
function memoryStore() {
	const values = /* @__PURE__ */ new Map();
	const locks = /* @__PURE__ */ new Map();
	return {
		async get(key) {
			return values.get(key);
		},
		async set(key, value) {
			values.set(key, value);
		},
		async delete(key) {
			values.delete(key);
		},
		async withLock(key, run, options = {}) {
			const before = locks.get(key) ?? Promise.resolve();
			const { promise: released, resolve: release } = Promise.withResolvers();
			const tail = before.then(() => released);
			locks.set(key, tail);
			tail.then(() => {
				if (locks.get(key) === tail) locks.delete(key);
			});
			try {
				await require_abort_BNdyHPhS.orAbort(before, options.signal);
				return await run(new AbortController().signal);
			} finally {
				release();
			}
		}
	};
}
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:|^[/\\]{2}/i;
/** Whether `fetch` would read this as more than a path: with a scheme or a host of its own. */
function isAbsolute(input) {
	return ABSOLUTE.test(input);
}
/**
* Joins a relative path below a base URL that ends with a slash: `locations` and `/locations` are the same call.
* It joins strings, as a `URL` costs more than the rest of a call together. The result cannot leave the base's origin,
* because whatever follows the base's path is path, query or fragment.
*/
function joinBelow(base, path) {
	if (path === "" || path.startsWith("?") || path.startsWith("#")) return base.slice(0, -1) + path;
	return base + (path.startsWith("/") ? path.slice(1) : path);
}
/** A base URL as paths are joined to it: with a slash at the end of its path, and nothing behind. */
function withSlash(url) {
	const base = new URL(url);
	base.search = "";
	base.hash = "";
	if (!base.pathname.endsWith("/")) base.pathname += "/";
	return base;
}
/** Whether an origin is in a list that may hold `https://*.example.com`, where `*` is one label. */
function originMatches(origin, allowed) {
	return allowed.some((pattern) => {
		const star = pattern.indexOf("*.");
		if (star === -1) return origin === pattern;
		const scheme = pattern.slice(0, star);
		const tail = pattern.slice(star + 1);
		if (!origin.startsWith(scheme) || !origin.endsWith(tail)) return false;
		return /^[a-z0-9-]+$/.test(origin.slice(scheme.length, -tail.length));
	});
}
/** The error for a call that would carry the credential away. The URL's path and query are not shown. */
function notAllowed(vendor, origin, home) {
	return new OriginNotAllowed(vendor, `a call to ${origin} was not sent: the session belongs to ${home}. Use a path below the base URL, add the origin to \`allowedOrigins\`, or call it with a fetch of your own.`);
}
/**
* Puts search parameters into a URL, in place of any of the same name.
* @param query the parameters, encoded.
*/
function withQuery(url, query, names) {
	const text = url.replace(/[\t\n\r]/g, "");
	const hash = text.indexOf("#");
	const bare = hash === -1 ? text : text.slice(0, hash);
	const at = bare.indexOf("?");
	if (at === -1) return `${bare}?${query}`;
	const rest = stripped(bare.slice(at + 1), names);
	return `${bare.slice(0, at)}?${rest === "" ? "" : `${rest}&`}${query}`;
}
/** Takes search parameters out of a URL: what may be shown of a URL whose query holds a credential. */
function withoutQuery(url, names) {
	const at = url.indexOf("?");
	if (at === -1) return url;
	const hash = url.indexOf("#", at);
	const end = hash === -1 ? url.length : hash;
	const rest = stripped(url.slice(at + 1, end), names);
	return url.slice(0, at) + (rest === "" ? "" : `?${rest}`) + url.slice(end);
}
function stripped(query, names) {
	return query.split("&").filter((pair) => {
		const name = pair.split("=")[0] ?? "";
		return pair !== "" && !names.includes(name) && !names.includes(decoded(name));
	}).join("&");
}
function decoded(name) {
	try {
		return decodeURIComponent(name.replaceAll("+", " "));
	} catch {
		return name;
	}
}
/**
* The headers of a call: the flow's, the caller's own over them, and the credential over all.
* A cookie is the one thing that is merged: the caller's other cookies stay.
*/
function withTicket(given, ticket) {
	if (given === void 0) return ticket.bare;
	if (given instanceof Headers || Array.isArray(given) || Symbol.iterator in given) {
		const headers = new Headers(given);
		const cookie = headers.get("cookie");
		for (const name in ticket.bare) {
			const given = headers.get(name);
			if (Object.hasOwn(ticket.headers, name) || given === null || saysNothing(name, given)) headers.set(name, ticket.bare[name] ?? "");
		}
		if (cookie !== null && Object.hasOwn(ticket.headers, "cookie")) headers.set("cookie", mergedCookie(cookie, ticket));
		const referer = headers.get("referer");
		if (referer !== null && ticket.query !== "") headers.set("referer", refererWithout(referer, ticket));
		return headers;
	}
	const headers = { ...ticket.bare };
	for (const name in given) {
		const lower = name.toLowerCase();
		const value = given[name] ?? "";
		if (lower === "cookie" && Object.hasOwn(ticket.headers, "cookie")) headers.cookie = mergedCookie(value, ticket);
		else if (Object.hasOwn(ticket.headers, lower)) continue;
		else if (lower === "referer" && ticket.query !== "") headers.referer = refererWithout(value, ticket);
		else if (!(Object.hasOwn(headers, lower) && saysNothing(lower, value))) headers[lower] = value;
	}
	return headers;
}
function saysNothing(name, value) {
	return name === "accept" && value === "*/*";
}
function refererWithout(referer, ticket) {
	return withoutQuery(referer, ticket.secretNames);
}
function mergedCookie(given, ticket) {
	return [...given.split(";").map((pair) => pair.trim()).filter((pair) => pair !== "" && !Object.hasOwn(ticket.cookies, pair.split("=")[0] ?? "")), ticket.headers.cookie].join("; ");
}
/** Request headers that may follow a redirect to a foreign origin: what says nothing of who asks. */
const SAFE_ABROAD = [
	"accept",
	"accept-language",
	"content-language",
	"content-type",
	"range",
	"user-agent"
];
/** What is left of a call's headers when a redirect takes it away from home. */
function withoutTicket(given, userAgent) {
	const headers = new Headers(given);
	for (const name of [...headers.keys()]) if (!SAFE_ABROAD.includes(name)) headers.delete(name);
	if (!headers.has("user-agent")) headers.set("user-agent", userAgent);
	return headers;
}
function homeOf({ vendor, allowedOrigins = [] }, settings) {
	const declared = [...allowedOrigins, ...settings.allowedOrigins];
	const isKnown = ({ origin, protocol }, ticket) => /^https?:$/.test(protocol) && (origin === ticket.origin || originMatches(origin, declared));
	return {
		includes: (target, ticket) => isKnown(target, ticket) && isSecure(target, settings.allowInsecureHttp),
		require(target, ticket) {
			if (!isKnown(target, ticket)) throw notAllowed(vendor, target.origin, ticket.origin);
			if (target.username !== "" || target.password !== "") throw new require_abort_BNdyHPhS.InvalidOptions(vendor, "the URL of a call must not hold a user name or password: leave them out.");
			requireSecure(vendor, target, settings.allowInsecureHttp);
		}
	};
}
/**
* The code of a network failure, such as `ECONNREFUSED`, looked up along `cause`; it says why without quoting anything.
*/
function networkCode(error) {
	for (let at = error, depth = 0; typeof at === "object" && at !== null && depth < 5; depth++) {
		const { code, cause } = at;
		if (typeof code === "string" && /^[A-Z0-9_]{3,60}$/.test(code)) return code;
		at = cause;
	}
}
/**
* What a failed `fetch` may show: its kind and its code. The original is dropped, because its `cause` can hold
* a piece of the vendor's answer (with a cookie in it) or a header's value.
*/
function plainNetworkError(error) {
	const code = networkCode(error);
	const cause = code === void 0 ? void 0 : Object.assign(new Error(code), { code });
	return new TypeError("fetch failed", cause === void 0 ? void 0 : { cause });
}
const PARTS = Symbol.for("@vms/core/session-parts");
/** Hides a session's parts in it. */
function withParts(session, parts) {
	return Object.defineProperty(session, PARTS, { value: () => parts });
}
/**
* A session's parts.
* @throws {TypeError} where it is no session of this package.
*/
function partsOf(session) {
	const parts = session[PARTS];
	if (typeof parts !== "function") throw new TypeError("[@vms/core] this is not a session of @vms/core.");
	return parts();
}
Object.defineProperty(exports, "StoreFailed", {
	enumerable: true,
	get: function() {
		return StoreFailed;
	}
});
Object.defineProperty(exports, "homeOf", {
	enumerable: true,
	get: function() {
		return homeOf;
	}
});
Object.defineProperty(exports, "isAbsolute", {
	enumerable: true,
	get: function() {
		return isAbsolute;
	}
});
Object.defineProperty(exports, "isVmsError", {
	enumerable: true,
	get: function() {
		return isVmsError;
	}
});
Object.defineProperty(exports, "joinBelow", {
	enumerable: true,
	get: function() {
		return joinBelow;
	}
});
Object.defineProperty(exports, "memoryStore", {
	enumerable: true,
	get: function() {
		return memoryStore;
	}
});
Object.defineProperty(exports, "networkCode", {
	enumerable: true,
	get: function() {
		return networkCode;
	}
});
Object.defineProperty(exports, "originMatches", {
	enumerable: true,
	get: function() {
		return originMatches;
	}
});
Object.defineProperty(exports, "partsOf", {
	enumerable: true,
	get: function() {
		return partsOf;
	}
});
Object.defineProperty(exports, "plainNetworkError", {
	enumerable: true,
	get: function() {
		return plainNetworkError;
	}
});
Object.defineProperty(exports, "requireSecure", {
	enumerable: true,
	get: function() {
		return requireSecure;
	}
});
Object.defineProperty(exports, "withParts", {
	enumerable: true,
	get: function() {
		return withParts;
	}
});
Object.defineProperty(exports, "withQuery", {
	enumerable: true,
	get: function() {
		return withQuery;
	}
});
Object.defineProperty(exports, "withSlash", {
	enumerable: true,
	get: function() {
		return withSlash;
	}
});
Object.defineProperty(exports, "withTicket", {
	enumerable: true,
	get: function() {
		return withTicket;
	}
});
Object.defineProperty(exports, "withoutQuery", {
	enumerable: true,
	get: function() {
		return withoutQuery;
	}
});
Object.defineProperty(exports, "withoutTicket", {
	enumerable: true,
	get: function() {
		return withoutTicket;
	}
});
