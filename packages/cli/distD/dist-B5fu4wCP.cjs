const require_abort_BNdyHPhS = require("./abort-BNdyHPhS-C63OX1-p.cjs");
const require_session_parts_p54pbG4w = require("./session-parts-p54pbG4w-684dMOjw.cjs");
const require_dist = require("./dist-Dkganfzn.cjs");
// ../findface/dist/index.js
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
function nullish$1(input) {
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
function isPlainObject(o) {
	if (isObject(o) === false) return false;
	const ctor = o.constructor;
	if (ctor === void 0) return true;
	if (typeof ctor !== "function") return true;
	const prot = ctor.prototype;
	if (isObject(prot) === false) return false;
	if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) return false;
	return true;
}
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
const NUMBER_FORMAT_RANGES = /*@__PURE__*/ (() => ({
	safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
	int32: [-2147483648, 2147483647],
	uint32: [0, 4294967295],
	float32: [-34028234663852886e22, 34028234663852886e22],
	float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
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
function issue(...args) {
	const [iss, input, inst] = args;
	if (typeof iss === "string") return {
		message: iss,
		code: "custom",
		input,
		inst
	};
	return { ...iss };
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
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
const safeParse = /* @__PURE__*/ _safeParse($ZodRealError);
function failure(Err, issues, ctx) {
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
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
const safeParseAsync = /* @__PURE__*/ _safeParseAsync($ZodRealError);
const anyString = /^[\s\S]{0,}$/;
const number = /^-?\d+(?:\.\d+)?$/;
const boolean$1 = /^(?:true|false)$/i;
const $ZodCheck = /*@__PURE__*/ $constructor("$ZodCheck", (inst, def) => {
	var _a;
	inst._zod ?? (inst._zod = {});
	inst._zod.def = def;
	(_a = inst._zod).onattach ?? (_a.onattach = []);
});
/** Default `when` for length-based checks: run only on non-nullish values with a `length`. */
const _whenHasLength = (payload) => {
	const val = payload.value;
	return !nullish$1(val) && val.length !== void 0;
};
const $ZodCheckNumberFormat = /*@__PURE__*/ $constructor("$ZodCheckNumberFormat", (inst, def) => {
	$ZodCheck.init(inst, def);
	def.format = def.format || "float64";
	const isInt = def.format?.includes("int");
	const origin = isInt ? "int" : "number";
	const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
	inst._zod.check = (payload) => {
		const input = payload.value;
		if (isInt) {
			if (!Number.isInteger(input)) {
				payload.issues.push({
					expected: origin,
					format: def.format,
					code: "invalid_type",
					continue: false,
					input,
					inst
				});
				return;
			}
			if (!Number.isSafeInteger(input)) {
				if (input > 0) payload.issues.push({
					input,
					code: "too_big",
					maximum: Number.MAX_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				else payload.issues.push({
					input,
					code: "too_small",
					minimum: Number.MIN_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				return;
			}
		}
		if (input < minimum) payload.issues.push({
			origin: "number",
			input,
			code: "too_small",
			minimum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
		if (input > maximum) payload.issues.push({
			origin: "number",
			input,
			code: "too_big",
			maximum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
	};
});
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
	inst._zod.pattern = number;
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
const $ZodNumberFormat = /*@__PURE__*/ $constructor("$ZodNumberFormat", (inst, def) => {
	$ZodCheckNumberFormat.init(inst, def);
	$ZodNumber.init(inst, def);
});
const $ZodBoolean = /*@__PURE__*/ $constructor("$ZodBoolean", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = boolean$1;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Boolean(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "boolean") return payload;
		payload.issues.push({
			expected: "boolean",
			code: "invalid_type",
			input,
			inst
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
function handleUnionResults(results, final, inst, ctx) {
	for (const result of results) if (result.issues.length === 0) {
		final.value = result.value;
		return final;
	}
	const nonaborted = results.filter((r) => !aborted(r));
	if (nonaborted.length === 1) {
		final.value = nonaborted[0].value;
		return nonaborted[0];
	}
	final.issues.push({
		code: "invalid_union",
		input: final.value,
		inst,
		errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config())))
	});
	return final;
}
const $ZodUnion = /*@__PURE__*/ $constructor("$ZodUnion", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
	defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
	defineLazyInternal(inst, "values", (zod) => {
		if (zod.def.options.every((o) => o._zod.values)) return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		if (zod.def.options.every((o) => o._zod.pattern)) {
			const patterns = zod.def.options.map((o) => o._zod.pattern);
			return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
		}
	});
	const first = def.options.length === 1 ? def.options[0]._zod.run : null;
	inst._zod.parse = (payload, ctx) => {
		if (first) return first(payload, ctx);
		let async = false;
		const results = [];
		for (const option of def.options) {
			const result = option._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) {
				results.push(result);
				async = true;
			} else {
				if (result.issues.length === 0) return result;
				results.push(result);
			}
		}
		if (!async) return handleUnionResults(results, payload, inst, ctx);
		return Promise.all(results).then((results) => {
			return handleUnionResults(results, payload, inst, ctx);
		});
	};
});
const $ZodRecord = /*@__PURE__*/ $constructor("$ZodRecord", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!isPlainObject(input)) {
			payload.issues.push({
				expected: "record",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		const proms = [];
		const values = def.keyType._zod.values;
		if (values && !def.partial) {
			payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
			const recordKeys = /* @__PURE__ */ new Set();
			for (const key of values) if (typeof key === "string" || typeof key === "number" || typeof key === "symbol") {
				recordKeys.add(typeof key === "number" ? key.toString() : key);
				if (key === "__proto__") continue;
				const keyResult = def.keyType._zod.run({
					value: key,
					issues: []
				}, ctx);
				if (keyResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
				if (keyResult.issues.length) {
					payload.issues.push({
						code: "invalid_key",
						origin: "record",
						issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
						input: key,
						path: [key],
						inst
					});
					continue;
				}
				const outKey = keyResult.value;
				if (outKey === "__proto__") continue;
				const result = def.valueType._zod.run({
					value: input[key],
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((result) => {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}));
				else {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}
			}
			let unrecognized;
			for (const key in input) if (!recordKeys.has(key)) {
				if (def.mode === "loose") {
					if (key === "__proto__") continue;
					payload.value[key] = input[key];
				} else {
					unrecognized = unrecognized ?? [];
					unrecognized.push(key);
				}
			}
			if (unrecognized && unrecognized.length > 0) payload.issues.push({
				code: "unrecognized_keys",
				input,
				inst,
				keys: unrecognized,
				continue: true
			});
		} else {
			payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
			let unrecognized;
			for (const key of Reflect.ownKeys(input)) {
				if (key === "__proto__") continue;
				if (!Object.prototype.propertyIsEnumerable.call(input, key)) continue;
				let keyResult = def.keyType._zod.run({
					value: key,
					issues: []
				}, ctx);
				if (keyResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
				if (typeof key === "string" && number.test(key) && keyResult.issues.length) {
					const retryResult = def.keyType._zod.run({
						value: Number(key),
						issues: []
					}, ctx);
					if (retryResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
					if (retryResult.issues.length === 0) keyResult = retryResult;
				}
				if (keyResult.issues.length) {
					if (def.mode === "loose") payload.value[key] = input[key];
					else if (values) {
						unrecognized = unrecognized ?? [];
						unrecognized.push(key);
					} else payload.issues.push({
						code: "invalid_key",
						origin: "record",
						issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
						input: key,
						path: [key],
						inst
					});
					continue;
				}
				const outKey = keyResult.value;
				if (outKey === "__proto__") continue;
				const result = def.valueType._zod.run({
					value: input[key],
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((result) => {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}));
				else {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}
			}
			if (unrecognized && unrecognized.length > 0) payload.issues.push({
				code: "unrecognized_keys",
				input,
				inst,
				keys: unrecognized,
				continue: true
			});
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
});
const $ZodLiteral = /*@__PURE__*/ $constructor("$ZodLiteral", (inst, def) => {
	$ZodType.init(inst, def);
	const values = new Set(def.values);
	inst._zod.values = values;
	defineLazyInternal(inst, "pattern", (zod) => {
		const vals = zod.def.values;
		return new RegExp(vals.length ? `^(${vals.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o)).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (values.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values: def.values,
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
const $ZodExactOptional = /*@__PURE__*/ $constructor("$ZodExactOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	defineLazyInternal(inst, "pattern", (zod) => zod.def.innerType._zod.pattern);
	inst._zod.parse = (payload, ctx) => {
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
const $ZodCustom = /*@__PURE__*/ $constructor("$ZodCustom", (inst, def) => {
	$ZodCheck.init(inst, def);
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, _) => {
		return payload;
	};
	inst._zod.check = (payload) => {
		const input = payload.value;
		const r = def.fn(input);
		if (r instanceof Promise) return r.then((r) => handleRefineResult(r, payload, input, inst));
		handleRefineResult(r, payload, input, inst);
	};
});
function handleRefineResult(result, payload, input, inst) {
	if (!result) {
		const _iss = {
			code: "custom",
			input,
			inst,
			path: [...inst._zod.def.path ?? []],
			continue: !inst._zod.def.abort
		};
		if (inst._zod.def.params) _iss.params = inst._zod.def.params;
		payload.issues.push(issue(_iss));
	}
}
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
function _int(Class, params) {
	return new Class({
		type: "number",
		check: "number_format",
		abort: false,
		format: "safeint",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class, params) {
	return new Class({
		type: "boolean",
		...normalizeParams(params)
	});
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
// @__NO_SIDE_EFFECTS__
function _refine(Class, fn, _params) {
	return new Class({
		type: "custom",
		check: "custom",
		fn,
		...normalizeParams(_params)
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
const ZodMiniNumberFormat = /*@__PURE__*/ $constructor("ZodMiniNumberFormat", (inst, def) => {
	$ZodNumberFormat.init(inst, def);
	ZodMiniNumber.init(inst, def);
});
function int(params) {
	return /* @__PURE__ */ _int(ZodMiniNumberFormat, params);
}
const ZodMiniBoolean = /*@__PURE__*/ $constructor("ZodMiniBoolean", (inst, def) => {
	$ZodBoolean.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function boolean(params) {
	return /* @__PURE__ */ _boolean(ZodMiniBoolean, params);
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
const ZodMiniUnion = /*@__PURE__*/ $constructor("ZodMiniUnion", (inst, def) => {
	$ZodUnion.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function union(options, params) {
	return new ZodMiniUnion({
		type: "union",
		options,
		...normalizeParams(params)
	});
}
const ZodMiniRecord = /*@__PURE__*/ $constructor("ZodMiniRecord", (inst, def) => {
	$ZodRecord.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function record(keyType, valueType, params) {
	if (!valueType || !valueType._zod) return new ZodMiniRecord({
		type: "record",
		keyType: /* @__PURE__ */ string(),
		valueType: keyType,
		...normalizeParams(valueType)
	});
	return new ZodMiniRecord({
		type: "record",
		keyType,
		valueType,
		...normalizeParams(params)
	});
}
const ZodMiniLiteral = /*@__PURE__*/ $constructor("ZodMiniLiteral", (inst, def) => {
	$ZodLiteral.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function literal(value, params) {
	return new ZodMiniLiteral({
		type: "literal",
		values: Array.isArray(value) ? value : [value],
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
const ZodMiniExactOptional = /*@__PURE__*/ $constructor("ZodMiniExactOptional", (inst, def) => {
	$ZodExactOptional.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function exactOptional(innerType) {
	return new ZodMiniExactOptional({
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
// @__NO_SIDE_EFFECTS__
function nullish(innerType) {
	return /* @__PURE__ */ optional(/* @__PURE__ */ nullable(innerType));
}
const ZodMiniCustom = /*@__PURE__*/ $constructor("ZodMiniCustom", (inst, def) => {
	$ZodCustom.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function refine(fn, _params = {}) {
	return /* @__PURE__ */ _refine(ZodMiniCustom, fn, _params);
}
const text = (/* @__PURE__ */ string()).check(/* @__PURE__ */ _minLength(1));
const permissions = /* @__PURE__ */ record(/* @__PURE__ */ string(), /* @__PURE__ */ string());
const userSchema = /* @__PURE__ */ looseObject({
	id: int(),
	active: /* @__PURE__ */ boolean(),
	created_date: /* @__PURE__ */ string(),
	modified_date: /* @__PURE__ */ string(),
	groups: /* @__PURE__ */ exactOptional(/* @__PURE__ */ array(int())),
	permissions: /* @__PURE__ */ array(/* @__PURE__ */ string()),
	real_name: /* @__PURE__ */ string(),
	name: /* @__PURE__ */ string(),
	comment: /* @__PURE__ */ exactOptional(/* @__PURE__ */ string()),
	camera_group_permissions: permissions,
	watch_list_permissions: permissions,
	group_permissions: permissions,
	primary_group: int(),
	language: /* @__PURE__ */ exactOptional(/* @__PURE__ */ string()),
	has_face: /* @__PURE__ */ boolean(),
	face_cover: /* @__PURE__ */ exactOptional(/* @__PURE__ */ nullable(/* @__PURE__ */ string())),
	ad_user: /* @__PURE__ */ boolean()
});
const end = (/* @__PURE__ */ string()).check(/* @__PURE__ */ refine((value) => require_dist.parseTimestamp(value) !== void 0));
/** The documented shape of the answer to `POST /auth/login/`, and to `POST /auth/video-auth/`. */
const loginSchema = /* @__PURE__ */ looseObject({
	token: text,
	user: userSchema,
	token_expiration_datetime: end
});
/** The documented shape of the answer to `POST /auth/video-auth-renew/`. */
const renewSchema = /* @__PURE__ */ looseObject({
	user: userSchema,
	token_expiration_datetime: end
});
/** The part of a face authorization's answer that matters where the password is still to come. */
const inactiveSchema = /* @__PURE__ */ looseObject({ token: text });
/** The shape of an error's body, as far as it is looked at. */
const errorSchema = /* @__PURE__ */ looseObject({
	code: text,
	desc: /* @__PURE__ */ nullish(/* @__PURE__ */ string()),
	param: /* @__PURE__ */ nullish(/* @__PURE__ */ string())
});
/** The code by which the vendor refuses for want of a license: neither the password nor the session is wrong then. */
const LICENSE_ERROR = "LICENSE_ERROR";
/** How much of an answer is looked at for that code, in bytes. */
const ERROR_BODY_LIMIT = 16384;
const licenseSchema = /* @__PURE__ */ looseObject({ code: /* @__PURE__ */ literal(LICENSE_ERROR) });
/** Whether an error's body is about the license. */
function isLicenseError(body) {
	return licenseSchema.safeParse(body).success;
}
const dataSchema = /* @__PURE__ */ looseObject({
	token: text,
	uuid: text
});
/** Checks what a store gave back. */
function parseData(data) {
	return require_dist.parseWith(dataSchema, data, "findface", "the stored session");
}
/** The names of what a login sends: no secret, whatever a value of it is. */
const OUR_FIELDS = /* @__PURE__ */ new Set([
	"uuid",
	"video",
	"video_auth_token",
	"mobile",
	"device_info"
]);
/**
* The error for an answer that is not the good one.
* @param redact takes the secrets of this conversation out of a text of the vendor.
*/
function errorOf(answer, redact, step) {
	const { status } = answer;
	const body = answer.jsonIf(errorSchema);
	const says = body?.desc ? ` The vendor says: ${redact(body.desc)}` : "";
	if ((status === 401 || status === 403) && body?.code === "LICENSE_ERROR") return licenseError(status, says);
	if (status === 401) return refused(step, says, { status });
	if (status === 403 && body?.code === "PERMISSION_DENIED") return permissionDenied(status, says);
	if (status === 413 && step.startsWith("face")) return new require_dist.InvalidRequest("findface", "the vendor refused the video as too large (413). Give a shorter one as `face`.", {
		status,
		fields: { video: [] }
	});
	if (status === 400 && body !== void 0) {
		if (body.param === "video_auth_token" && step === "password") return new require_dist.SecondFactorRequired("findface", `the installation wants the face as well as the password (400). Set the option \`face\`, and \`mode: "face_and_password"\`.${says}`, {
			status,
			methods: []
		});
		const fields = fieldsOf(body, redact);
		const named = Object.keys(fields).map((field) => ` Check \`${field}\`.`);
		return new require_dist.InvalidRequest("findface", `the vendor refused the form of the request (400).${named.join("")}${says}`, {
			status,
			fields
		});
	}
	return answer.failure();
}
/** The error where the license does not allow what was asked for: neither the password nor the session is wrong then. */
function licenseError(status, says = "") {
	return new require_dist.AccountUnavailable("findface", `the installation's license does not allow it (${status}). Have an administrator check the license.${says}`, {
		status,
		reason: "license"
	});
}
/** The error where the account lacks a permission. */
function permissionDenied(status, says = "") {
	return new require_dist.AccountUnavailable("findface", `the account is not allowed this (${status}). Have an administrator check its permissions.${says}`, {
		status,
		reason: "disabled"
	});
}
function refused(step, says, details) {
	const face = "the vendor did not recognize the face (401). Check the video in `face`, then call `session.renew()`.";
	if (step === "face") return new require_dist.InvalidCredentials("findface", face + says, details);
	if (step === "face_first") return new require_dist.SecondFactorRejected("findface", face + says, details);
	const [what, remedy] = step === "password_with_token" ? ["user name, the password or the token of the face", "Check that the face is of the same user, or correct"] : ["user name or password", "Correct"];
	return new require_dist.InvalidCredentials("findface", `the vendor refused the ${what} (401). ${remedy} \`credentials\`.${says}`, details);
}
function fieldsOf({ param, desc }, redact) {
	if (!param) return {};
	return { [OUR_FIELDS.has(param) ? param : redact(param)]: desc ? [redact(desc)] : [] };
}
/** How many pages are read at most: far more than anybody has, so that a cursor that never ends does. */
const MAX_PAGES = 1e3;
const sessionSchema = /* @__PURE__ */ looseObject({
	id: /* @__PURE__ */ union([(/* @__PURE__ */ string()).check(/* @__PURE__ */ _minLength(1)), int()]),
	status: /* @__PURE__ */ string(),
	active: /* @__PURE__ */ boolean(),
	uuid: /* @__PURE__ */ string(),
	mobile: /* @__PURE__ */ boolean(),
	device_info: /* @__PURE__ */ exactOptional(/* @__PURE__ */ nullable(/* @__PURE__ */ record(/* @__PURE__ */ string(), /* @__PURE__ */ unknown()))),
	ip: /* @__PURE__ */ exactOptional(/* @__PURE__ */ nullable(/* @__PURE__ */ string())),
	last_ping_date: /* @__PURE__ */ exactOptional(/* @__PURE__ */ nullable(/* @__PURE__ */ string())),
	user__username: /* @__PURE__ */ string(),
	created_date: /* @__PURE__ */ string(),
	user_id: int()
});
const pageSchema = /* @__PURE__ */ looseObject({
	next_page: /* @__PURE__ */ exactOptional(/* @__PURE__ */ nullable(/* @__PURE__ */ union([/* @__PURE__ */ string(), int()]))),
	results: /* @__PURE__ */ array(sessionSchema)
});
/** Lists and ends sessions by way of a session's own `fetch`, so that its laws hold for these calls too. */
function deviceSessions(session) {
	async function call(what, path, wait, init = {}) {
		await session.authorization(wait);
		let response;
		let text;
		try {
			response = await session.fetch(path, {
				...init,
				...wait
			});
			text = await response.text();
		} catch (error) {
			if (!(error instanceof TypeError)) throw error;
			throw new require_dist.VendorUnavailable("findface", `${what} got no answer. Check the network and the vendor's status.`);
		}
		if (!response.ok) throw failureOf(what, response, text);
		return text;
	}
	return {
		async list(wait = {}) {
			const what = "GET sessions/";
			const all = [];
			const seen = /* @__PURE__ */ new Set();
			for (let path = "sessions/";;) {
				const { next_page: next, results } = pageOf(what, await call(what, path, wait));
				all.push(...results);
				const cursor = String(next ?? "");
				if (cursor === "") return all;
				if (seen.has(cursor) || seen.size >= MAX_PAGES) throw new require_dist.UnexpectedResponse("findface", `the pages of ${what} have no end.`, { paths: ["next_page"] });
				seen.add(cursor);
				path = `sessions/?${new URLSearchParams({ page: cursor })}`;
			}
		},
		async end(ids, wait = {}) {
			if (!Array.isArray(ids) || !ids.every((id) => Number.isInteger(id) || typeof id === "string" && id !== "")) throw new require_abort_BNdyHPhS.InvalidOptions("findface", "`sessions.end` must be given a list of the `id`s of sessions.");
			if (ids.length === 0) return;
			await call("POST sessions/delete/", "sessions/delete/", wait, {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({ id_in: ids })
			});
		}
	};
}
function pageOf(what, text) {
	const value = parsed(text);
	if (value === void 0) throw new require_dist.UnexpectedResponse("findface", `the answer to ${what} is not JSON. Check the base URL.`);
	return require_dist.parseWith(pageSchema, Array.isArray(value) ? { results: value } : value, "findface", `the answer to ${what}`);
}
function failureOf(what, response, text) {
	const { status } = response;
	const body = parsed(text);
	if ((status === 401 || status === 403) && isLicenseError(body)) return licenseError(status);
	if (status === 403) return permissionDenied(status);
	const retryAfter = require_dist.parseRetryAfter(response.headers.get("retry-after"), Date.now());
	if (status === 429) {
		const asked = `${what} was answered 429: too many requests. Ask less often.`;
		return new require_dist.RateLimited("findface", asked, {
			status,
			retryAfter
		});
	}
	if (status >= 500) {
		const failed = `${what} was answered ${status}: the vendor's server failed.`;
		return new require_dist.VendorUnavailable("findface", failed, {
			status,
			retryAfter
		});
	}
	if (status === 400) return new require_dist.InvalidRequest("findface", `${what} was answered 400: the vendor refused the form of it.`, { status });
	return new require_dist.UnexpectedResponse("findface", `${what} was answered ${status}${status === 401 ? ", also after signing in anew" : ""}. Check the base URL.`, { status });
}
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
/** Whether a value can be the option `face`. */
function isFaceSource(value) {
	return typeof value === "function" || value instanceof Blob || typeof value === "string" && value !== "";
}
const UNATTENDED = Symbol.for("@vms/core/unattended");
/** Whether showing the face may mean waiting for a human. */
function asksHuman(face) {
	return typeof face === "function" && !(UNATTENDED in face);
}
/**
* Gets the video for one request. A function is asked each time; the time that it takes is not the vendor's.
* @throws {InvalidOptions} where there is no video to be had.
* @throws {SecondFactorRequired} where a human would have to be asked, and must not be now.
*/
async function takeVideo(face, context) {
	const given = typeof face === "function" ? await context.ask(face, askedInBackground, (signal) => face({ signal })) : face;
	if (!isFaceSource(given) || typeof given === "function") throw wrong$1("must return a Blob or the path of a file.");
	const blob = typeof given === "string" ? await openFile(given) : given;
	if (blob.size === 0) throw wrong$1("gave a video of 0 bytes. Check the file or the recording.");
	return {
		blob,
		name: `face${extensionOf(given)}`
	};
}
async function openFile(path) {
	const fs = globalThis.process?.getBuiltinModule?.("fs");
	if (typeof fs?.openAsBlob !== "function") throw wrong$1("is a path, and there is no file system here. Give the video as a Blob.");
	try {
		const file = await fs.openAsBlob(path);
		await file.slice(0, 1).arrayBuffer();
		return file;
	} catch {
		throw wrong$1("names a file that cannot be read. Check the path, and that this process may read it.");
	}
}
function extensionOf(video) {
	const name = typeof video === "string" ? video : video instanceof File ? video.name : "";
	const type = typeof video === "string" ? "" : video.type;
	const kind = /\.([a-z0-9]{1,5})$/i.exec(name) ?? /^video\/([a-z0-9]{1,5})(?:;|$)/i.exec(type);
	return kind === null ? "" : `.${kind[1]}`;
}
function wrong$1(what) {
	return new require_abort_BNdyHPhS.InvalidOptions("findface", `\`face\` ${what}`);
}
function askedInBackground() {
	return new require_dist.SecondFactorRequired("findface", "this renewal needs the face, and a renewal in the background asks nobody. The session goes on to its end; the next call then asks.", { methods: [] });
}
/** @param headers the language that the vendor's messages shall be in. */
function faceSteps(face, settings, headers) {
	async function formOf(context, fields) {
		const { blob, name } = await takeVideo(face, context);
		const form = new FormData();
		for (const [field, value] of Object.entries(fields)) form.set(field, value);
		form.set("video", blob, name);
		return form;
	}
	async function show(context, uuid) {
		const device = {
			uuid,
			mobile: String(settings.mobile),
			device_info: JSON.stringify(settings.deviceInfo)
		};
		return context.send("auth/video-auth/", {
			headers,
			body: await formOf(context, device)
		});
	}
	return {
		async login(context, uuid) {
			const answer = await show(context, uuid);
			if (!answer.ok) throw errorOf(answer, context.redact, "face");
			const { token, user, token_expiration_datetime: end } = answer.json(loginSchema);
			if (user.name !== context.account) {
				await context.send("auth/logout/", { headers: {
					...headers,
					...tokenHeader(token)
				} }).catch(() => {});
				throw new require_dist.InvalidCredentials("findface", "the face is of another user than `credentials` names. Show the right face, or write the vendor's `name` of the user as `username`; then call `session.renew()`.");
			}
			return {
				data: {
					token,
					uuid
				},
				user,
				expiresAt: require_dist.parseTimestamp(end)
			};
		},
		async authorize(context, uuid) {
			const answer = await show(context, uuid);
			if (!answer.ok) throw errorOf(answer, context.redact, "face_first");
			return answer.json(inactiveSchema).token;
		},
		async extend(context, data) {
			const answer = await context.send("auth/video-auth-renew/", {
				headers: {
					...headers,
					...tokenHeader(data.token)
				},
				body: await formOf(context, {})
			});
			if (!answer.ok) throw errorOf(answer, context.redact, "face");
			const { user, token_expiration_datetime: end } = answer.json(renewSchema);
			return {
				data,
				user,
				expiresAt: require_dist.parseTimestamp(end)
			};
		}
	};
}
/** What authenticates a request. */
function tokenHeader(token) {
	return { authorization: `Token ${token}` };
}
/** Law 11: what may be spent is never sent twice, also where the login that it was sent with got no answer. */
function videoAuthTokens(source) {
	let sent;
	return {
		async next(authorize) {
			const token = authorize ? await authorize() : typeof source === "function" ? await source() : source;
			if (token === void 0) return void 0;
			if (typeof token !== "string" || token === "") throw new require_abort_BNdyHPhS.InvalidOptions("findface", "`videoAuthToken` must return a non-empty string, or undefined.");
			if (token === sent) throw new require_dist.SecondFactorRequired("findface", "the token of this face authorization was sent with a login before and can be used once. Authorize the face again: set `face`, or give a function as `videoAuthToken`, which is asked at each login.", { methods: [] });
			sent = token;
			return token;
		},
		failed(error) {
			if (typeof source !== "string" || !require_session_parts_p54pbG4w.isVmsError(error) || !error.retryable) return error;
			const { status, retryAfter } = error;
			const details = {
				status,
				retryAfter,
				retryable: false
			};
			const what = `the login failed${status === void 0 ? " without an answer" : ` with status ${status}`}, and is not tried again because \`videoAuthToken\` may be used up. Authorize the face again.`;
			return error.code === "rate_limited" ? new require_dist.RateLimited("findface", what, details) : new require_dist.VendorUnavailable("findface", what, details);
		}
	};
}
/**
* Signs in to FindFace Multi: user name and password (Basic), a face, or both, and a device for a token.
* @see FindFace Multi, "API Key authorization"
*/
function findFaceFlow(baseUrl, settings) {
	const tokens = videoAuthTokens(settings.videoAuthToken);
	const language = languageHeaders(settings);
	const face = settings.face === void 0 ? void 0 : faceSteps(settings.face, settings, language);
	const passwordless = face !== void 0 && settings.mode !== "face_and_password";
	let device = settings.uuid;
	return {
		vendor: "findface",
		baseUrl,
		...settings.uuid === void 0 ? {} : { identity: `uuid:${settings.uuid}` },
		passwordless,
		asksHuman: asksHuman(settings.face),
		headers: acceptLanguage(settings),
		async login(context) {
			device = settings.uuid ?? context.previous?.data.uuid ?? device ?? crypto.randomUUID();
			const uuid = device;
			if (face !== void 0 && passwordless) return face.login(context, uuid);
			const { username, password } = await context.credentials();
			if (username.includes(":")) throw new require_abort_BNdyHPhS.InvalidOptions("findface", "`credentials`: `username` must not contain a colon, which Basic authentication (RFC 7617) cannot carry.");
			const token = await tokens.next(face && (() => face.authorize(context, uuid)));
			try {
				const answer = await context.send("auth/login/", {
					headers: {
						authorization: `Basic ${require_dist.base64Utf8(`${username}:${password}`)}`,
						...language
					},
					json: {
						uuid,
						...token === void 0 ? {} : { video_auth_token: token },
						mobile: settings.mobile,
						device_info: settings.deviceInfo
					}
				});
				if (!answer.ok) throw errorOf(answer, context.redact, token === void 0 ? "password" : "password_with_token");
				const login = answer.json(loginSchema);
				return {
					data: {
						token: login.token,
						uuid
					},
					user: login.user,
					expiresAt: require_dist.parseTimestamp(login.token_expiration_datetime)
				};
			} catch (error) {
				throw token === void 0 ? error : tokens.failed(error);
			}
		},
		...face === void 0 ? {} : { extend: (context, { data }) => face.extend(context, data) },
		authorize: ({ data }) => ({ headers: tokenHeader(data.token) }),
		isRejected: (response) => response.status === 401 && isSessionGone(response),
		outlives: () => settings.uuid === void 0,
		async logout(context, { data }) {
			const answer = await context.send("auth/logout/", { headers: {
				...tokenHeader(data.token),
				...language
			} });
			if (answer.ok || answer.status === 401 && !isLicenseError(answer.jsonIf(errorSchema))) return;
			throw errorOf(answer, context.redact, "logout");
		},
		parse: parseData
	};
}
async function isSessionGone(response) {
	return !isLicenseError(await require_dist.peekJson(response, ERROR_BODY_LIMIT));
}
function acceptLanguage({ language }) {
	return language === void 0 ? {} : { "accept-language": language };
}
function languageHeaders({ language }) {
	return language === void 0 ? {} : {
		"accept-language": language,
		"content-language": language
	};
}
/** Whether a value is an object of JSON: what it is on the wire is what it was here. */
function isJsonObject(value, depth = 0) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
	const prototype = Object.getPrototypeOf(value);
	return (prototype === null || prototype === Object.prototype) && Object.values(value).every((part) => isJson(part, depth + 1));
}
function isJson(value, depth) {
	if (value === null || typeof value === "string" || typeof value === "boolean") return true;
	if (typeof value === "number") return Number.isFinite(value);
	if (depth > 32) return false;
	return Array.isArray(value) ? value.every((part) => isJson(part, depth + 1)) : isJsonObject(value, depth);
}
const LANGUAGES = [
	"en-us",
	"es",
	"ru"
];
const MODES = [
	"password",
	"face",
	"face_or_password",
	"face_and_password"
];
/**
* Checks the vendor's own options.
* @throws {InvalidOptions} naming the option and what to write.
*/
function checkFindFaceOptions(options) {
	const { face, uuid, mobile = false, deviceInfo = {}, language } = options;
	const videoAuthToken = "videoAuthToken" in options ? options.videoAuthToken : void 0;
	if (uuid !== void 0 && !isUuid(uuid)) wrong("`uuid` must be a string of 1 to 256 characters.");
	if (face !== void 0 && !isFaceSource(face)) wrong("`face` must be a Blob, the path of a file, or a function that returns one of these.");
	if (videoAuthToken !== void 0 && typeof videoAuthToken !== "function" && !isText(videoAuthToken)) wrong("`videoAuthToken` must be a non-empty string, or a function that returns one.");
	const mode = checkMode(options.mode, face !== void 0, videoAuthToken !== void 0);
	if (typeof mobile !== "boolean") wrong("`mobile` must be true or false.");
	if (!isJsonObject(deviceInfo)) wrong("`deviceInfo` must be a plain JSON object.");
	if (language !== void 0 && !LANGUAGES.includes(language)) wrong(`\`language\` must be one of ${LANGUAGES.join(", ")}.`);
	return {
		mode,
		face,
		uuid,
		videoAuthToken,
		mobile,
		deviceInfo,
		language
	};
}
function checkMode(mode, face, token) {
	if (mode !== void 0 && !MODES.includes(mode)) wrong(`\`mode\` must be one of ${MODES.join(", ")}.`);
	if (face && token) wrong("`face` and `videoAuthToken` exclude each other: `face` gets such tokens itself.");
	const is = mode ?? (face ? "face" : token ? "face_and_password" : "password");
	if (is === "password" && face) wrong("`face` is of no use with `mode: \"password\"`: leave one of them out.");
	if (is !== "face_and_password" && token) wrong("`videoAuthToken` is of use with `mode: \"face_and_password\"` only: leave one of them out.");
	if (is === "face" && !face) wrong("`mode: \"face\"` needs the option `face`, the video of a face.");
	if (is === "face_and_password" && !face && !token) wrong("`mode: \"face_and_password\"` needs the option `face`, the video of a face.");
	return is;
}
/**
* The credentials as the core takes them.
* @param passwordless whether the face alone signs in: then no password is looked at, nor asked for.
*/
function credentialsOf({ credentials }, passwordless) {
	if (!passwordless) return credentials;
	if (typeof credentials === "function") return async () => ({
		...await credentials(),
		password: ""
	});
	if (!isText(credentials?.username)) return credentials;
	const pair = {
		...credentials,
		password: ""
	};
	return () => pair;
}
function isUuid(value) {
	return isText(value) && value.length <= 256;
}
function isText(value) {
	return typeof value === "string" && value !== "";
}
function wrong(what) {
	throw new require_abort_BNdyHPhS.InvalidOptions("findface", what);
}
/**
* Makes a session with NtechLab FindFace Multi. It does no I/O: the first call signs in.
* @throws {InvalidOptions} naming the option that is missing or malformed.
* @throws {InsecureTransport} for `http://` to a host that is not loopback, unless `allowInsecureHttp` is set.
*/
function createFindFaceSession(options) {
	const flow = findFaceFlow(require_dist.parseBaseUrl("findface", options?.baseUrl), checkFindFaceOptions(options));
	const session = require_dist.createSession(flow, {
		...options,
		credentials: credentialsOf(options, flow.passwordless ?? false)
	});
	return Object.assign(session, { sessions: deviceSessions(session) });
}
exports.createFindFaceSession = createFindFaceSession;
