import { t as InvalidOptions } from "./abort-BNdyHPhS-BstFSVd3.js";
import { i as isVmsError } from "./session-parts-p54pbG4w-DGshYhYp.js";
import { a as SecondFactorRejected, c as VendorUnavailable, f as parseBaseUrl, h as parseWith, i as RateLimited, n as InvalidCredentials, o as SecondFactorRequired, p as parseRetryAfter, r as InvalidRequest, s as UnexpectedResponse, t as AccountUnavailable, u as createSession } from "./dist-B4bd0d4K.js";
import { t as parseSetCookie } from "./set-cookie-BUmIMXqJ.js";
// ../eagleeye/dist/index.js
/** The refusals of authenticate that are about the account, in the vendor's order of precedence. */
const REFUSALS = /* @__PURE__ */ new Map([
	[462, ["pending", "the user is pending: accept the invitation that the vendor sent"]],
	[402, ["suspended", "the account is suspended: ask whoever manages it"]],
	[460, ["inactive", "the account is inactive: ask whoever manages it"]],
	[461, ["pending", "the account is pending: finish its registration at the vendor"]],
	[412, ["disabled", "the user is disabled, or locked for wrong codes: ask an administrator of the account"]],
	[465, ["ip_not_allowed", "this machine's IP address is not allowed: have it added to the account's list"]]
]);
/**
* The error for an authenticate that was not answered 200.
* @param withKey whether a `tfa_key` was sent along.
* @see Eagle Eye Networks API, "Step 1: Authenticate"
*/
function authenticateFailure(answer, withKey) {
	const { status } = answer;
	if (status === 400) return new InvalidRequest("eagleeye", `the vendor refused the form of authenticate (400). Check the user name, \`realm\` and \`body\`.${withKey ? " It also held the remembered `tfa_key`: try another `tfaKeyIn`." : ""}`, { status });
	if (status === 401) return new InvalidCredentials("eagleeye", "the vendor refused the user name or password (401). Correct `credentials`.", { status });
	const refusal = REFUSALS.get(status);
	if (refusal === void 0) return answer.failure();
	const [reason, what] = refusal;
	return new AccountUnavailable("eagleeye", `${what} (${status}).`, {
		status,
		reason
	});
}
/**
* The error for a two_factor_authenticate that was not answered 200.
* @see Eagle Eye Networks API, "Step 2: Send TFA Code"
*/
function sendFailure(answer, type) {
	const { status } = answer;
	switch (status) {
		case 400: return new InvalidRequest("eagleeye", "the vendor refused the form of two_factor_authenticate (400). Check `body`.", { status });
		case 412: return new InvalidRequest("eagleeye", `the vendor cannot send this user a code by ${type} (412). Try another way, or have the user's phone and e-mail checked.`, { status });
		case 415: return new InvalidRequest("eagleeye", `the vendor sends no codes by ${type} (415). Try another way.`, { status });
		default: return answer.failure();
	}
}
/**
* The error for an authorize that was not answered 200.
* @param withCode whether the code of a second factor was sent along.
* @see Eagle Eye Networks API, "Step 3: Authorize"
*/
function authorizeFailure(answer, withCode) {
	const { status } = answer;
	switch (status) {
		case 400: return new InvalidRequest("eagleeye", "the vendor refused the form of authorize (400). Check `body`.", { status });
		case 401:
			if (withCode) return codeTooLate(status);
			return new VendorUnavailable("eagleeye", "the vendor refused the single-use token that it had just given (401): it was used, or older than 30 s. If this goes on, look for a slow network, or a proxy that repeats requests.", { status });
		case 406: return new SecondFactorRejected("eagleeye", "the code of the second factor is wrong (406). Make sure of the next one before you sign in again: the vendor locks the user, for good, at the fourth wrong code.", { status });
		case 429: return new AccountUnavailable("eagleeye", "the vendor has locked the user for too many wrong codes (429), for good. Ask the vendor's support to unlock it.", {
			status,
			reason: "locked"
		});
		default: return answer.failure();
	}
}
/** The error for a code that came after its end; without a status where it was not even sent. */
function codeTooLate(status) {
	return new SecondFactorRejected("eagleeye", `the code of the second factor came too late${status === void 0 ? "" : ` (${status})`}: it is good for 15 minutes. Sign in again with a new one.`, { status });
}
/**
* The error for a switch_account that was not answered 200.
* @see Eagle Eye Networks API, "Switch Account"
*/
function switchFailure(answer) {
	const { status } = answer;
	switch (status) {
		case 400: return new InvalidRequest("eagleeye", "the vendor refused the form of switch_account (400). Check `account` and `body`.", {
			status,
			fields: { account: ["not understood"] }
		});
		case 401: return new UnexpectedResponse("eagleeye", "the vendor refused the session in switch_account (401), just after opening it. Sign in again.", { status });
		case 404: return new InvalidRequest("eagleeye", "the vendor finds no such account for this user (404). Write an id out of `g/account/list` as `account`.", {
			status,
			fields: { account: ["not found"] }
		});
		default: return answer.failure();
	}
}
/** The vendor locks a user, for good, at the fourth wrong code: one login stays below that. */
const CODES = 3;
/**
* Has codes sent and asked for until authorize takes one. A token goes to authorize once: whether it survives a wrong
* code is not documented, so that each code after the first is sent for a new token.
* @returns authorize's answer.
* @see Eagle Eye Networks API, "Step 2: Send TFA Code"
*/
async function authorizeByCode(context, steps, first, methods) {
	if (methods.length === 0) throw noWay();
	let ticket = first;
	let replacing;
	const isUsable = ({ usableUntil }) => context.now() <= usableUntil;
	async function replace() {
		const next = await steps.authenticate(context);
		if (next.secondFactor !== void 0) return next;
		throw new VendorUnavailable("eagleeye", "the vendor asked for a second factor, and then for none. Sign in again: no code is needed by now.", { status: 200 });
	}
	async function current() {
		if (ticket !== void 0 && isUsable(ticket)) return ticket;
		replacing ??= replace().finally(() => {
			replacing = void 0;
		});
		ticket = await replacing;
		return ticket;
	}
	return context.secondFactor({
		methods,
		codes: CODES,
		send: async (type) => steps.sendCode(context, (await current()).token, type),
		async verify({ code }) {
			const spent = ticket;
			ticket = void 0;
			if (spent === void 0 || !isUsable(spent)) return {
				refused: "late",
				error: codeTooLate()
			};
			const answer = await steps.authorize(context, spent.token, code);
			if (answer.ok) return { accepted: answer };
			const error = authorizeFailure(answer, true);
			if (answer.status === 406) return {
				refused: "wrong",
				error
			};
			if (answer.status === 401) return {
				refused: "late",
				error
			};
			throw error;
		}
	});
}
function noWay() {
	return new SecondFactorRequired("eagleeye", "the account asks for a second factor, and the vendor offers no way to send a code. Have a phone number or an e-mail address entered for the user.", {
		methods: [],
		status: 200
	});
}
function getEnumValues(entries) {
	const numericValues = Object.values(entries).filter((v) => typeof v === "number");
	return Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
}
function jsonStringifyReplacer(_, value) {
	if (typeof value === "bigint") return value.toString();
	return value;
}
var Cached = class {
	constructor(getter) {
		this._getter = getter;
		this._value = void 0;
	}
	get value() {
		const getter = this._getter;
		if (getter !== void 0) {
			this._value = getter();
			this._getter = void 0;
		}
		return this._value;
	}
};
function cached(getter) {
	return new Cached(getter);
}
function nullish(input) {
	return input === null || input === void 0;
}
function cleanRegex(source) {
	const start = source.startsWith("^") ? 1 : 0;
	const end = source.endsWith("$") ? source.length - 1 : source.length;
	return source.slice(start, end);
}
function assignProp(target, prop, value) {
	Object.defineProperty(target, prop, {
		value,
		writable: true,
		enumerable: true,
		configurable: true
	});
}
const captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {};
function isObject(data) {
	return typeof data === "object" && data !== null && !Array.isArray(data);
}
const propertyKeyTypes = /* @__PURE__*/ new Set([
	"string",
	"number",
	"symbol"
]);
function escapeRegex(str) {
	return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
	const cl = new inst._zod.constr(def ?? inst._zod.def);
	if (!def || params?.parent) cl._zod.parent = inst;
	return cl;
}
function normalizeParams(_params) {
	const params = _params;
	if (!params) return {};
	if (typeof params === "string") return { error: () => params };
	if (params?.message !== void 0) {
		if (params?.error !== void 0) throw new Error("Cannot specify both `message` and `error` params");
		params.error = params.message;
	}
	delete params.message;
	if (typeof params.error === "string") return {
		...params,
		error: () => params.error
	};
	return params;
}
function optionalKeys(shape) {
	return Object.keys(shape).filter((k) => {
		return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
	});
}
function aborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue !== true) return true;
	return false;
}
function explicitlyAborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue === false) return true;
	return false;
}
function prefixIssues(path, issues) {
	return issues.map((iss) => {
		var _a;
		(_a = iss).path ?? (_a.path = []);
		iss.path.unshift(path);
		return iss;
	});
}
function unwrapMessage(message) {
	return typeof message === "string" ? message : message?.message;
}
/** The leading size checks of `defChecks` that set an upper bound, each paired with it. */
function sizeCaps(defChecks) {
	const caps = [];
	for (const ch of defChecks ?? []) {
		const d = ch._zod.def;
		if (!/_(length|size)$|_equals$/.test(d.check)) break;
		const max = d.maximum ?? d.length ?? d.size;
		if (max >= 0) caps.push([max, ch]);
	}
	return caps;
}
function attachSchema(issues, start, inst) {
	var _a;
	for (let i = start; i < issues.length; i++) (_a = issues[i]).schema ?? (_a.schema = inst);
}
function finalizeIssue(iss, ctx, config) {
	var _a;
	const traits = iss.inst?._zod?.traits;
	if (traits?.has("$ZodType")) {
		if (traits.has("$ZodCheck")) (_a = iss).schema ?? (_a.schema = iss.inst);
		else iss.schema = iss.inst;
	}
	const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
	const message = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config.customError?.(iss)) ?? unwrapMessage(config.localeError?.(iss)) ?? "Invalid input";
	const full = {};
	for (const k of Object.keys(iss)) {
		if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__") continue;
		full[k] = iss[k];
	}
	full.path ?? (full.path = []);
	full.message = message;
	if (ctx?.reportInput) full.input = iss.input;
	return full;
}
const highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
	const units = str.length;
	if (!highSurrogate.test(str)) return units;
	let count = units;
	for (let i = 0; i < units - 1; i++) if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
		count--;
		i++;
	}
	return count;
}
function getLengthableOrigin(input) {
	if (Array.isArray(input)) return "array";
	if (typeof input === "string") return "string";
	return "unknown";
}
/**
* Installs a trait's members on its prototype. Each value builds that member for the instance on first read; the built value shadows the accessor as an own property, so a detached `const { parse } = schema` keeps working.
*
* Call this from a `proto` initializer, which runs once per prototype — never per instance.
*/
function members(proto, table) {
	for (const key in table) {
		const desc = Object.getOwnPropertyDescriptor(table, key);
		if (desc.get) Object.defineProperty(proto, key, {
			...desc,
			enumerable: false
		});
		else defineBound(proto, key, desc.value);
	}
}
/** Shadows a prototype member with an own value, so a getter that builds from the instance runs once. */
function own(inst, key, value, enumerable = true) {
	Object.defineProperty(inst, key, {
		configurable: true,
		writable: true,
		enumerable,
		value
	});
	return value;
}
/** Like {@link own}, for a member that was never an own data property and has to stay out of `Object.keys`. */
function hide(inst, key, value) {
	return own(inst, key, value, false);
}
function defineBound(proto, key, fn) {
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			return this == null ? fn : own(this, key, fn.bind(this));
		},
		set(value) {
			own(this, key, value);
		}
	});
}
/** Returns the prototype to install on, or `undefined` if this group is already installed on it. */
function claim(inst, sentinel) {
	const proto = Object.getPrototypeOf(inst);
	return sentinel in proto ? void 0 : proto;
}
let installing;
let broke = false;
const breaker = {
	configurable: true,
	get() {
		broke = true;
	}
};
/**
* Installs a lazily-derived internal on the `_zod` prototype of `inst`'s
* constructor, computed from the internals object itself and cached there on
* first read. One accessor per constructor rather than one per instance.
*/
function defineLazyInternal(inst, key, compute) {
	const proto = Object.getPrototypeOf(inst._zod);
	if (key in proto && installing !== inst._zod) {
		installing = void 0;
		return;
	}
	installing = inst._zod;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			Object.defineProperty(this, key, breaker);
			const outer = broke;
			broke = false;
			try {
				const value = compute(this);
				if (broke) delete this[key];
				else Object.defineProperty(this, key, {
					configurable: true,
					writable: true,
					value
				});
				broke = broke || outer;
				return value;
			} catch (err) {
				delete this[key];
				broke = broke || outer;
				throw err;
			}
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				value
			});
		}
	});
}
/**
* Installs `key` on `inst`'s prototype, computed by `make` on first read and cached there as an own
* data property. One accessor per constructor rather than one per instance, because an own accessor
* puts every instance after the first into v8 dictionary mode. The key doubles as the sentinel.
*/
function installLazyProp(inst, key, make, enumerable) {
	const proto = claim(inst, key);
	if (!proto) return;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			const desc = {
				configurable: true,
				writable: true,
				enumerable,
				value: void 0
			};
			Object.defineProperty(this, key, desc);
			desc.value = make(this);
			Object.defineProperty(this, key, desc);
			return desc.value;
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				enumerable,
				value
			});
		}
	});
}
/** Marks the thunk `_catch` synthesises for a constant catch value. `Function.length` cannot tell that thunk from a user callback — rest and defaulted parameters both report arity 0 — and a user callback reads `ctx.error`, whose issues only finalize correctly against the caller's per-parse error map. Provenance can say what arity cannot. A plain string key rather than `Symbol.for`, whose call at module scope no bundler can prove pure — the same shape that anchored `urlCanParse` into every build. */
const CONSTANT_CATCH = "~constantCatch";
/** Wraps a constant catch value in a thunk tagged with {@link CONSTANT_CATCH}. */
function constantCatch(value) {
	const fn = () => value;
	fn[CONSTANT_CATCH] = true;
	return fn;
}
var _a;
const _zodDesc = {
	value: void 0,
	enumerable: false
};
let _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
	const E = _E;
	if (E) {
		const saved = E.stackTraceLimit;
		if (typeof saved === "number") {
			try {
				E.stackTraceLimit = 0;
			} catch {
				_E = null;
				return new Definition();
			}
			try {
				return new Definition();
			} finally {
				E.stackTraceLimit = saved;
			}
		}
	}
	return new Definition();
}
/* @__NO_SIDE_EFFECTS__ */
function $constructor(name, initializer, proto, params) {
	const zodProto = {};
	function Internals(def) {
		this.def = def;
		this.constr = _;
		this.traits = /* @__PURE__ */ new Set();
	}
	Internals.prototype = zodProto;
	const protoMembers = proto;
	const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
	function init(inst, def) {
		if (!inst._zod) {
			_zodDesc.value = new Internals(def);
			try {
				Object.defineProperty(inst, "_zod", _zodDesc);
			} finally {
				_zodDesc.value = void 0;
			}
		} else if (inst._zod.traits.has(name)) return;
		inst._zod.traits.add(name);
		initializer(inst, def);
		if (initialized) {
			const own = Object.getPrototypeOf(inst);
			const ctorProto = inst._zod.constr.prototype;
			let up = own;
			while (up && up !== ctorProto) up = Object.getPrototypeOf(up);
			const target = up ?? own;
			if (!initialized.has(target)) {
				initialized.add(target);
				members(target, protoMembers);
			}
		}
		const proto = _.prototype;
		for (const k in proto) {
			if (!Object.prototype.hasOwnProperty.call(proto, k)) continue;
			if (!(k in inst)) inst[k] = proto[k].bind(inst);
		}
	}
	const Parent = params?.Parent ?? Object;
	class Definition extends Parent {}
	Object.defineProperty(Definition, "name", { value: name });
	function _(def) {
		const inst = params?.Parent ? newError(Definition) : this;
		init(inst, def);
		const deferred = inst._zod.deferred;
		if (deferred) {
			for (const fn of deferred) fn();
			inst._zod.deferred = void 0;
		}
		const pp = globalThis.__zod_globalConfig?.postProcessor;
		if (pp) pp(inst);
		return inst;
	}
	Object.defineProperty(_, "init", { value: init });
	Object.defineProperty(_, Symbol.hasInstance, { value: (inst) => {
		if (params?.Parent && inst instanceof params.Parent) return true;
		return inst?._zod?.traits?.has(name);
	} });
	Object.defineProperty(_, "name", { value: name });
	return _;
}
var $ZodAsyncError = class extends Error {
	constructor() {
		super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
	}
};
(_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});
const globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
	if (newConfig) Object.assign(globalConfig, newConfig);
	return globalConfig;
}
function _getMessage() {
	const internals = this._zod;
	internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
	return internals.message;
}
function _setMessage(value) {
	this._zod.message = value;
}
const _messageDesc = {
	get: _getMessage,
	set: _setMessage,
	enumerable: true,
	configurable: true
};
const _issuesDesc = {
	value: void 0,
	enumerable: false
};
const _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
const initializer = (inst, def) => {
	inst.name = "$ZodError";
	_issuesDesc.value = def;
	Object.defineProperty(inst, "issues", _issuesDesc);
	_issuesDesc.value = void 0;
	Object.defineProperty(inst, "message", _messageDesc);
	const proto = Object.getPrototypeOf(inst);
	if (!_installedToString.has(proto)) {
		_installedToString.add(proto);
		Object.defineProperty(proto, "toString", {
			configurable: true,
			enumerable: false,
			get() {
				const value = () => this.message;
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
				return value;
			},
			set(value) {
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
			}
		});
	}
};
const $ZodRealError = /* @__PURE__ */ $constructor("$ZodError", initializer, void 0, { Parent: Error });
const _parse = (_Err) => {
	const fn = (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: false
		} : { async: false };
		const result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) throw new $ZodAsyncError();
		if (result.issues.length) {
			const e = new ((_params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, _params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const parse = /* @__PURE__*/ _parse($ZodRealError);
const _parseAsync = (_Err) => {
	const fn = async (schema, value, _ctx, params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: true
		} : { async: true };
		let result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) result = await result;
		if (result.issues.length) {
			const e = new ((params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const parseAsync = /* @__PURE__*/ _parseAsync($ZodRealError);
const _safeParse = (_Err) => (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: false
	} : { async: false };
	const result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) throw new $ZodAsyncError();
	return result.issues.length ? failure$1(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
const safeParse = /* @__PURE__*/ _safeParse($ZodRealError);
function failure$1(Err, issues, ctx) {
	let error;
	return {
		success: false,
		get error() {
			if (!error) {
				error = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
				issues = void 0;
				ctx = void 0;
			}
			return error;
		},
		set error(e) {
			error = e;
			issues = void 0;
			ctx = void 0;
		}
	};
}
const _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: true
	} : { async: true };
	let result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) result = await result;
	return result.issues.length ? failure$1(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
const safeParseAsync = /* @__PURE__*/ _safeParseAsync($ZodRealError);
const anyString = /^[\s\S]{0,}$/;
const number$1 = /^-?\d+(?:\.\d+)?$/;
const $ZodCheck = /*@__PURE__*/ $constructor("$ZodCheck", (inst, def) => {
	var _a;
	inst._zod ?? (inst._zod = {});
	inst._zod.def = def;
	(_a = inst._zod).onattach ?? (_a.onattach = []);
});
/** Default `when` for length-based checks: run only on non-nullish values with a `length`. */
const _whenHasLength = (payload) => {
	const val = payload.value;
	return !nullish(val) && val.length !== void 0;
};
const $ZodCheckMinLength = /*@__PURE__*/ $constructor("$ZodCheckMinLength", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		if ((typeof input === "string" && units >= def.minimum && units < def.minimum * 2 ? codePointLength(input) : units) >= def.minimum) return;
		const origin = getLengthableOrigin(input);
		payload.issues.push({
			origin,
			code: "too_small",
			minimum: def.minimum,
			inclusive: true,
			input,
			inst,
			continue: !def.abort
		});
	};
});
const version = {
	major: 4,
	minor: 6,
	patch: 7
};
const $ZodType = /*@__PURE__*/ $constructor("$ZodType", (inst, def) => {
	var _a;
	inst ?? (inst = {});
	inst._zod.def = def;
	inst._zod.bag = inst._zod.bag || {};
	inst._zod.version = version;
	const defChecks = inst._zod.def.checks;
	const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
	for (const ch of checks) for (const fn of ch._zod.onattach) fn(inst);
	if (checks.length === 0) {
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred?.push(() => {
			inst._zod.run = inst._zod.parse;
		});
	} else {
		const runChecks = (payload, checks, ctx) => {
			if (payload.memo) return payload;
			let isAborted = aborted(payload);
			let asyncResult;
			for (const ch of checks) {
				if (ch._zod.def.when) {
					if (explicitlyAborted(payload)) continue;
					if (!ch._zod.def.when(payload)) continue;
				} else if (isAborted) continue;
				const currLen = payload.issues.length;
				const _ = ch._zod.check(payload);
				if (_ instanceof Promise && ctx?.async === false) throw new $ZodAsyncError();
				if (asyncResult || _ instanceof Promise) asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
					await _;
					if (payload.issues.length === currLen) return;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				});
				else {
					if (payload.issues.length === currLen) continue;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				}
			}
			if (asyncResult) return asyncResult.then(() => {
				return payload;
			});
			return payload;
		};
		const handleCanaryResult = (canary, payload, ctx) => {
			if (aborted(canary)) {
				canary.aborted = true;
				return canary;
			}
			const checkResult = runChecks(payload, checks, ctx);
			if (checkResult instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return checkResult.then((checkResult) => inst._zod.parse(checkResult, ctx));
			}
			return inst._zod.parse(checkResult, ctx);
		};
		inst._zod.run = (payload, ctx) => {
			if (ctx.skipChecks) return inst._zod.parse(payload, ctx);
			if (ctx.direction === "backward") {
				const canary = inst._zod.parse({
					value: payload.value,
					issues: []
				}, {
					...ctx,
					skipChecks: true
				});
				if (canary instanceof Promise) return canary.then((canary) => {
					return handleCanaryResult(canary, payload, ctx);
				});
				return handleCanaryResult(canary, payload, ctx);
			}
			const result = inst._zod.parse(payload, ctx);
			if (result instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return result.then((result) => runChecks(result, checks, ctx));
			}
			return runChecks(result, checks, ctx);
		};
	}
}, {
	get "~standard"() {
		return hide(this, "~standard", standardProps(this));
	},
	set "~standard"(value) {
		own(this, "~standard", value);
	}
});
/** The Standard Schema surface for `inst`. Shared so wrappers can extend it without forcing it. */
const toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync(inst, value) {
	const ctx = { async: true };
	return toStandardResult(await inst._zod.run({
		value,
		issues: []
	}, ctx), ctx);
}
function standardProps(inst) {
	return {
		validate: (value) => {
			const ctx = { async: false };
			try {
				const r = inst._zod.run({
					value,
					issues: []
				}, ctx);
				if (!(r instanceof Promise)) return toStandardResult(r, ctx);
			} catch (_) {}
			return validateAsync(inst, value);
		},
		vendor: "zod",
		version: 1
	};
}
const $ZodString = /*@__PURE__*/ $constructor("$ZodString", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = def.pattern ?? anyString;
	inst._zod.parse = (payload, _) => {
		if (def.coerce) try {
			payload.value = String(payload.value);
		} catch (_) {}
		if (typeof payload.value === "string") return payload;
		payload.issues.push({
			expected: "string",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
const $ZodNumber = /*@__PURE__*/ $constructor("$ZodNumber", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = number$1;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Number(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) return payload;
		const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
		payload.issues.push({
			expected: "number",
			code: "invalid_type",
			input,
			inst,
			...received ? { received } : {}
		});
		return payload;
	};
});
const $ZodUnknown = /*@__PURE__*/ $constructor("$ZodUnknown", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload) => payload;
});
function capSize(inst, size) {
	const caps = sizeCaps(inst._zod.def.checks);
	if (!caps.length) return;
	const cap = Math.min(...caps.map((c) => c[0]));
	const parse = inst._zod.parse;
	inst._zod.parse = (payload, ctx) => {
		const n = size(payload.value);
		if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
			for (const [max, ch] of sizeCaps(inst._zod.def.checks)) if (n > max && ch._zod.def.when(payload)) {
				const start = payload.issues.length;
				ch._zod.check(payload);
				payload.issues[start].continue = false;
				attachSchema(payload.issues, start, inst);
				return payload;
			}
		}
		return parse(payload, ctx);
	};
}
const arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
	if (result.issues.length) final.issues.push(...prefixIssues(index, result.issues));
	final.value[index] = result.value;
}
const $ZodArray = /*@__PURE__*/ $constructor("$ZodArray", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!Array.isArray(input)) {
			payload.issues.push({
				expected: "array",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
		const proms = [];
		const abortEarly = ctx?.abortEarly;
		for (let i = 0; i < input.length; i++) {
			const item = input[i];
			const result = def.element._zod.run({
				value: item,
				issues: []
			}, ctx);
			if (result instanceof Promise) proms.push(result.then((result) => handleArrayResult(result, payload, i)));
			else {
				handleArrayResult(result, payload, i);
				if (abortEarly && result.issues.length !== 0 && aborted(result)) break;
			}
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
	capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
	const isPresent = key in input;
	const isOptionalOut = optout === "optional";
	if (!isPresent && isOptionalOut && optin === "optional") return;
	if (result.issues.length) {
		if (optin !== void 0 && isOptionalOut && !isPresent) return;
		final.issues.push(...prefixIssues(key, result.issues));
	}
	if (!isPresent && optin === void 0) {
		if (!result.issues.length) final.issues.push({
			code: "invalid_type",
			expected: "nonoptional",
			input: void 0,
			path: [key]
		});
		return;
	}
	if (result.value === void 0) {
		if (isPresent || optin === "defaulted" && !isOptionalOut) final.value[key] = void 0;
	} else final.value[key] = result.value;
}
const NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
	const keys = Object.keys(def.shape);
	const ownSymbols = Object.getOwnPropertySymbols(def.shape);
	const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
	const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
	for (const k of allKeys) if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
	const okeys = optionalKeys(def.shape);
	return {
		...def,
		allKeys,
		symbolKeys,
		keySet: new Set(keys),
		numKeys: keys.length,
		optionalKeys: new Set(okeys)
	};
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
	const unrecognized = [];
	const keySet = def.keySet;
	const _catchall = def.catchall._zod;
	const t = _catchall.def.type;
	const optin = _catchall.optin;
	const optout = _catchall.optout;
	let seen = 0;
	for (const key in input) {
		if (abortEarly && payload.issues.length !== seen) {
			if (aborted(payload, seen)) break;
			seen = payload.issues.length;
		}
		if (keySet.has(key)) continue;
		if (key === "__proto__") {
			if (t === "never") unrecognized.push(key);
			continue;
		}
		if (t === "never") {
			unrecognized.push(key);
			continue;
		}
		const r = _catchall.run({
			value: input[key],
			issues: []
		}, ctx);
		if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
		else handlePropertyResult(r, payload, key, input, optin, optout);
	}
	if (unrecognized.length) payload.issues.push({
		code: "unrecognized_keys",
		keys: unrecognized,
		input,
		inst,
		continue: true
	});
	if (!proms.length) return payload;
	return Promise.all(proms).then(() => {
		return payload;
	});
}
const $ZodObject = /*@__PURE__*/ $constructor("$ZodObject", (inst, def) => {
	$ZodType.init(inst, def);
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	const sh = desc?.get ? desc.get.raw : def.shape ?? {};
	if (sh) {
		const get = () => {
			const newSh = { ...sh };
			Object.defineProperty(def, "shape", { value: newSh });
			get.raw = newSh;
			return newSh;
		};
		get.raw = sh;
		Object.defineProperty(def, "shape", { get });
	}
	const _normalized = cached(() => normalizeDef(def));
	defineLazyInternal(inst, "propValues", (zod) => {
		const shape = zod.def.shape;
		const propValues = {};
		for (const key in shape) {
			const field = shape[key]._zod;
			if (field.values) {
				if (!Object.prototype.hasOwnProperty.call(propValues, key)) assignProp(propValues, key, /* @__PURE__ */ new Set());
				for (const v of field.values) propValues[key].add(v);
				if (field.optin !== void 0) propValues[key].add(void 0);
			}
		}
		return propValues;
	});
	const isObject$1 = isObject;
	const catchall = def.catchall;
	let value;
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject$1(input)) {
			payload.issues.push({
				expected: "object",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
		const proms = [];
		const shape = value.shape;
		const abortEarly = ctx?.abortEarly;
		let seen = payload.issues.length;
		for (const key of value.allKeys) {
			if (abortEarly && payload.issues.length !== seen) {
				if (aborted(payload, seen)) break;
				seen = payload.issues.length;
			}
			if (key === "__proto__") continue;
			const el = shape[key];
			const optin = el._zod.optin;
			const optout = el._zod.optout;
			const r = el._zod.run({
				value: input[key],
				issues: []
			}, ctx);
			if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
			else handlePropertyResult(r, payload, key, input, optin, optout);
		}
		if (!catchall) return proms.length ? Promise.all(proms).then(() => payload) : payload;
		return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
	};
});
const $ZodTuple = /*@__PURE__*/ $constructor("$ZodTuple", (inst, def) => {
	$ZodType.init(inst, def);
	const items = def.items;
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!Array.isArray(input)) {
			payload.issues.push({
				input,
				inst,
				expected: "tuple",
				code: "invalid_type"
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, [], ctx) : [];
		const proms = [];
		const optinStart = getTupleOptStart(items, "optin");
		const optoutStart = getTupleOptStart(items, "optout");
		if (!def.rest) {
			if (input.length < optinStart) {
				payload.issues.push({
					code: "too_small",
					minimum: optinStart,
					inclusive: true,
					input,
					inst,
					origin: "array"
				});
				return payload;
			}
			if (input.length > items.length) payload.issues.push({
				code: "too_big",
				maximum: items.length,
				inclusive: true,
				input,
				inst,
				origin: "array"
			});
		}
		const itemResults = new Array(items.length);
		const abortEarly = def.rest ? ctx?.abortEarly : void 0;
		let itemAborted = false;
		for (let i = 0; i < items.length; i++) {
			const r = items[i]._zod.run({
				value: input[i],
				issues: []
			}, ctx);
			if (r instanceof Promise) proms.push(r.then((rr) => {
				itemResults[i] = rr;
			}));
			else {
				itemResults[i] = r;
				if (abortEarly && !itemAborted && r.issues.length) itemAborted = aborted(r);
			}
		}
		if (def.rest && !itemAborted) {
			let i = items.length - 1;
			const rest = input.slice(items.length);
			let seen = payload.issues.length;
			for (const el of rest) {
				if (abortEarly && payload.issues.length !== seen) {
					if (aborted(payload, seen)) break;
					seen = payload.issues.length;
				}
				i++;
				const result = def.rest._zod.run({
					value: el,
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((r) => handleTupleResult(r, payload, i)));
				else handleTupleResult(result, payload, i);
			}
		}
		if (proms.length) return Promise.all(proms).then(() => handleTupleResults(itemResults, payload, items, input, optoutStart));
		return handleTupleResults(itemResults, payload, items, input, optoutStart);
	};
});
function getTupleOptStart(items, key) {
	for (let i = items.length - 1; i >= 0; i--) if (!(key === "optin" ? items[i]._zod.optin !== void 0 : items[i]._zod.optout === "optional")) return i + 1;
	return 0;
}
function handleTupleResult(result, final, index) {
	if (result.issues.length) final.issues.push(...prefixIssues(index, result.issues));
	final.value[index] = result.value;
}
function handleTupleResults(itemResults, final, items, input, optoutStart) {
	for (let i = 0; i < items.length; i++) {
		const r = itemResults[i];
		const isPresent = i < input.length;
		if (!isPresent && i >= optoutStart && items[i]._zod.optin === "optional") {
			final.value.length = i;
			break;
		}
		if (r.issues.length) {
			if (!isPresent && i >= optoutStart) {
				final.value.length = i;
				break;
			}
			final.issues.push(...prefixIssues(i, r.issues));
		}
		final.value[i] = r.value;
	}
	for (let i = final.value.length - 1; i >= input.length; i--) if (items[i]._zod.optout === "optional" && final.value[i] === void 0) final.value.length = i;
	else break;
	return final;
}
const $ZodEnum = /*@__PURE__*/ $constructor("$ZodEnum", (inst, def) => {
	$ZodType.init(inst, def);
	const values = getEnumValues(def.entries);
	const valuesSet = new Set(values);
	inst._zod.values = valuesSet;
	defineLazyInternal(inst, "pattern", (zod) => {
		const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
		return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (valuesSet.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values,
			input,
			inst
		});
		return payload;
	};
});
function handleOptionalResult(payload, result) {
	payload.value = result.issues.length ? void 0 : result.value;
	return payload;
}
const $ZodOptional = /*@__PURE__*/ $constructor("$ZodOptional", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	inst._zod.optout = "optional";
	defineLazyInternal(inst, "values", (zod) => {
		const values = zod.def.innerType._zod.values;
		return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === void 0) {
			if (def.innerType._zod.optin !== "defaulted") return payload;
			const result = def.innerType._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) return result.then((result) => handleOptionalResult(payload, result));
			return handleOptionalResult(payload, result);
		}
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodNullable = /*@__PURE__*/ $constructor("$ZodNullable", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : void 0;
	});
	defineLazyInternal(inst, "values", (zod) => {
		return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === null) return payload;
		return def.innerType._zod.run(payload, ctx);
	};
});
function handleCatchResult(payload, result, def, ctx) {
	if (!result.issues.length) {
		payload.value = result.value;
		if (result.memo) payload.memo = true;
		return payload;
	}
	payload.value = def.catchValue({
		...result,
		value: payload.value,
		error: { issues: result.issues.map((iss) => finalizeIssue(iss, ctx, config())) },
		input: payload.value
	});
	return payload;
}
const $ZodCatch = /*@__PURE__*/ $constructor("$ZodCatch", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		const result = def.innerType._zod.run({
			value: payload.value,
			issues: []
		}, ctx);
		if (result instanceof Promise) return result.then((result) => handleCatchResult(payload, result, def, ctx));
		return handleCatchResult(payload, result, def, ctx);
	};
});
function snapshotChecks(def) {
	if (def.checks) def.checks = [...def.checks];
	return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class, params) {
	return new Class(snapshotChecks({
		type: "string",
		...normalizeParams(params)
	}));
}
// @__NO_SIDE_EFFECTS__
function _number(Class, params) {
	return new Class(snapshotChecks({
		type: "number",
		checks: [],
		...normalizeParams(params)
	}));
}
// @__NO_SIDE_EFFECTS__
function _unknown(Class) {
	return new Class({ type: "unknown" });
}
// @__NO_SIDE_EFFECTS__
function _minLength(minimum, params) {
	return new $ZodCheckMinLength({
		check: "min_length",
		...normalizeParams(params),
		minimum
	});
}
const ZodMiniType = /*@__PURE__*/ $constructor("ZodMiniType", (inst, def) => {
	if (!inst._zod) throw new Error("Uninitialized schema in ZodMiniType.");
	$ZodType.init(inst, def);
	inst.def = def;
	inst.type = def.type;
}, {
	get with() {
		return this.check;
	},
	set with(value) {
		own(this, "with", value);
	},
	parse(data, params) {
		return parse(this, data, params, { callee: this.parse });
	},
	parseAsync(data, params) {
		return parseAsync(this, data, params, { callee: this.parseAsync });
	},
	safeParse(data, params) {
		return safeParse(this, data, params);
	},
	safeParseAsync(data, params) {
		return safeParseAsync(this, data, params);
	},
	check(...checks) {
		const def = this.def;
		return this.clone({
			...def,
			checks: [...def.checks ?? [], ...checks.map((ch) => typeof ch === "function" ? { _zod: {
				check: ch,
				def: { check: "custom" },
				onattach: []
			} } : ch)]
		}, { parent: true });
	},
	clone(_def, params) {
		return clone(this, _def, params);
	},
	brand() {
		return this;
	},
	register(reg, meta) {
		reg.add(this, meta);
		return this;
	},
	apply(fn, ...args) {
		return args.length === 0 ? fn(this) : fn(this, ...args);
	}
});
const ZodMiniString = /*@__PURE__*/ $constructor("ZodMiniString", (inst, def) => {
	$ZodString.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function string(params) {
	return /* @__PURE__ */ _string(ZodMiniString, params);
}
const ZodMiniNumber = /*@__PURE__*/ $constructor("ZodMiniNumber", (inst, def) => {
	$ZodNumber.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function number(params) {
	return /* @__PURE__ */ _number(ZodMiniNumber, params);
}
const ZodMiniUnknown = /*@__PURE__*/ $constructor("ZodMiniUnknown", (inst, def) => {
	$ZodUnknown.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function unknown() {
	return /* @__PURE__ */ _unknown(ZodMiniUnknown);
}
const ZodMiniArray = /*@__PURE__*/ $constructor("ZodMiniArray", (inst, def) => {
	$ZodArray.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function array(element, params) {
	return new ZodMiniArray({
		type: "array",
		element,
		...normalizeParams(params)
	});
}
const ZodMiniObject = /*@__PURE__*/ $constructor("ZodMiniObject", (inst, def) => {
	$ZodObject.init(inst, def);
	ZodMiniType.init(inst, def);
	installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
});
// @__NO_SIDE_EFFECTS__
function looseObject(shape, params) {
	return new ZodMiniObject({
		type: "object",
		shape,
		catchall: /* @__PURE__ */ unknown(),
		...normalizeParams(params)
	});
}
const ZodMiniTuple = /*@__PURE__*/ $constructor("ZodMiniTuple", (inst, def) => {
	$ZodTuple.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function tuple(items, _paramsOrRest, _params) {
	const hasRest = _paramsOrRest instanceof $ZodType;
	return new ZodMiniTuple({
		type: "tuple",
		items,
		rest: hasRest ? _paramsOrRest : null,
		...normalizeParams(hasRest ? _params : _paramsOrRest)
	});
}
const ZodMiniEnum = /*@__PURE__*/ $constructor("ZodMiniEnum", (inst, def) => {
	$ZodEnum.init(inst, def);
	ZodMiniType.init(inst, def);
	inst.options = [...inst._zod.values];
});
// @__NO_SIDE_EFFECTS__
function _enum(values, params) {
	const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
	return new ZodMiniEnum({
		type: "enum",
		entries,
		...normalizeParams(params)
	});
}
const ZodMiniOptional = /*@__PURE__*/ $constructor("ZodMiniOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function optional(innerType) {
	return new ZodMiniOptional({
		type: "optional",
		innerType
	});
}
const ZodMiniNullable = /*@__PURE__*/ $constructor("ZodMiniNullable", (inst, def) => {
	$ZodNullable.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function nullable(innerType) {
	return new ZodMiniNullable({
		type: "nullable",
		innerType
	});
}
const ZodMiniCatch = /*@__PURE__*/ $constructor("ZodMiniCatch", (inst, def) => {
	$ZodCatch.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function _catch(innerType, catchValue) {
	return new ZodMiniCatch({
		type: "catch",
		innerType,
		catchValue: typeof catchValue === "function" ? catchValue : constantCatch(catchValue)
	});
}
/** The names of the session's cookie: the older name is the documented one; the newer one counts where both come. */
const COOKIE_NAMES = ["auth_key", "videobank_sessionid"];
const VENDOR_DOMAIN = ".eagleeyenetworks.com";
/** The cookie that a login with a code sets, and that spares the codes of later logins. */
const TFA_KEY = "tfa_key";
/** The hint that the vendor gives in place of a phone's number where the user has none. */
const NO_PHONE = /^no sms phone found$/i;
const text$1 = (/* @__PURE__ */ string()).check(/* @__PURE__ */ _minLength(1));
const hint = /* @__PURE__ */ optional(/* @__PURE__ */ nullable(/* @__PURE__ */ string()));
const authenticatedSchema = /* @__PURE__ */ looseObject({
	token: text$1,
	two_factor_authentication_code: /* @__PURE__ */ optional(/* @__PURE__ */ nullable(/* @__PURE__ */ looseObject({
		sms: hint,
		email: hint
	})))
});
const dataSchema = /* @__PURE__ */ looseObject({
	cookie: /* @__PURE__ */ _enum(COOKIE_NAMES),
	session: text$1,
	tfaKey: /* @__PURE__ */ optional(text$1)
});
/**
* Checks what a store gave back.
* @throws {UnexpectedResponse} (`unexpected_response`) with the paths that were wrong.
*/
function parseData(data) {
	return parseWith(dataSchema, data, "eagleeye", "the stored session");
}
/** The ways of a second factor that authenticate offers; `undefined` where it asks for none. */
function secondFactorOf(answer) {
	const hints = answer.two_factor_authentication_code;
	if (hints === void 0 || hints === null) return void 0;
	return ["sms", "email"].flatMap((type) => {
		const hint = hints[type];
		return typeof hint === "string" && hint !== "" && !NO_PHONE.test(hint) ? [{
			type,
			hint
		}] : [];
	});
}
/** The session's cookie out of any number of `Set-Cookie` lines; one that is only deleted is none. */
function sessionCookie(headers) {
	for (const cookie of COOKIE_NAMES) {
		const session = lastCookie(headers, cookie);
		if (session !== void 0 && session !== "") return {
			cookie,
			session
		};
	}
}
/** The `tfa_key` after an answer: the one that it sets, none where it deletes it, else the one before it. */
function tfaKeyAfter(headers, before) {
	const set = lastCookie(headers, TFA_KEY) ?? before;
	return set === "" ? void 0 : set;
}
/** The value that is set last for a cookie; `""` where it is only deleted, `undefined` where it is not mentioned. */
function lastCookie(headers, wanted) {
	const found = parseSetCookie(headers.getSetCookie(), {
		decodeValues: false,
		split: false,
		silent: true
	}).findLast(({ name }) => name === wanted);
	if (found === void 0) return void 0;
	return (found.maxAge ?? 1) > 0 ? found.value : "";
}
/** A session among cookies that were given, for example out of curl's `cookies.txt`. */
function givenCookies(cookies) {
	for (const cookie of COOKIE_NAMES) {
		const session = cookies[cookie];
		if (session !== void 0 && session !== "") return withTfaKey({
			cookie,
			session
		}, cookies[TFA_KEY]);
	}
}
/** A session's secrets, with the `tfa_key` where there is one. */
function withTfaKey(cookie, tfaKey) {
	return tfaKey === void 0 || tfaKey === "" ? cookie : {
		...cookie,
		tfaKey
	};
}
/** Whether a base URL is the vendor's own, so that calls move to the brand's host after signing in. */
function isVendorHost(baseUrl) {
	return baseUrl.hostname.endsWith(VENDOR_DOMAIN);
}
/** The origins that may see a session that was opened at the vendor's own host. */
const VENDOR_ORIGINS = [`https://*${VENDOR_DOMAIN}`];
/**
* Where calls go for a brand.
* @param subdomain comes from the vendor's answer, so that it must be one label: a dot or a slash could lead elsewhere.
* @throws {UnexpectedResponse} (`unexpected_response`) with the path `active_brand_subdomain`.
*/
function brandUrl(subdomain) {
	if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(subdomain)) return new URL(`https://${subdomain}${VENDOR_DOMAIN}/`);
	throw new UnexpectedResponse("eagleeye", "`active_brand_subdomain` in the answer to authorize is not the name of a host, so calls cannot be sent there. Ask the vendor's support.", {
		paths: ["active_brand_subdomain"],
		status: 200
	});
}
/** How long the token lives between the two steps, in ms; and where a second factor has to be asked for. */
const TOKEN_LIFETIME = 3e4;
const TOKEN_LIFETIME_SECOND_FACTOR = 9e5;
function createSteps({ body, transport, realm, apiKey, tfaKeyIn }) {
	const keyHeader = apiKey === void 0 ? {} : { authentication: apiKey };
	function carry(fields) {
		return body === "json" ? { json: fields } : { body: new URLSearchParams(fields) };
	}
	function credential({ cookie, session }) {
		if (transport === "query") return {
			headers: keyHeader,
			searchParams: { A: session }
		};
		return {
			headers: keyHeader,
			cookies: { [cookie]: session }
		};
	}
	return {
		credential,
		async authenticate(context, tfaKey) {
			const { username, password } = await context.credentials();
			const sentAt = context.now();
			const inBody = tfaKey !== void 0 && tfaKeyIn === "parameter" ? { tfa_key: tfaKey } : {};
			const inCookie = tfaKey !== void 0 && tfaKeyIn === "cookie" ? { cookie: `tfa_key=${tfaKey}` } : {};
			const request = {
				...carry({
					username,
					password,
					...realm === void 0 ? {} : { realm },
					...inBody
				}),
				headers: {
					...keyHeader,
					...inCookie
				}
			};
			const answer = await context.send("g/aaa/authenticate", request);
			if (!answer.ok) throw authenticateFailure(answer, tfaKey !== void 0);
			const found = answer.json(authenticatedSchema);
			const secondFactor = secondFactorOf(found);
			const lifetime = secondFactor === void 0 ? TOKEN_LIFETIME : TOKEN_LIFETIME_SECOND_FACTOR;
			return {
				token: found.token,
				usableUntil: sentAt + lifetime,
				secondFactor
			};
		},
		async sendCode(context, token, type) {
			const request = {
				...carry({
					token,
					two_factor_authentication_type: type
				}),
				headers: keyHeader
			};
			const answer = await context.send("g/aaa/two_factor_authenticate", request);
			if (answer.ok) return void 0;
			const failure = sendFailure(answer, type);
			if (answer.status === 412 || answer.status === 415) return failure;
			throw failure;
		},
		authorize(context, token, code) {
			const fields = {
				token,
				...code === void 0 ? {} : { two_factor_authentication_code: code }
			};
			return context.send("g/aaa/authorize", {
				...carry(fields),
				headers: keyHeader
			});
		},
		asSession(context, session, home, path, { method = "POST", fields } = {}) {
			const { searchParams = {}, cookies = {} } = credential(session);
			const url = new URL(path, home);
			for (const [name, value] of Object.entries(searchParams)) url.searchParams.set(name, value);
			const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
			const headers = {
				...keyHeader,
				...cookie.length === 0 ? {} : { cookie: cookie.join("; ") }
			};
			return context.send(url, {
				method,
				...fields === void 0 ? {} : carry(fields),
				headers
			});
		}
	};
}
const required = (/* @__PURE__ */ string()).check(/* @__PURE__ */ _minLength(1));
const text = /* @__PURE__ */ _catch(/* @__PURE__ */ optional(/* @__PURE__ */ nullable(/* @__PURE__ */ string())), void 0);
const texts = /* @__PURE__ */ _catch(/* @__PURE__ */ optional(/* @__PURE__ */ array(/* @__PURE__ */ string())), void 0);
const flag = /* @__PURE__ */ _catch(/* @__PURE__ */ optional(/* @__PURE__ */ number()), void 0);
/** The user, with what is not of its documented type left out. */
const userSchema = /* @__PURE__ */ looseObject({
	id: required,
	active_brand_subdomain: required,
	user_id: text,
	uid: text,
	email: text,
	alternate_email: text,
	first_name: text,
	last_name: text,
	owner_account_id: text,
	active_account_id: text,
	timezone: text,
	utc_offset: /* @__PURE__ */ _catch(/* @__PURE__ */ optional(/* @__PURE__ */ nullable(/* @__PURE__ */ number())), void 0),
	last_login: text,
	phone: text,
	mobile_phone: text,
	sms_phone: text,
	street: texts,
	city: text,
	state: text,
	postal_code: text,
	country: text,
	json: text,
	layouts: texts,
	camera_access: /* @__PURE__ */ _catch(/* @__PURE__ */ optional(/* @__PURE__ */ array(/* @__PURE__ */ tuple([/* @__PURE__ */ string(), /* @__PURE__ */ string()]))), void 0),
	notify_period: texts,
	notify_rule: texts,
	access_period: texts,
	is_active: flag,
	is_pending: flag,
	is_branded: flag,
	is_master: flag,
	is_staff: flag,
	is_superuser: flag,
	is_account_superuser: flag,
	is_user_admin: flag,
	is_device_admin: flag,
	is_layout_admin: flag,
	is_live_video: flag,
	is_recorded_video: flag,
	is_export_video: flag,
	is_notify_enable: flag,
	is_sms_include_picture: flag
});
/**
* Signs in to Eagle Eye Networks: user name and password for a token, the token and maybe a code for the session's
* cookie, and where an account is given, the switch to it.
*
* A token is sent to authorize once. Whatever goes wrong with it, the login starts again at authenticate.
* @see Eagle Eye Networks API, "Authentication"
*/
function eagleEyeFlow(options) {
	const { baseUrl, realm, apiKey, account } = options;
	const atVendor = isVendorHost(baseUrl);
	const steps = createSteps(options);
	const identity = identityOf(realm, account);
	function opened(data, user) {
		return {
			data,
			user,
			baseUrl: atVendor ? brandUrl(user.active_brand_subdomain) : baseUrl
		};
	}
	async function remembered(context) {
		const { previous } = context;
		if (previous?.data.tfaKey === void 0) return void 0;
		return (await context.credentials()).username === previous.account ? previous.data.tfaKey : void 0;
	}
	async function authorized(context, tfaKey) {
		let ticket = await steps.authenticate(context, tfaKey);
		if (ticket.secondFactor === void 0 && context.now() > ticket.usableUntil) ticket = await steps.authenticate(context, tfaKey);
		const { token, secondFactor } = ticket;
		const byCode = secondFactor !== void 0;
		const answer = byCode ? await authorizeByCode(context, steps, ticket, secondFactor) : await steps.authorize(context, token);
		if (!answer.ok) throw authorizeFailure(answer, byCode);
		const user = answer.json(userSchema);
		return opened(withTfaKey(cookieIn(answer), tfaKeyAfter(answer.headers, byCode ? void 0 : tfaKey)), user);
	}
	async function switched(context, session, to) {
		const { data, baseUrl: home } = session;
		const answer = await steps.asSession(context, data, home, "g/aaa/switch_account", { fields: { account_id: to } });
		if (!answer.ok) throw switchFailure(answer);
		const found = await steps.asSession(context, data, home, "g/user", { method: "GET" });
		if (!found.ok) throw found.failure();
		return {
			...session,
			user: found.json(userSchema)
		};
	}
	async function signOut(context, data, home) {
		const answer = await steps.asSession(context, data, home, "g/aaa/logout");
		if (!answer.ok && answer.status !== 401) throw answer.failure();
	}
	return {
		vendor: "eagleeye",
		baseUrl,
		...identity === void 0 ? {} : { identity },
		...atVendor ? { allowedOrigins: VENDOR_ORIGINS } : {},
		async login(context) {
			const session = await authorized(context, await remembered(context));
			if (account === void 0) return session;
			try {
				return await switched(context, session, account);
			} catch (error) {
				const failure = await signOut(context, session.data, session.baseUrl).catch((thrown) => thrown);
				if (context.signal.aborted || isVmsError(failure) && failure.code === "session_closed") return session;
				throw error;
			}
		},
		async resume(context, cookies) {
			const given = givenCookies(cookies);
			if (given === void 0) return void 0;
			const data = withTfaKey(given, given.tfaKey ?? await remembered(context));
			const headers = { ...apiKey === void 0 ? {} : { authentication: apiKey } };
			const cookie = `${data.cookie}=${data.session}`;
			const answer = await context.send("g/user", {
				method: "GET",
				headers: {
					...headers,
					cookie
				}
			});
			if (answer.status === 401) return void 0;
			if (!answer.ok) throw answer.failure();
			const session = opened(data, answer.json(userSchema));
			if (account === void 0) return session;
			return switched(context, session, account).catch((error) => {
				if (isVmsError(error) && error.status === 401) return void 0;
				throw error;
			});
		},
		authorize: ({ data }) => steps.credential(data),
		outlives: ({ tfaKey }) => tfaKey !== void 0,
		logout: (context, { baseUrl: home, data }) => signOut(context, data, home),
		parse: parseData
	};
}
function identityOf(realm, account) {
	return account === void 0 ? realm : JSON.stringify([realm ?? null, account]);
}
function cookieIn(answer) {
	const cookie = sessionCookie(answer.headers);
	if (cookie !== void 0) return cookie;
	throw new UnexpectedResponse("eagleeye", "authorize was answered without a session cookie. Check the base URL; in a browser, cookies cannot be read at all.", {
		status: answer.status,
		paths: ["Set-Cookie: auth_key", "Set-Cookie: videobank_sessionid"]
	});
}
/**
* Asks the vendor whether the session is alive: 200 yes, 401 no. It goes past `session.fetch`, because a refused call
* there signs in anew.
* @see Eagle Eye Networks API, "Is Auth"
*/
async function isAuthenticated(session, options, { signal }) {
	signal?.throwIfAborted();
	const { info } = session;
	if (info === void 0) return false;
	const { headers, searchParams } = await session.authorization(signal === void 0 ? {} : { signal });
	const url = new URL("g/aaa/isauth", info.baseUrl);
	for (const [name, value] of Object.entries(searchParams)) url.searchParams.set(name, value);
	const send = options.fetch ?? globalThis.fetch;
	const deadline = AbortSignal.timeout(options.timeout ?? 3e4);
	let response;
	try {
		response = await send(url, {
			headers: {
				accept: "application/json",
				"user-agent": options.userAgent ?? "vms-eagleeye",
				...headers
			},
			redirect: "manual",
			signal: signal === void 0 ? deadline : AbortSignal.any([signal, deadline])
		});
	} catch {
		signal?.throwIfAborted();
		throw new VendorUnavailable("eagleeye", "GET g/aaa/isauth got no answer. Check the network and the vendor's status.");
	}
	response.body?.cancel().catch(() => {});
	const { status } = response;
	if (status === 200) return true;
	if (status === 401) return false;
	throw failure(status, parseRetryAfter(response.headers.get("retry-after"), Date.now()));
}
function failure(status, retryAfter) {
	const what = `GET g/aaa/isauth was answered ${status}`;
	if (status === 429) return new RateLimited("eagleeye", `${what}: too many requests. Ask less often.`, {
		status,
		retryAfter
	});
	if (status >= 500) return new VendorUnavailable("eagleeye", `${what}: the vendor's server failed.`, { status });
	return new UnexpectedResponse("eagleeye", `${what}, which the vendor does not document. Check the base URL.`, { status });
}
const WRONG_ACCOUNT = "`account` must be the id of an account as a string, for example \"00004206\".";
const DEFAULT_BASE_URL = "https://login.eagleeyenetworks.com";
/**
* Makes a session with Eagle Eye Networks (classic API). It does no I/O: the first call signs in.
* The vendor does not tell how long a session lives: give `lifetime` and `idleTimeout` if you know your account's.
* @throws {InvalidOptions} (`invalid_options`) naming the option that is missing or malformed.
* @throws {InsecureTransport} (`insecure_transport`) for `http://` to a host that is not loopback.
* @see Eagle Eye Networks API, "Authentication"
*/
function createEagleEyeSession(options) {
	const { baseUrl, body = "form", transport = "cookie", tfaKeyIn = "parameter", realm, apiKey, account } = options ?? {};
	const check = (right, what) => {
		if (!right) throw new InvalidOptions("eagleeye", what);
	};
	check(body === "form" || body === "json", "`body` must be \"form\" or \"json\".");
	check(transport === "cookie" || transport === "query", "`transport` must be \"cookie\" or \"query\".");
	check(tfaKeyIn === "parameter" || tfaKeyIn === "cookie", "`tfaKeyIn` must be \"parameter\" or \"cookie\".");
	check(realm === void 0 || isText(realm), "`realm` must be a non-empty string.");
	check(apiKey === void 0 || typeof apiKey === "string" && /^[\x21-\x7e]+$/.test(apiKey), "`apiKey` must be a non-empty string of printable ASCII without spaces.");
	check(account === void 0 || isText(account), WRONG_ACCOUNT);
	const flow = eagleEyeFlow({
		baseUrl: parseBaseUrl("eagleeye", baseUrl ?? DEFAULT_BASE_URL),
		body,
		transport,
		realm,
		apiKey,
		tfaKeyIn,
		account
	});
	const session = createSession(flow, options);
	return Object.assign(session, {
		isAuthenticated: (wait = {}) => isAuthenticated(session, options, wait),
		switchAccount(to) {
			check(isText(to), WRONG_ACCOUNT);
			const { cookies: _, ...rest } = options;
			return createEagleEyeSession({
				...rest,
				account: to
			});
		}
	});
}
function isText(value) {
	return typeof value === "string" && value !== "";
}
export { createEagleEyeSession };
