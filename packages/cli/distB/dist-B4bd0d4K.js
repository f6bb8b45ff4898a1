import { _ as withoutTicket, a as joinBelow, c as originMatches, d as requireSecure, f as withParts, g as withoutQuery, h as withTicket, i as isVmsError, m as withSlash, n as homeOf, p as withQuery, r as isAbsolute, s as networkCode, t as StoreFailed, u as plainNetworkError } from "./session-parts-p54pbG4w-DGshYhYp.js";
import { i as orAbort, n as VmsError, t as InvalidOptions } from "./abort-BNdyHPhS-BstFSVd3.js";
import { t as isUnattended } from "./unattended-CSd1cOjT-CyHPXEa4.js";
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/errors/KyError.js
/**
Base class for all Ky-specific errors. `HTTPError`, `NetworkError`, `TimeoutError`, and `ForceRetryError` extend this class.

You can use `instanceof KyError` to check if an error originated from Ky, or use the `isKyError()` type guard for cross-realm compatibility and TypeScript type narrowing.

Note: `SchemaValidationError` is intentionally not considered a Ky error. `KyError` covers failures in Ky's HTTP lifecycle (bad status, timeout, retry), while schema validation errors originate from the user-provided schema, not from Ky itself.
*/
var KyError = class extends Error {
	name = "KyError";
	get isKyError() {
		return true;
	}
};
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/errors/HTTPError.js
/**
Error thrown when the response has a non-2xx status code and `throwHttpErrors` is enabled.

The error has a `response` property with the `Response` object, a `request` property with the `Request` object, an `options` property with the normalized options (either passed to `ky` when creating an instance with `ky.create()` or directly when performing the request), and a `data` property with the pre-parsed response body. For JSON responses (based on `Content-Type`), the body is parsed using the `parseJson` option if set, or `JSON.parse` by default. For other content types, it is set as plain text. If the body is empty, unreadable, too large, parsing fails, or the error-data read/parse timeout is reached, `data` will be `undefined`. To avoid hanging or excessive buffering, `error.data` body reads and async JSON parsing are bounded by the request timeout (or 10 seconds when `timeout` is disabled), any remaining `totalTimeout` budget, and a 10 MiB response body size limit. If `totalTimeout` expires while populating `error.data`, Ky throws `TimeoutError` instead of `HTTPError`. The `data` property is populated before `beforeError` hooks run, so hooks can access it.

The response body is automatically consumed when populating `error.data`, so `error.response.json()` and other body methods will not work. Use `error.data` instead. The `error.response` object is still available for headers, status, etc.

Be aware that some types of errors, such as network errors, inherently mean that a response was not received. In that case, the error will be an instance of `NetworkError` instead of `HTTPError` and will not contain a `response` property.
*/
var HTTPError = class extends KyError {
	name = "HTTPError";
	response;
	request;
	options;
	data;
	constructor(response, request, options) {
		const status = `${response.status || response.status === 0 ? response.status : ""} ${response.statusText ?? ""}`.trim();
		const reason = status ? `status code ${status}` : "an unknown error";
		super(`Request failed with ${reason}: ${request.method} ${request.url}`);
		this.response = response;
		this.request = request;
		this.options = options;
	}
};
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/errors/NetworkError.js
/**
Error thrown when a network error occurs during the request (e.g., DNS failure, connection refused, offline). It has a `request` property with the `Request` object. The original error is available via the standard `cause` property.

Network errors are automatically retried (for retriable methods).

Note: Network errors are detected using runtime-specific heuristics. Unrecognized runtimes may produce errors that are not wrapped in `NetworkError`. Use the `shouldRetry` option to handle such cases.
*/
var NetworkError = class extends KyError {
	name = "NetworkError";
	request;
	constructor(request, options) {
		super(`Request failed due to a network error: ${request.method} ${request.url}`, options);
		this.request = request;
	}
};
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/errors/NonError.js
/**
Wrapper for non-Error values that were thrown.

In JavaScript, any value can be thrown (not just Error instances). This class wraps such values to ensure consistent error handling.
*/
var NonError = class extends Error {
	name = "NonError";
	value;
	constructor(value) {
		let message = "Non-error value was thrown";
		try {
			if (typeof value === "string") message = value;
			else if (value && typeof value === "object" && "message" in value && typeof value.message === "string") message = value.message;
		} catch {}
		super(message);
		this.value = value;
	}
};
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/errors/ForceRetryError.js
/**
Error used to signal a forced retry from `afterResponse` hooks.

This is thrown when `ky.retry()` is returned from an `afterResponse` hook. It is observable in `beforeRetry` and `beforeError` hooks via the `isForceRetryError()` type guard.
*/
var ForceRetryError = class extends KyError {
	name = "ForceRetryError";
	customDelay;
	code;
	customRequest;
	constructor(options) {
		const cause = options?.cause ? options.cause instanceof Error ? options.cause : new NonError(options.cause) : void 0;
		super(options?.code ? `Forced retry: ${options.code}` : "Forced retry", cause ? { cause } : void 0);
		this.customDelay = options?.delay;
		this.code = options?.code;
		this.customRequest = options?.request;
	}
};
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/errors/SchemaValidationError.js
/**
The error thrown when [Standard Schema](https://github.com/standard-schema/standard-schema) validation fails in `.json(schema)`. It has an `issues` property with the validation issues from the schema.

This error intentionally does not extend `KyError` because it does not represent a failure in Ky's HTTP lifecycle. The request succeeded; the user's schema rejected the data. As such, it is not matched by `isKyError()`.

@example
```
import ky, {SchemaValidationError} from 'ky';
import {z} from 'zod';

const userSchema = z.object({name: z.string()});

try {
const user = await ky('/api/user').json(userSchema);
console.log(user.name);
} catch (error) {
if (error instanceof SchemaValidationError) {
console.error(error.issues);
}
}
```
*/
var SchemaValidationError = class extends Error {
	name = "SchemaValidationError";
	issues;
	constructor(issues) {
		super("Response schema validation failed");
		this.issues = issues;
	}
};
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/errors/TimeoutError.js
/**
Error thrown when the request times out. It has a `request` property with the `Request` object.
*/
var TimeoutError = class extends KyError {
	name = "TimeoutError";
	request;
	constructor(request) {
		super(`Request timed out: ${request.method} ${request.url}`);
		this.request = request;
	}
};
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/core/constants.js
const supportsRequestStreams = (() => {
	let duplexAccessed = false;
	let hasContentType = false;
	const supportsReadableStream = typeof globalThis.ReadableStream === "function";
	const supportsRequest = typeof globalThis.Request === "function";
	if (supportsReadableStream && supportsRequest) try {
		hasContentType = new globalThis.Request("https://empty.invalid", {
			body: new globalThis.ReadableStream(),
			method: "POST",
			get duplex() {
				duplexAccessed = true;
				return "half";
			}
		}).headers.has("Content-Type");
	} catch (error) {
		if (error instanceof Error && error.message === "unsupported BodyInit type") return false;
		throw error;
	}
	return duplexAccessed && !hasContentType;
})();
const supportsAbortController = typeof globalThis.AbortController === "function";
const supportsAbortSignal = typeof globalThis.AbortSignal === "function" && typeof globalThis.AbortSignal.any === "function";
const supportsResponseStreams = typeof globalThis.ReadableStream === "function";
const supportsFormData = typeof globalThis.FormData === "function";
const requestMethods = [
	"get",
	"post",
	"put",
	"patch",
	"head",
	"delete",
	"query"
];
const responseTypes = {
	json: "application/json",
	text: "text/*",
	formData: "multipart/form-data",
	arrayBuffer: "*/*",
	blob: "*/*",
	bytes: "*/*"
};
const maxSafeTimeout = 2147483647;
/**
Symbol that can be returned by a `beforeRetry` hook to stop retrying without throwing an error.
*/
const stop = Symbol("stop");
/**
Marker returned by `ky.retry()` to signal a forced retry from `afterResponse` hooks.
*/
var RetryMarker = class {
	options;
	constructor(options) {
		this.options = options;
	}
};
/**
Force a retry from an `afterResponse` hook.

This allows you to retry a request based on the response content, even if the response has a successful status code. The retry will respect the `retry.limit` option and skip the `shouldRetry` check. The forced retry is observable in `beforeRetry` hooks, where the error will be a `ForceRetryError`.

@param options - Optional configuration for the retry.

@example
```
import ky, {isForceRetryError} from 'ky';

const api = ky.extend({
hooks: {
afterResponse: [
async ({request, response}) => {
// Retry based on response body content
if (response.status === 200) {
const data = await response.json();

// Simple retry with default delay
if (data.error?.code === 'TEMPORARY_ERROR') {
return ky.retry();
}

// Retry with custom delay from API response
if (data.error?.code === 'RATE_LIMIT') {
return ky.retry({
delay: data.error.retryAfter * 1000,
code: 'RATE_LIMIT'
});
}

// Retry with a modified request (e.g., fallback endpoint)
if (data.error?.code === 'FALLBACK_TO_BACKUP') {
return ky.retry({
request: new Request('https://backup-api.com/endpoint', {
method: request.method,
headers: request.headers,
}),
code: 'BACKUP_ENDPOINT'
});
}

// Retry with refreshed authentication
if (data.error?.code === 'TOKEN_REFRESH' && data.newToken) {
return ky.retry({
request: new Request(request, {
headers: {
...Object.fromEntries(request.headers),
'Authorization': `Bearer ${data.newToken}`
}
}),
code: 'TOKEN_REFRESHED'
});
}

// Retry with cause to preserve error chain
try {
validateResponse(data);
} catch (error) {
return ky.retry({
code: 'VALIDATION_FAILED',
cause: error
});
}
}
}
],
beforeRetry: [
({error, retryCount}) => {
// Observable in beforeRetry hooks
if (isForceRetryError(error)) {
console.log(`Forced retry #${retryCount}: ${error.message}`);
// Example output: "Forced retry #1: Forced retry: RATE_LIMIT"
}
}
]
}
});

const response = await api.get('https://example.com/api');
```
*/
const retry = (options) => new RetryMarker(options);
const kyOptionKeys = {
	json: true,
	parseJson: true,
	stringifyJson: true,
	searchParams: true,
	baseUrl: true,
	prefix: true,
	retry: true,
	timeout: true,
	totalTimeout: true,
	hooks: true,
	throwHttpErrors: true,
	onDownloadProgress: true,
	onUploadProgress: true,
	fetch: true,
	context: true
};
const requestOptionsRegistry = {
	method: true,
	headers: true,
	body: true,
	mode: true,
	credentials: true,
	cache: true,
	redirect: true,
	referrer: true,
	referrerPolicy: true,
	integrity: true,
	keepalive: true,
	signal: true,
	window: true,
	duplex: true
};
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/utils/body.js
const encoder = new TextEncoder();
const getBodySize = (body) => {
	if (!body) return 0;
	if (body instanceof FormData) {
		let size = 0;
		for (const [key, value] of body) {
			size += 40;
			size += encoder.encode(`Content-Disposition: form-data; name="${key}"`).byteLength;
			size += typeof value === "string" ? encoder.encode(value).byteLength : value.size;
		}
		return size;
	}
	if (body instanceof Blob) return body.size;
	if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
	if (typeof body === "string") return encoder.encode(body).byteLength;
	if (body instanceof URLSearchParams) return encoder.encode(body.toString()).byteLength;
	return 0;
};
const withProgress = (stream, totalBytes, onProgress) => {
	let previousChunk;
	let transferredBytes = 0;
	return stream.pipeThrough(new TransformStream({
		transform(currentChunk, controller) {
			controller.enqueue(currentChunk);
			if (previousChunk) {
				transferredBytes += previousChunk.byteLength;
				let percent = totalBytes === 0 ? 0 : transferredBytes / totalBytes;
				if (percent >= 1) percent = 1 - Number.EPSILON;
				onProgress?.({
					percent,
					totalBytes: Math.max(totalBytes, transferredBytes),
					transferredBytes
				}, previousChunk);
			}
			previousChunk = currentChunk;
		},
		flush() {
			const finalChunk = previousChunk ?? /* @__PURE__ */ new Uint8Array();
			transferredBytes += finalChunk.byteLength;
			onProgress?.({
				percent: 1,
				totalBytes: Math.max(totalBytes, transferredBytes),
				transferredBytes
			}, finalChunk);
		}
	}));
};
const streamResponse = (response, onDownloadProgress) => {
	if (!response.body) return response;
	const responseInit = {
		status: response.status,
		statusText: response.statusText,
		headers: response.headers
	};
	if (response.status === 204) return new Response(null, responseInit);
	const totalBytes = Math.max(0, Number(response.headers.get("content-length")) || 0);
	return new Response(withProgress(response.body, totalBytes, onDownloadProgress), responseInit);
};
const streamRequest = (request, onUploadProgress, originalBody) => {
	if (!request.body) return request;
	const totalBytes = getBodySize(originalBody ?? request.body);
	return new Request(request, {
		duplex: "half",
		body: withProgress(request.body, totalBytes, onUploadProgress)
	});
};
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/utils/is.js
const isObject = (value) => value !== null && typeof value === "object";
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/utils/merge.js
const replaceSymbol = Symbol("replaceOption");
const getReplaceState = (value) => isObject(value) && value[replaceSymbol] === true ? {
	isReplace: true,
	value: value.value
} : {
	isReplace: false,
	value
};
const validateAndMerge = (...sources) => {
	for (const source of sources) if ((!isObject(source) || Array.isArray(source)) && source !== void 0) throw new TypeError("The `options` argument must be an object");
	return deepMerge({}, ...sources);
};
const mergeHeaders = (source1 = {}, source2 = {}) => {
	const result = new globalThis.Headers(source1);
	const isHeadersInstance = source2 instanceof globalThis.Headers;
	const source = new globalThis.Headers(source2);
	for (const [key, value] of source.entries()) if (isHeadersInstance && value === "undefined" || value === void 0) result.delete(key);
	else result.set(key, value);
	return result;
};
const isPlainObject = (value) => {
	if (!isObject(value) || Array.isArray(value)) return false;
	const prototype = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
};
const cloneShallow = (value) => {
	if (value instanceof URLSearchParams) {
		const copy = new URLSearchParams(value);
		const deleted = value[deletedParametersSymbol];
		if (deleted) copy[deletedParametersSymbol] = new Set(deleted);
		return copy;
	}
	if (value instanceof globalThis.Headers) return new globalThis.Headers(value);
	if (Array.isArray(value)) return [...value];
	if (isPlainObject(value)) return { ...value };
	return value;
};
const normalizeHeaderObject = (headers) => Object.fromEntries(Object.entries(headers).filter((entry) => entry[1] !== void 0));
const mergeHeaderContainers = (source1, source2) => {
	if (isPlainObject(source1) && isPlainObject(source2)) return normalizeHeaderObject({
		...source1,
		...source2
	});
	return mergeHeaders(source1, source2);
};
function newHookValue(original, incoming, property) {
	return Object.hasOwn(incoming, property) && incoming[property] === void 0 ? [] : deepMerge(original[property] ?? [], incoming[property] ?? []);
}
const mergeHooks = (original = {}, incoming = {}) => ({
	init: newHookValue(original, incoming, "init"),
	beforeRequest: newHookValue(original, incoming, "beforeRequest"),
	beforeRetry: newHookValue(original, incoming, "beforeRetry"),
	beforeError: newHookValue(original, incoming, "beforeError"),
	afterResponse: newHookValue(original, incoming, "afterResponse")
});
const deletedParametersSymbol = Symbol("deletedParameters");
const appendSearchParameters = (target, source) => {
	const result = new URLSearchParams();
	const deleted = /* @__PURE__ */ new Set();
	for (const input of [target, source]) {
		if (input === void 0) continue;
		if (input instanceof URLSearchParams) {
			for (const [key, value] of input.entries()) {
				result.append(key, value);
				deleted.delete(key);
			}
			const inputDeleted = input[deletedParametersSymbol];
			if (inputDeleted) for (const key of inputDeleted) {
				result.delete(key);
				deleted.add(key);
			}
		} else if (Array.isArray(input)) for (const pair of input) {
			if (!Array.isArray(pair) || pair.length !== 2) throw new TypeError("Array search parameters must be provided in [[key, value], ...] format");
			result.append(String(pair[0]), String(pair[1]));
			deleted.delete(String(pair[0]));
		}
		else if (isObject(input)) for (const [key, value] of Object.entries(input)) if (value === void 0) {
			result.delete(key);
			deleted.add(key);
		} else {
			result.append(key, String(value));
			deleted.delete(key);
		}
		else {
			const parameters = new URLSearchParams(input);
			for (const [key, value] of parameters.entries()) {
				result.append(key, value);
				deleted.delete(key);
			}
		}
	}
	if (deleted.size > 0) result[deletedParametersSymbol] = deleted;
	return result;
};
const deepMergeInternal = (isRoot, ...sources) => {
	let returnValue = {};
	let headers = {};
	let hooks = {};
	let searchParameters;
	const signals = [];
	for (const source of sources) if (Array.isArray(source)) {
		if (!Array.isArray(returnValue)) returnValue = [];
		returnValue = [...returnValue, ...source];
	} else if (isObject(source)) {
		for (let [key, value] of Object.entries(source)) {
			const replaceState = getReplaceState(value);
			const { isReplace } = replaceState;
			value = replaceState.value;
			const isRootSignal = isRoot && key === "signal";
			if (isRootSignal && (isReplace || value === void 0)) signals.length = 0;
			if (isRootSignal && value instanceof globalThis.AbortSignal) {
				signals.push(value);
				continue;
			}
			if (key === "context") {
				if (value !== void 0 && value !== null && (!isObject(value) || Array.isArray(value))) throw new TypeError("The `context` option must be an object");
				returnValue = {
					...returnValue,
					context: value === void 0 || value === null ? {} : isReplace ? { ...value } : {
						...returnValue.context,
						...value
					}
				};
				continue;
			}
			if (key === "searchParams") {
				if (value === void 0 || value === null) searchParameters = void 0;
				else if (isReplace) searchParameters = value;
				else searchParameters = searchParameters === void 0 ? value : appendSearchParameters(searchParameters, value);
				continue;
			}
			if (isRoot && key === "retry" && isObject(value) && !isReplace && typeof returnValue[key] === "number") returnValue = {
				...returnValue,
				[key]: { limit: returnValue[key] }
			};
			if (isObject(value) && !isReplace && key in returnValue) value = deepMergeInternal(false, returnValue[key], value);
			returnValue = {
				...returnValue,
				[key]: value
			};
		}
		if (isObject(source.hooks)) {
			const { value: hookValue, isReplace } = getReplaceState(source.hooks);
			hooks = isReplace ? mergeHooks({}, hookValue) : mergeHooks(hooks, hookValue);
			returnValue.hooks = hooks;
		}
		if (isObject(source.headers)) {
			const { value: headerValue, isReplace } = getReplaceState(source.headers);
			headers = isReplace ? cloneShallow(headerValue) : mergeHeaderContainers(headers, headerValue);
			returnValue.headers = headers;
		}
	}
	if (searchParameters !== void 0) returnValue.searchParams = searchParameters;
	if (signals.length > 0) {
		if (signals.length === 1) returnValue.signal = signals[0];
		else if (supportsAbortSignal) returnValue.signal = AbortSignal.any(signals);
		else returnValue.signal = signals.at(-1);
	}
	return returnValue;
};
const deepMerge = (...sources) => deepMergeInternal(true, ...sources);
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/utils/normalize.js
const normalizeRequestMethod = (input) => requestMethods.includes(input) ? input.toUpperCase() : input;
const retryMethods = [
	"get",
	"put",
	"head",
	"delete",
	"options",
	"trace",
	"query"
];
const retryStatusCodes = [
	408,
	413,
	429,
	500,
	502,
	503,
	504
];
const retryAfterStatusCodes = [
	413,
	429,
	503
];
const invalidRetryLimitErrorMessage = "`retry.limit` must be a finite, non-negative integer";
const defaultRetryOptions = {
	limit: 2,
	methods: retryMethods,
	statusCodes: retryStatusCodes,
	afterStatusCodes: retryAfterStatusCodes,
	maxRetryAfter: Number.POSITIVE_INFINITY,
	backoffLimit: Number.POSITIVE_INFINITY,
	delay: (attemptCount) => .3 * 2 ** (attemptCount - 1) * 1e3,
	jitter: void 0,
	retryOnTimeout: false
};
const getDefaultRetryOptions = () => ({
	...defaultRetryOptions,
	methods: [...defaultRetryOptions.methods],
	statusCodes: [...defaultRetryOptions.statusCodes],
	afterStatusCodes: [...defaultRetryOptions.afterStatusCodes]
});
/**
Normalizes an omitted retry limit or validates a supplied one.
*/
const normalizeRetryLimit = (retryLimit) => {
	if (retryLimit === void 0) return defaultRetryOptions.limit;
	if (typeof retryLimit !== "number" || !Number.isInteger(retryLimit) || retryLimit < 0) throw new TypeError(invalidRetryLimitErrorMessage);
	return retryLimit;
};
const normalizeRetryOptions = (retry = {}) => {
	if (typeof retry === "number") return {
		...getDefaultRetryOptions(),
		limit: normalizeRetryLimit(retry)
	};
	if (retry === null || typeof retry !== "object" || Array.isArray(retry)) throw new TypeError("`retry` must be a number or an object");
	const normalizedRetry = Object.fromEntries(Object.entries(retry).filter(([, value]) => value !== void 0));
	const retryLimit = normalizeRetryLimit(normalizedRetry.limit);
	if (normalizedRetry.methods !== void 0 && !Array.isArray(normalizedRetry.methods)) throw new Error("retry.methods must be an array");
	if (normalizedRetry.statusCodes !== void 0 && !Array.isArray(normalizedRetry.statusCodes)) throw new Error("retry.statusCodes must be an array");
	if (normalizedRetry.afterStatusCodes !== void 0 && !Array.isArray(normalizedRetry.afterStatusCodes)) throw new Error("retry.afterStatusCodes must be an array");
	if (normalizedRetry.methods !== void 0) normalizedRetry.methods = normalizedRetry.methods.map((method) => method.toLowerCase());
	if (normalizedRetry.statusCodes !== void 0) normalizedRetry.statusCodes = [...normalizedRetry.statusCodes];
	if (normalizedRetry.afterStatusCodes !== void 0) normalizedRetry.afterStatusCodes = [...normalizedRetry.afterStatusCodes];
	return {
		...getDefaultRetryOptions(),
		...normalizedRetry,
		limit: retryLimit
	};
};
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/utils/timeout.js
async function timeout(request, init, abortController, options) {
	return new Promise((resolve, reject) => {
		const timeoutId = setTimeout(() => {
			if (abortController) abortController.abort();
			reject(new TimeoutError(request));
		}, options.timeout);
		options.fetch(request, init).then(resolve).catch(reject).then(() => {
			clearTimeout(timeoutId);
		});
	});
}
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/utils/delay.js
async function delay(ms, { signal }) {
	return new Promise((resolve, reject) => {
		if (signal) {
			signal.throwIfAborted();
			signal.addEventListener("abort", abortHandler, { once: true });
		}
		function abortHandler() {
			clearTimeout(timeoutId);
			reject(signal.reason);
		}
		const timeoutId = setTimeout(() => {
			signal?.removeEventListener("abort", abortHandler);
			resolve();
		}, ms);
	});
}
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/utils/options.js
const findUnknownOptions = (options) => {
	const unknownOptions = {};
	for (const key in options) {
		if (!Object.hasOwn(options, key)) continue;
		if (!(key in requestOptionsRegistry) && !(key in kyOptionKeys)) unknownOptions[key] = options[key];
	}
	return unknownOptions;
};
const hasSearchParameters = (search) => {
	if (search === void 0) return false;
	if (Array.isArray(search)) return search.length > 0;
	if (search instanceof URLSearchParams) return search.size > 0 || Boolean(search[deletedParametersSymbol]?.size);
	if (typeof search === "object") return Object.keys(search).length > 0;
	if (typeof search === "string") return search.trim().length > 0;
	return Boolean(search);
};
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/utils/is-network-error.js
const objectToString$1 = Object.prototype.toString;
const isError = (value) => objectToString$1.call(value) === "[object Error]";
const errorMessages = /* @__PURE__ */ new Set([
	"network error",
	"NetworkError when attempting to fetch resource.",
	"The Internet connection appears to be offline.",
	"Network request failed",
	"fetch failed",
	"terminated",
	" A network error occurred.",
	"Network connection lost"
]);
function isRawNetworkError(error) {
	if (!(error && isError(error) && error.name === "TypeError" && typeof error.message === "string")) return false;
	const { message, stack } = error;
	if (message === "Load failed" || message.startsWith("Load failed (") && message.endsWith(")")) return stack === void 0 || "__sentry_captured__" in error;
	if (message.startsWith("error sending request for url")) return true;
	if (message === "Failed to fetch" || message.startsWith("Failed to fetch (") && message.endsWith(")")) return true;
	return errorMessages.has(message);
}
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/utils/type-guards.js
const isErrorType = (error, cls) => error instanceof cls || error?.name === cls.name;
/**
Type guard to check if an error is an `HTTPError`.

@param error - The error to check
@returns `true` if the error is an `HTTPError`, `false` otherwise

@example
```
import ky, {isHTTPError} from 'ky';
try {
const response = await ky.get('/api/data');
} catch (error) {
if (isHTTPError(error)) {
console.log('HTTP error status:', error.response.status);
}
}
```
*/
function isHTTPError(error) {
	return isErrorType(error, HTTPError);
}
/**
Type guard to check if an error is a `NetworkError`.

@param error - The error to check
@returns `true` if the error is a `NetworkError`, `false` otherwise

@example
```
import ky, {isNetworkError} from 'ky';
try {
const response = await ky.get('/api/data');
} catch (error) {
if (isNetworkError(error)) {
console.log('Network error:', error.request.url);
}
}
```
*/
function isNetworkError(error) {
	return isErrorType(error, NetworkError);
}
/**
Type guard to check if an error is a `TimeoutError`.

@param error - The error to check
@returns `true` if the error is a `TimeoutError`, `false` otherwise

@example
```
import ky, {isTimeoutError} from 'ky';
try {
const response = await ky.get('/api/data', { timeout: 1000 });
} catch (error) {
if (isTimeoutError(error)) {
console.log('Request timed out:', error.request.url);
}
}
```
*/
function isTimeoutError(error) {
	return isErrorType(error, TimeoutError);
}
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/core/retry-timing.js
const timestampThreshold = Date.parse("2024-01-01");
const delayPattern = /^\d+$/;
const months = [
	"Jan",
	"Feb",
	"Mar",
	"Apr",
	"May",
	"Jun",
	"Jul",
	"Aug",
	"Sep",
	"Oct",
	"Nov",
	"Dec"
];
const imfDatePattern = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const rfc850DatePattern = /^(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday), (\d{2})-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-(\d{2}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const asctimeDatePattern = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{2}| \d) (\d{2}:\d{2}:\d{2}) (\d{4})$/;
const getRetryTimingHeader = (headers) => {
	const retryAfter = headers.get("Retry-After");
	if (retryAfter !== null) return {
		value: retryAfter,
		allowTimestamp: false
	};
	const rateLimitReset = headers.get("RateLimit-Reset");
	if (rateLimitReset !== null) return {
		value: rateLimitReset,
		allowTimestamp: true
	};
	const rateLimitRetryAfter = headers.get("X-RateLimit-Retry-After");
	if (rateLimitRetryAfter !== null) return {
		value: rateLimitRetryAfter,
		allowTimestamp: false
	};
	const rateLimitResetAlias = headers.get("X-RateLimit-Reset") ?? headers.get("X-Rate-Limit-Reset");
	if (rateLimitResetAlias !== null) return {
		value: rateLimitResetAlias,
		allowTimestamp: true
	};
};
const createTimestamp = ({ year, month, day, hours, minutes, seconds }) => {
	const monthIndex = months.indexOf(month);
	const dayNumber = Number(day);
	const hoursNumber = Number(hours);
	const minutesNumber = Number(minutes);
	const secondsNumber = Number(seconds);
	if (monthIndex === -1 || hoursNumber > 23 || minutesNumber > 59 || secondsNumber > 60) return;
	const normalizedSeconds = Math.min(secondsNumber, 59);
	const date = new Date(Date.UTC(year, monthIndex, dayNumber, hoursNumber, minutesNumber, normalizedSeconds));
	date.setUTCFullYear(year);
	const timestamp = date.getTime();
	if (date.getUTCFullYear() !== year || date.getUTCMonth() !== monthIndex || date.getUTCDate() !== dayNumber || date.getUTCHours() !== hoursNumber || date.getUTCMinutes() !== minutesNumber || date.getUTCSeconds() !== normalizedSeconds) return;
	return secondsNumber === 60 ? timestamp + 1e3 : timestamp;
};
const getCapture = (match, index) => match[index];
const parseDate = (value) => {
	const imfDate = imfDatePattern.exec(value);
	if (imfDate) return createTimestamp({
		year: Number(getCapture(imfDate, 3)),
		month: getCapture(imfDate, 2),
		day: getCapture(imfDate, 1),
		hours: getCapture(imfDate, 4),
		minutes: getCapture(imfDate, 5),
		seconds: getCapture(imfDate, 6)
	});
	const rfc850Date = rfc850DatePattern.exec(value);
	if (rfc850Date) {
		const now = /* @__PURE__ */ new Date();
		const twoDigitYear = Number(getCapture(rfc850Date, 3));
		const currentCenturyYear = Math.floor(now.getUTCFullYear() / 100) * 100 + twoDigitYear;
		const fiftyYearsFromNow = Date.UTC(now.getUTCFullYear() + 50, now.getUTCMonth(), now.getUTCDate(), now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds(), now.getUTCMilliseconds());
		let timestamp;
		for (const year of [
			currentCenturyYear - 100,
			currentCenturyYear,
			currentCenturyYear + 100
		]) {
			const candidateTimestamp = createTimestamp({
				year,
				month: getCapture(rfc850Date, 2),
				day: getCapture(rfc850Date, 1),
				hours: getCapture(rfc850Date, 4),
				minutes: getCapture(rfc850Date, 5),
				seconds: getCapture(rfc850Date, 6)
			});
			if (candidateTimestamp !== void 0 && candidateTimestamp <= fiftyYearsFromNow) timestamp = candidateTimestamp;
		}
		return timestamp;
	}
	const asctimeDate = asctimeDatePattern.exec(value);
	if (asctimeDate) {
		const [hours, minutes, seconds] = getCapture(asctimeDate, 4).split(":");
		return createTimestamp({
			year: Number(getCapture(asctimeDate, 5)),
			month: getCapture(asctimeDate, 2),
			day: getCapture(asctimeDate, 3).trim(),
			hours,
			minutes,
			seconds
		});
	}
};
const calculateRetryTimingDelay = ({ value, allowTimestamp }) => {
	if (delayPattern.test(value)) {
		let delay = Number(value) * 1e3;
		if (allowTimestamp && delay >= timestampThreshold) delay -= Date.now();
		return Math.max(0, delay);
	}
	const timestamp = parseDate(value);
	if (timestamp === void 0) return;
	const delay = timestamp - Date.now();
	return Number.isFinite(delay) ? Math.max(0, delay) : void 0;
};
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/core/Ky.js
const maxErrorResponseBodySize = 10485760;
const prefixUrlRenamedErrorMessage = "The `prefixUrl` option has been renamed `prefix` in v2 and enhanced to allow slashes in input. See also the new `baseUrl` option for improved flexibility with standard URL resolution: https://github.com/sindresorhus/ky#baseurl";
const timedOutResponseData = Symbol("timedOutResponseData");
const timedOutOperation = Symbol("timedOutOperation");
const createTextDecoder = (contentType) => {
	const match = /;\s*charset\s*=\s*(?:"([^"]+)"|([^;,\s]+))/i.exec(contentType);
	const charset = match?.[1] ?? match?.[2];
	if (charset) try {
		return new TextDecoder(charset);
	} catch {}
	return new TextDecoder();
};
const invalidSchemaMessage = "The `schema` argument must follow the Standard Schema specification";
const cloneRetryOptions = (retry) => {
	if (retry === null || typeof retry !== "object" || Array.isArray(retry)) return retry;
	const clonedRetry = { ...retry };
	if (Array.isArray(clonedRetry.methods)) clonedRetry.methods = [...clonedRetry.methods];
	if (Array.isArray(clonedRetry.statusCodes)) clonedRetry.statusCodes = [...clonedRetry.statusCodes];
	if (Array.isArray(clonedRetry.afterStatusCodes)) clonedRetry.afterStatusCodes = [...clonedRetry.afterStatusCodes];
	return clonedRetry;
};
const objectToString = Object.prototype.toString;
const leadingC0ControlOrSpacePattern = /^[\0-\u0020]+/g;
const asciiTabOrNewLinePattern = /[\t\n\r]/g;
const schemePattern = /^[a-z][\d+.a-z-]*:/i;
const malformedHttpProtocolPattern = /^https?:(?!\/\/)/i;
const isRequestInstance = (value) => value instanceof globalThis.Request || objectToString.call(value) === "[object Request]";
const isResponseInstance = (value) => value instanceof globalThis.Response || objectToString.call(value) === "[object Response]";
const isAbsoluteInput = (input) => schemePattern.test(input);
const normalizeInputForProtocolCheck = (input) => input.replaceAll(leadingC0ControlOrSpacePattern, "").replaceAll(asciiTabOrNewLinePattern, "");
const cloneSearchParametersForInitHook = (searchParameters) => {
	if (Array.isArray(searchParameters)) return searchParameters.map((parameter) => [...parameter]);
	return cloneShallow(searchParameters);
};
function cloneInitHookOptions(options) {
	const clonedOptions = {
		...options,
		json: cloneShallow(options.json),
		context: cloneShallow(options.context),
		headers: cloneShallow(options.headers),
		searchParams: cloneSearchParametersForInitHook(options.searchParams)
	};
	if (options.retry !== void 0) clonedOptions.retry = cloneRetryOptions(options.retry);
	return clonedOptions;
}
const validateJsonWithSchema = async (jsonValue, schema) => {
	if (typeof schema !== "object" && typeof schema !== "function" || schema === null) throw new TypeError(invalidSchemaMessage);
	const standardSchema = schema["~standard"];
	if (typeof standardSchema !== "object" || standardSchema === null || typeof standardSchema.validate !== "function") throw new TypeError(invalidSchemaMessage);
	const validationResult = await standardSchema.validate(jsonValue);
	if (validationResult.issues) throw new SchemaValidationError(validationResult.issues);
	return validationResult.value;
};
var Ky = class Ky {
	static create(input, options) {
		const initHooks = options.hooks?.init ?? [];
		const initHookOptions = initHooks.length > 0 ? cloneInitHookOptions(options) : options;
		for (const hook of initHooks) hook(initHookOptions);
		const ky = new Ky(input, initHookOptions);
		const function_ = async () => {
			if (typeof ky.#options.timeout === "number" && ky.#options.timeout > 2147483647) throw new RangeError(`The \`timeout\` option cannot be greater than ${maxSafeTimeout}`);
			if (typeof ky.#options.totalTimeout === "number" && ky.#options.totalTimeout > 2147483647) throw new RangeError(`The \`totalTimeout\` option cannot be greater than ${maxSafeTimeout}`);
			await Promise.resolve();
			const beforeRequestResponse = await ky.#runBeforeRequestHooks();
			if (beforeRequestResponse !== void 0) ky.#retryLimit = normalizeRetryOptions(ky.#options.retry).limit;
			let response = beforeRequestResponse ?? await ky.#retry(async () => ky.#fetch());
			let responseFromHook = beforeRequestResponse !== void 0 || ky.#consumeReturnedResponseFromBeforeRetryHook();
			for (;;) {
				if (response === void 0) return response;
				if (isResponseInstance(response)) try {
					response = await ky.#runAfterResponseHooks(response);
				} catch (error) {
					if (!(error instanceof ForceRetryError)) throw error;
					const retriedResponse = await ky.#retryFromError(error, async () => ky.#fetch());
					if (retriedResponse === void 0) return retriedResponse;
					response = retriedResponse;
					responseFromHook = ky.#consumeReturnedResponseFromBeforeRetryHook();
					continue;
				}
				const currentResponse = response;
				if (!currentResponse.ok && currentResponse.type !== "opaque" && (typeof ky.#options.throwHttpErrors === "function" ? ky.#options.throwHttpErrors(currentResponse.status) : ky.#options.throwHttpErrors)) {
					const httpError = new HTTPError(currentResponse, ky.#getResponseRequest(currentResponse), ky.#getNormalizedOptions());
					const errorToThrow = httpError;
					httpError.data = await ky.#getResponseData(currentResponse);
					if (responseFromHook) throw errorToThrow;
					const retriedResponse = await ky.#retryFromError(httpError, async () => ky.#fetch());
					if (retriedResponse === void 0) return retriedResponse;
					response = retriedResponse;
					responseFromHook = ky.#consumeReturnedResponseFromBeforeRetryHook();
					continue;
				}
				break;
			}
			if (!isResponseInstance(response)) return response;
			ky.#decorateResponse(response);
			if (ky.#options.onDownloadProgress) {
				if (typeof ky.#options.onDownloadProgress !== "function") throw new TypeError("The `onDownloadProgress` option must be a function");
				if (!supportsResponseStreams) throw new Error("Streams are not supported in your environment. `ReadableStream` is missing.");
				const progressResponse = response.clone();
				ky.#cancelResponseBody(response);
				return streamResponse(progressResponse, ky.#options.onDownloadProgress);
			}
			return response;
		};
		const result = (async () => {
			try {
				return await function_();
			} catch (error) {
				await ky.#throwProcessedError(error);
			} finally {
				const originalRequest = ky.#originalRequest;
				ky.#cancelBody(originalRequest?.body ?? void 0);
				if (ky.request !== originalRequest) ky.#cancelBody(ky.request.body ?? void 0);
			}
		})();
		for (const [type, mimeType] of Object.entries(responseTypes)) {
			if (type === "bytes" && typeof globalThis.Response?.prototype?.bytes !== "function") continue;
			result[type] = async (schema) => {
				ky.request.headers.set("accept", ky.request.headers.get("accept") || mimeType);
				const response = await result;
				if (type !== "json") return ky.#raceBodyRead(async () => response[type](), response);
				const text = await ky.#raceBodyRead(async () => response.text(), response);
				const request = ky.#getResponseRequest(response);
				const parsedResult = await ky.#raceWithTotalTimeout(async () => {
					const jsonValue = initHookOptions.parseJson ? await initHookOptions.parseJson(text, {
						request,
						response
					}) : text === "" && schema !== void 0 ? void 0 : JSON.parse(text);
					return schema === void 0 ? jsonValue : validateJsonWithSchema(jsonValue, schema);
				});
				if (parsedResult === timedOutOperation) await ky.#throwProcessedError(new TimeoutError(request));
				return parsedResult;
			};
		}
		return result;
	}
	static #normalizeSearchParams(searchParams) {
		if (searchParams && typeof searchParams === "object" && !Array.isArray(searchParams) && !(searchParams instanceof URLSearchParams)) return Object.fromEntries(Object.entries(searchParams).filter(([, value]) => value !== void 0));
		return searchParams;
	}
	request;
	#abortController;
	#retryCount = 0;
	#retryLimit;
	#input;
	#options;
	#originalRequest;
	#userProvidedAbortSignal;
	#beforeRetryHookErrors = /* @__PURE__ */ new WeakSet();
	#cachedNormalizedOptions;
	#startTime;
	#returnedResponseFromBeforeRetryHook = false;
	#responseRequests = /* @__PURE__ */ new WeakMap();
	constructor(input, options = {}) {
		this.#input = input;
		if (Object.hasOwn(options, "prefixUrl")) throw new Error(prefixUrlRenamedErrorMessage);
		this.#options = {
			...options,
			headers: mergeHeaders(this.#input.headers, options.headers),
			hooks: mergeHooks({}, options.hooks),
			method: normalizeRequestMethod(options.method ?? this.#input.method ?? "GET"),
			prefix: String(options.prefix || ""),
			retry: normalizeRetryOptions(options.retry),
			throwHttpErrors: options.throwHttpErrors ?? true,
			timeout: options.timeout ?? 1e4,
			totalTimeout: options.totalTimeout ?? false,
			fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
			context: options.context ?? {}
		};
		this.#retryLimit = this.#options.retry.limit;
		if (typeof this.#input !== "string" && !(this.#input instanceof URL || this.#input instanceof globalThis.Request)) throw new TypeError("`input` must be a string, URL, or Request");
		if (typeof this.#input === "string") {
			if (this.#options.prefix) {
				const normalizedPrefix = this.#options.prefix.replace(/\/+$/, "");
				const normalizedInput = this.#input.replace(/^\/+/, "");
				this.#input = `${normalizedPrefix}/${normalizedInput}`;
			}
			if (this.#options.baseUrl) {
				const normalizedInput = normalizeInputForProtocolCheck(this.#input);
				if (malformedHttpProtocolPattern.test(normalizedInput)) throw new TypeError("`input` url protocol must be followed by `//` when using `baseUrl`");
				if (!isAbsoluteInput(normalizedInput)) this.#input = new URL(this.#input, new Request(this.#options.baseUrl).url);
			}
		}
		if (supportsAbortController && supportsAbortSignal) {
			this.#userProvidedAbortSignal = this.#options.signal ?? this.#input.signal;
			this.#abortController = new globalThis.AbortController();
			this.#options.signal = this.#createManagedSignal();
		}
		if (supportsRequestStreams) this.#options.duplex = "half";
		if (this.#options.json !== void 0) {
			this.#options.body = this.#options.stringifyJson?.(this.#options.json) ?? JSON.stringify(this.#options.json);
			this.#options.headers.set("content-type", this.#options.headers.get("content-type") ?? "application/json");
		}
		const userProvidedContentType = options.headers && new globalThis.Headers(options.headers).has("content-type");
		if (this.#input instanceof globalThis.Request && (supportsFormData && this.#options.body instanceof globalThis.FormData || this.#options.body instanceof URLSearchParams) && !userProvidedContentType) this.#options.headers.delete("content-type");
		this.request = new globalThis.Request(this.#input, this.#options);
		if (hasSearchParameters(this.#options.searchParams)) {
			const url = new URL(this.request.url);
			const deleted = this.#options.searchParams?.[deletedParametersSymbol];
			if (deleted) for (const key of deleted) url.searchParams.delete(key);
			if (typeof this.#options.searchParams === "string") {
				const stringSearchParameters = this.#options.searchParams.replace(/^\?/, "");
				if (stringSearchParameters !== "") url.search = url.search ? `${url.search}&${stringSearchParameters}` : `?${stringSearchParameters}`;
			} else {
				const optionsSearchParameters = new URLSearchParams(Ky.#normalizeSearchParams(this.#options.searchParams));
				for (const [key, value] of optionsSearchParameters.entries()) url.searchParams.append(key, value);
			}
			if (this.#options.searchParams && typeof this.#options.searchParams === "object" && !Array.isArray(this.#options.searchParams) && !(this.#options.searchParams instanceof URLSearchParams)) {
				for (const [key, value] of Object.entries(this.#options.searchParams)) if (value === void 0) url.searchParams.delete(key);
			}
			this.request = new globalThis.Request(url, this.#options);
		}
		if (this.#options.onUploadProgress && typeof this.#options.onUploadProgress !== "function") throw new TypeError("The `onUploadProgress` option must be a function");
		this.#startTime = typeof this.#options.totalTimeout === "number" ? this.#getCurrentTime() : void 0;
	}
	#calculateDelay(retry) {
		const retryDelay = retry.delay(this.#retryCount + 1);
		let jitteredDelay = retryDelay;
		if (retry.jitter === true) jitteredDelay = Math.random() * retryDelay;
		else if (typeof retry.jitter === "function") {
			jitteredDelay = retry.jitter(retryDelay);
			if (!Number.isFinite(jitteredDelay) || jitteredDelay < 0) jitteredDelay = retryDelay;
		}
		return Math.min(retry.backoffLimit, jitteredDelay);
	}
	async #calculateRetryDelay(error) {
		const retry = normalizeRetryOptions(this.#options.retry);
		if (this.#retryCount >= Math.min(retry.limit, this.#retryLimit)) throw error;
		const errorObject = error instanceof Error ? error : new NonError(error);
		if (errorObject instanceof ForceRetryError) return errorObject.customDelay ?? this.#calculateDelay(retry);
		if (!retry.methods.includes(this.request.method.toLowerCase())) throw error;
		const { shouldRetry } = retry;
		if (shouldRetry !== void 0) {
			const result = await this.#raceWithTotalTimeout(async () => shouldRetry({
				error: errorObject,
				retryCount: this.#retryCount + 1
			}));
			if (result === timedOutOperation) throw new TimeoutError(this.request);
			if (result === false) throw error;
			if (result === true) return this.#calculateDelay(retry);
		}
		if (isTimeoutError(error)) {
			if (!retry.retryOnTimeout) throw error;
			return this.#calculateDelay(retry);
		}
		if (isHTTPError(error)) {
			if (!retry.statusCodes.includes(error.response.status)) throw error;
			const retryTimingHeader = getRetryTimingHeader(error.response.headers);
			if (retryTimingHeader && retry.afterStatusCodes.includes(error.response.status)) {
				const after = calculateRetryTimingDelay(retryTimingHeader);
				if (after === void 0) return this.#calculateDelay(retry);
				return Math.min(retry.maxRetryAfter, after);
			}
			if (error.response.status === 413) throw error;
			return this.#calculateDelay(retry);
		}
		if (!isNetworkError(error)) throw error;
		return this.#calculateDelay(retry);
	}
	#decorateResponse(response) {
		const request = this.#getResponseRequest(response);
		if (this.#options.parseJson) response.json = async () => {
			const text = await response.text();
			return this.#options.parseJson(text, {
				request,
				response
			});
		};
		return response;
	}
	async #throwProcessedError(error) {
		if (!(error instanceof Error)) throw error;
		if (this.#beforeRetryHookErrors.has(error)) throw error;
		let processedError = error;
		for (const hook of this.#options.hooks.beforeError) {
			const hookResult = await hook({
				request: this.request,
				options: this.#getNormalizedOptions(),
				error: processedError,
				retryCount: this.#retryCount
			});
			if (hookResult instanceof Error) processedError = hookResult;
		}
		throw processedError;
	}
	async #getResponseData(response) {
		const readTimeout = this.#getErrorDataTimeout();
		const text = await this.#readResponseText(response, readTimeout.milliseconds);
		if (text === timedOutResponseData) {
			if (readTimeout.fromTotalTimeout) throw new TimeoutError(this.request);
			this.#throwIfTotalTimeoutExhausted();
			return;
		}
		if (!text) return;
		if (!this.#isJsonContentType(response.headers.get("content-type") ?? "")) return text;
		const parseTimeout = this.#getErrorDataTimeout();
		const data = await this.#parseJson(text, response, parseTimeout.milliseconds, this.#getResponseRequest(response));
		if (data === timedOutResponseData) {
			if (parseTimeout.fromTotalTimeout) throw new TimeoutError(this.request);
			this.#throwIfTotalTimeoutExhausted();
			return;
		}
		return data;
	}
	#getErrorDataTimeout() {
		const errorDataTimeout = this.#options.timeout === false ? 1e4 : this.#options.timeout;
		const remainingTotal = this.#getRemainingTotalTimeout();
		if (remainingTotal === void 0) return {
			milliseconds: errorDataTimeout,
			fromTotalTimeout: false
		};
		if (remainingTotal <= 0) throw new TimeoutError(this.request);
		return {
			milliseconds: Math.min(errorDataTimeout, remainingTotal),
			fromTotalTimeout: remainingTotal <= errorDataTimeout
		};
	}
	#getBodyReadTimeout() {
		const remainingTotal = this.#getRemainingTotalTimeout();
		if (remainingTotal !== void 0) {
			if (remainingTotal <= 0) throw new TimeoutError(this.request);
			return this.#options.timeout === false ? remainingTotal : Math.min(this.#options.timeout, remainingTotal);
		}
		return this.#options.timeout === false ? void 0 : this.#options.timeout;
	}
	async #raceBodyRead(createBodyPromise, response) {
		let timeoutMs;
		try {
			timeoutMs = this.#getBodyReadTimeout();
		} catch (error) {
			await this.#throwProcessedError(error);
		}
		const bodyPromise = createBodyPromise();
		if (timeoutMs === void 0) return bodyPromise;
		const result = await Promise.race([bodyPromise, new Promise((resolve) => {
			const timeoutId = setTimeout(() => {
				resolve(timedOutResponseData);
			}, timeoutMs);
			bodyPromise.finally(() => {
				clearTimeout(timeoutId);
			}).catch(() => void 0);
		})]);
		if (result === timedOutResponseData) {
			this.#abortController?.abort();
			await this.#throwProcessedError(new TimeoutError(this.#getResponseRequest(response)));
		}
		return result;
	}
	async #raceWithTotalTimeout(operation) {
		const remainingTotal = this.#getRemainingTotalTimeout();
		if (remainingTotal === void 0) return operation();
		if (remainingTotal <= 0) {
			this.#abortController?.abort();
			return timedOutOperation;
		}
		let timeoutId;
		try {
			const timeoutPromise = new Promise((resolve) => {
				timeoutId = setTimeout(() => {
					resolve(timedOutOperation);
				}, remainingTotal);
			});
			const operationResult = Promise.resolve().then(operation).then((value) => ({
				status: "fulfilled",
				value
			})).catch((error) => ({
				status: "rejected",
				error
			}));
			const result = await Promise.race([operationResult, timeoutPromise]);
			const remainingAfterOperation = this.#getRemainingTotalTimeout();
			if (result === timedOutOperation || remainingAfterOperation !== void 0 && remainingAfterOperation <= 0) {
				this.#abortController?.abort();
				if (result === timedOutOperation) operationResult.then((result) => {
					if (result.status === "fulfilled") this.#cancelReturnedBody(result.value);
				});
				else if (result.status === "fulfilled") this.#cancelReturnedBody(result.value);
				return timedOutOperation;
			}
			if (result.status === "rejected") throw result.error;
			return result.value;
		} finally {
			clearTimeout(timeoutId);
		}
	}
	#isJsonContentType(contentType) {
		const mimeType = (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
		return /\/(?:.*[.+-])?json$/.test(mimeType);
	}
	async #readResponseText(response, timeoutMs) {
		const { body } = response;
		if (!body) try {
			return await response.text();
		} catch {
			return;
		}
		let reader;
		try {
			reader = body.getReader();
		} catch {
			return;
		}
		const decoder = createTextDecoder(response.headers.get("content-type") ?? "");
		const chunks = [];
		let totalBytes = 0;
		const readAll = (async () => {
			try {
				for (;;) {
					const { done, value } = await reader.read();
					if (done) break;
					totalBytes += value.byteLength;
					if (totalBytes > maxErrorResponseBodySize) {
						reader.cancel().catch(() => void 0);
						return;
					}
					chunks.push(decoder.decode(value, { stream: true }));
				}
			} catch {
				return;
			}
			chunks.push(decoder.decode());
			return chunks.join("");
		})();
		const timeoutPromise = new Promise((resolve) => {
			const timeoutId = setTimeout(() => {
				resolve(timedOutResponseData);
			}, timeoutMs);
			readAll.finally(() => {
				clearTimeout(timeoutId);
			});
		});
		const result = await Promise.race([readAll, timeoutPromise]);
		if (result === timedOutResponseData) reader.cancel().catch(() => void 0);
		return result;
	}
	async #parseJson(text, response, timeoutMs, request) {
		let timeoutId;
		try {
			return await Promise.race([Promise.resolve().then(() => this.#options.parseJson ? this.#options.parseJson(text, {
				request,
				response
			}) : JSON.parse(text)), new Promise((resolve) => {
				timeoutId = setTimeout(() => {
					resolve(timedOutResponseData);
				}, timeoutMs);
			})]);
		} catch {
			return;
		} finally {
			clearTimeout(timeoutId);
		}
	}
	#cancelBody(body) {
		if (!body) return;
		body.cancel().catch(() => void 0);
	}
	#cancelResponseBody(response) {
		this.#cancelBody(response.body ?? void 0);
	}
	#cancelReturnedBody(value) {
		if (isResponseInstance(value)) this.#cancelResponseBody(value);
		else if (isRequestInstance(value)) this.#cancelBody(value.body ?? void 0);
	}
	#createManagedSignal() {
		return this.#userProvidedAbortSignal ? AbortSignal.any([this.#userProvidedAbortSignal, this.#abortController.signal]) : this.#abortController.signal;
	}
	#throwIfTotalTimeoutExhausted() {
		const remaining = this.#getRemainingTotalTimeout();
		if (remaining !== void 0 && remaining <= 0) throw new TimeoutError(this.request);
	}
	async #runBeforeRequestHooks() {
		for (const hook of this.#options.hooks.beforeRequest) {
			const result = await this.#raceWithTotalTimeout(async () => hook({
				request: this.request,
				options: this.#getNormalizedOptions(),
				retryCount: 0
			}));
			if (result === timedOutOperation) throw new TimeoutError(this.request);
			if (isRequestInstance(result)) this.#assignRequest(result);
			else if (isResponseInstance(result)) return result;
		}
	}
	async #runAfterResponseHooks(response) {
		const responseRequest = this.#getResponseRequest(response);
		for (const hook of this.#options.hooks.afterResponse) {
			const hookResponse = this.#setResponseRequest(response.clone(), responseRequest);
			this.#decorateResponse(hookResponse);
			let modifiedResponse;
			try {
				modifiedResponse = await this.#raceWithTotalTimeout(async () => hook({
					request: this.request,
					options: this.#getNormalizedOptions(),
					response: hookResponse,
					retryCount: this.#retryCount
				}));
				if (modifiedResponse === timedOutOperation) throw new TimeoutError(this.request);
			} catch (error) {
				if (hookResponse !== response) this.#cancelResponseBody(hookResponse);
				this.#cancelResponseBody(response);
				throw error;
			}
			if (modifiedResponse instanceof RetryMarker) {
				if (hookResponse !== response) this.#cancelResponseBody(hookResponse);
				this.#cancelResponseBody(response);
				throw new ForceRetryError(modifiedResponse.options);
			}
			const nextResponse = isResponseInstance(modifiedResponse) ? this.#setResponseRequest(modifiedResponse, responseRequest) : response;
			if (hookResponse !== response && hookResponse !== nextResponse && hookResponse.body !== nextResponse.body) this.#cancelResponseBody(hookResponse);
			if (response !== nextResponse && response.body !== nextResponse.body) this.#cancelResponseBody(response);
			response = nextResponse;
		}
		return response;
	}
	async #retry(function_) {
		try {
			return await function_();
		} catch (error) {
			return this.#retryFromError(error, function_);
		}
	}
	async #retryFromError(error, function_) {
		this.#returnedResponseFromBeforeRetryHook = false;
		const retryDelay = Math.min(await this.#calculateRetryDelay(error), maxSafeTimeout);
		const delayOptions = { signal: this.#userProvidedAbortSignal };
		const remainingTimeout = this.#getRemainingTotalTimeout();
		if (remainingTimeout !== void 0) {
			if (remainingTimeout <= 0) throw new TimeoutError(this.request);
			if (retryDelay >= remainingTimeout) {
				await delay(remainingTimeout, delayOptions);
				throw new TimeoutError(this.request);
			}
		}
		await delay(retryDelay, delayOptions);
		this.#throwIfTotalTimeoutExhausted();
		if (error instanceof ForceRetryError && error.customRequest) {
			const customRequest = new globalThis.Request(error.customRequest, this.#options.signal ? { signal: this.#options.signal } : void 0);
			this.#assignRequest(customRequest);
		}
		for (const hook of this.#options.hooks.beforeRetry) {
			let hookResult;
			try {
				hookResult = await this.#raceWithTotalTimeout(async () => hook({
					request: this.request,
					options: this.#getNormalizedOptions(),
					error,
					retryCount: this.#retryCount + 1
				}));
			} catch (hookError) {
				if (hookError instanceof Error && hookError !== error) this.#beforeRetryHookErrors.add(hookError);
				throw hookError;
			}
			if (hookResult === timedOutOperation) throw new TimeoutError(this.request);
			if (isRequestInstance(hookResult)) {
				this.#assignRequest(hookResult);
				break;
			}
			if (isResponseInstance(hookResult)) {
				this.#returnedResponseFromBeforeRetryHook = true;
				this.#retryCount++;
				return hookResult;
			}
			if (hookResult === stop) return;
		}
		this.#throwIfTotalTimeoutExhausted();
		this.#retryCount++;
		return this.#retry(function_);
	}
	#consumeReturnedResponseFromBeforeRetryHook() {
		const value = this.#returnedResponseFromBeforeRetryHook;
		this.#returnedResponseFromBeforeRetryHook = false;
		return value;
	}
	async #fetch() {
		if (this.#abortController?.signal.aborted) {
			this.#abortController = new globalThis.AbortController();
			this.#options.signal = this.#createManagedSignal();
			this.request = new globalThis.Request(this.request, { signal: this.#options.signal });
		}
		const nonRequestOptions = findUnknownOptions(this.#options);
		this.#retryLimit = normalizeRetryOptions(this.#options.retry).limit;
		const retryRequest = this.#retryLimit > 0 ? this.request.clone() : void 0;
		const request = this.#wrapRequestWithUploadProgress(this.request, this.#options.body ?? void 0);
		this.#originalRequest = request;
		if (retryRequest) this.request = retryRequest;
		try {
			const remainingTotal = this.#getRemainingTotalTimeout();
			if (remainingTotal !== void 0 && remainingTotal <= 0) throw new TimeoutError(this.request);
			const effectiveTimeout = this.#options.timeout === false ? remainingTotal : remainingTotal === void 0 ? this.#options.timeout : Math.min(this.#options.timeout, remainingTotal);
			const response = effectiveTimeout === void 0 ? await this.#options.fetch(request, nonRequestOptions) : await timeout(request, nonRequestOptions, this.#abortController, {
				timeout: effectiveTimeout,
				fetch: this.#options.fetch
			});
			return this.#setResponseRequest(response, request);
		} catch (error) {
			if (isRawNetworkError(error)) throw new NetworkError(this.request, { cause: error });
			throw error;
		}
	}
	#getRemainingTotalTimeout() {
		if (this.#startTime === void 0) return;
		const elapsed = this.#getCurrentTime() - this.#startTime;
		return Math.max(0, this.#options.totalTimeout - elapsed);
	}
	#getCurrentTime() {
		return globalThis.performance?.now() ?? Date.now();
	}
	#getNormalizedOptions() {
		if (!this.#cachedNormalizedOptions) {
			const { hooks, json, parseJson, stringifyJson, searchParams, timeout, totalTimeout, throwHttpErrors, fetch, ...normalizedOptions } = this.#options;
			this.#cachedNormalizedOptions = Object.freeze(normalizedOptions);
		}
		return this.#cachedNormalizedOptions;
	}
	#assignRequest(request) {
		this.#cachedNormalizedOptions = void 0;
		this.request = request;
	}
	#getResponseRequest(response) {
		return this.#responseRequests.get(response) ?? this.request;
	}
	#setResponseRequest(response, request) {
		this.#responseRequests.set(response, request);
		return response;
	}
	#wrapRequestWithUploadProgress(request, originalBody) {
		if (!this.#options.onUploadProgress || !request.body || !supportsRequestStreams) return request;
		return streamRequest(request, this.#options.onUploadProgress, originalBody ?? this.#options.body ?? void 0);
	}
};
// ../../node_modules/.pnpm/ky@2.1.0/node_modules/ky/distribution/index.js
/*! MIT License © Sindre Sorhus */
const createInstance = (defaults) => {
	const ky = (input, options) => Ky.create(input, validateAndMerge(defaults, options));
	for (const method of requestMethods) ky[method] = (input, options) => Ky.create(input, validateAndMerge(defaults, options, { method }));
	ky.create = (newDefaults) => createInstance(validateAndMerge(newDefaults));
	ky.extend = (newDefaults) => {
		if (typeof newDefaults === "function") newDefaults = newDefaults(defaults ?? {});
		return createInstance(validateAndMerge(defaults, newDefaults));
	};
	ky.stop = stop;
	ky.retry = retry;
	return ky;
};
const ky = createInstance();
// ../core/dist/index.js
/** Base64 of the UTF-8 bytes of a text, as `Basic` and AlertSite's header want it. */
function base64Utf8(text) {
	let bytes = "";
	for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
	return btoa(bytes);
}
/** How much of an answer in a sign-in conversation is read, in bytes: 1 MiB. */
const MAX_ANSWER_BYTES = 1048576;
/**
* Reads a response's body as UTF-8, up to a limit.
* @returns `undefined` when the body is larger; the rest of it is then not read.
*/
async function readBounded(response, limit) {
	if (response.body === null) return "";
	const reader = response.body.getReader();
	const decoder = new TextDecoder();
	let text = "";
	let size = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return text + decoder.decode();
		size += value.byteLength;
		if (size > limit) {
			reader.cancel().catch(() => {});
			return;
		}
		text += decoder.decode(value, { stream: true });
	}
}
/** The rounds of PBKDF2 in version 1 of the format. */
const ITERATIONS = 6e5;
/** How many derived keys are kept for each passphrase. */
const KEPT_KEYS = 16;
const SALT_BYTES = 16;
const IV_BYTES = 12;
const PASSPHRASE_FORMAT = /^(vms1\.pbkdf2\.([\w-]{22}))\.([\w-]{16})\.([\w-]{22,})$/;
const BYTES_FORMAT = /^(vms1\.key)()\.([\w-]{16})\.([\w-]{22,})$/;
/**
* Encrypts what another store keeps, by AES-256-GCM with WebCrypto: in every runtime. The store's keys (vendor, origin,
* account) stay readable, as does the length of a value; `expiresAt` and `withLock` go through.
*
* A value is text, its parts in base64url without padding:
*
* - `vms1.pbkdf2.<salt>.<iv>.<sealed>` for a passphrase: the AES key is PBKDF2-HMAC-SHA-256 of the passphrase (UTF-8 of
*   its NFC form) with the salt of 16 bytes and 600,000 rounds;
* - `vms1.key.<iv>.<sealed>` for 32 bytes.
*
* `iv` is 12 random bytes, and `sealed` the ciphertext with its tag of 16 bytes. The associated data is everything before
* `.<iv>`, a dot, and the store's key: a value that was moved to another key does not decrypt.
*
* @throws {InvalidOptions} for an empty or missing key, and for bytes that are not 32. Its `get` throws `StoreFailed` for
* whatever does not decrypt, text that was never encrypted included; a session then signs in and replaces it.
*/
function encryptedStore(store, options) {
	const { key, previousKeys = [] } = options;
	const current = cipherOf(key, "key");
	const ciphers = [current, ...previousKeys.map((older) => cipherOf(older, "previousKeys"))];
	const { withLock } = store;
	let salt;
	return {
		async get(name) {
			const value = await store.get(name);
			if (value === void 0) return void 0;
			for (const cipher of ciphers) {
				const [, head = "", usedSalt = "", iv = "", sealed = ""] = cipher.format.exec(value) ?? [];
				if (head === "") continue;
				const text = await unseal(await cipher.keyOf(usedSalt), head, name, iv, sealed);
				if (text === void 0) continue;
				if (cipher === current) salt = usedSalt;
				return text;
			}
			throw new StoreFailed("core", complaintOf(value));
		},
		async set(name, value, setOptions) {
			salt ??= toBase64Url(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
			const head = current.format === BYTES_FORMAT ? "vms1.key" : `vms1.pbkdf2.${salt}`;
			const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
			const algorithm = {
				name: "AES-GCM",
				iv,
				additionalData: bytesOf(`${head}.${name}`)
			};
			const sealed = await crypto.subtle.encrypt(algorithm, await current.keyOf(salt), bytesOf(value));
			await store.set(name, `${head}.${toBase64Url(iv)}.${toBase64Url(new Uint8Array(sealed))}`, setOptions);
		},
		async delete(name) {
			await store.delete(name);
		},
		...withLock === void 0 ? {} : { withLock: withLock.bind(store) }
	};
}
async function unseal(key, head, name, iv, sealed) {
	try {
		const algorithm = {
			name: "AES-GCM",
			iv: fromBase64Url(iv),
			additionalData: bytesOf(`${head}.${name}`)
		};
		return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await crypto.subtle.decrypt(algorithm, key, fromBase64Url(sealed)));
	} catch {
		return;
	}
}
/** What to do about a value that does not decrypt, and nothing of the value. */
function complaintOf(value) {
	if (!value.startsWith("vms1.")) return value.startsWith("vms") ? "encryptedStore: the value is in the format of a newer version, or damaged. Update @vms/core, or remove the value." : "encryptedStore: the value is not encrypted. Somebody wrote it without `encryptedStore`, or changed it: a session replaces it, else remove it.";
	return "encryptedStore: the value does not decrypt: it is of another key, was moved from another place, or is damaged. If the key was changed, give the older one in `previousKeys`; a session replaces the value otherwise.";
}
function cipherOf(key, option) {
	const wrong = (what) => {
		throw new InvalidOptions("core", `encryptedStore: \`${option}\` ${what}`);
	};
	if (typeof key === "string") {
		if (key.trim() === "") return wrong("is an empty passphrase: give one that is hard to guess, or 32 random bytes.");
		return {
			format: PASSPHRASE_FORMAT,
			keyOf: derivedKeys(key)
		};
	}
	if (Object.prototype.toString.call(key) !== "[object Uint8Array]") return wrong("must be a passphrase or a Uint8Array of 32 bytes.");
	const bytes = new Uint8Array(key);
	if (bytes.length !== 32) return wrong(`must have 32 bytes, not ${bytes.length}.`);
	let imported;
	const keyOf = () => {
		imported ??= crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
		return imported;
	};
	return {
		format: BYTES_FORMAT,
		keyOf
	};
}
/** Derives a passphrase's keys, and keeps those of the salts that were used last. */
function derivedKeys(passphrase) {
	const kept = /* @__PURE__ */ new Map();
	const secret = bytesOf(passphrase.normalize("NFC"));
	return (salt) => {
		const key = kept.get(salt) ?? derive(secret, salt);
		kept.delete(salt);
		kept.set(salt, key);
		key.catch(() => kept.delete(salt));
		const [oldest] = kept.keys();
		if (kept.size > KEPT_KEYS && oldest !== void 0) kept.delete(oldest);
		return key;
	};
}
async function derive(secret, salt) {
	const algorithm = {
		name: "PBKDF2",
		hash: "SHA-256",
		salt: fromBase64Url(salt),
		iterations: ITERATIONS
	};
	try {
		const base = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveKey"]);
		return await crypto.subtle.deriveKey(algorithm, base, {
			name: "AES-GCM",
			length: 256
		}, false, ["encrypt", "decrypt"]);
	} catch {
		throw new StoreFailed("core", `encryptedStore: ${`this runtime refuses PBKDF2 with ${ITERATIONS} rounds. Give 32 random bytes as \`key\`.`}`);
	}
}
function bytesOf(text) {
	return new TextEncoder().encode(text);
}
function toBase64Url(bytes) {
	let binary = "";
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
function fromBase64Url(text) {
	return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}
/** The account exists, but the vendor does not let it in; `reason` says why. Tried once, like a wrong password. */
var AccountUnavailable = class extends VmsError {
	name = "AccountUnavailable";
	code = "account_unavailable";
	reason;
	constructor(vendor, message, details) {
		super(vendor, message, details);
		this.reason = details.reason;
	}
};
/** The vendor refused the user name or password. Not tried again until the credentials change or `renew()` is called. */
var InvalidCredentials = class extends VmsError {
	name = "InvalidCredentials";
	code = "invalid_credentials";
};
/** The vendor understood the sign-in request and refused its form. `fields` has the vendor's reasons by field. */
var InvalidRequest = class extends VmsError {
	name = "InvalidRequest";
	code = "invalid_request";
	/** The vendor's texts by the field that they are about; empty where the vendor names none. */
	fields;
	constructor(vendor, message, details = {}) {
		super(vendor, message, details);
		this.fields = details.fields ?? {};
	}
};
/** The vendor asks to slow down. `retryAfter` (ms) is set when the vendor said for how long. */
var RateLimited = class extends VmsError {
	name = "RateLimited";
	code = "rate_limited";
	constructor(vendor, message, details = {}) {
		super(vendor, message, {
			retryable: true,
			...details
		});
	}
};
/** The vendor refused the code of the second factor. */
var SecondFactorRejected = class extends VmsError {
	name = "SecondFactorRejected";
	code = "second_factor_rejected";
};
/** The account asks for a second factor, and nothing was given that could answer. `methods` says what is asked for. */
var SecondFactorRequired = class extends VmsError {
	name = "SecondFactorRequired";
	code = "second_factor_required";
	methods;
	constructor(vendor, message, details) {
		super(vendor, message, details);
		this.methods = details.methods;
	}
};
/** The session was signed out; `login()` opens it again. */
var SessionClosed = class extends VmsError {
	name = "SessionClosed";
	code = "session_closed";
};
/** An answer was not what the vendor documents. `paths` names what was wrong in it, never a value. */
var UnexpectedResponse = class extends VmsError {
	name = "UnexpectedResponse";
	code = "unexpected_response";
	/** The paths that were wrong, for example `["user.id"]`; empty when the answer as a whole was. */
	paths;
	constructor(vendor, message, details = {}) {
		super(vendor, message, details);
		this.paths = details.paths ?? [];
	}
};
/** The vendor could not be reached, did not answer in time, or answered with a 5xx status. */
var VendorUnavailable = class extends VmsError {
	name = "VendorUnavailable";
	code = "vendor_unavailable";
	constructor(vendor, message, details = {}) {
		super(vendor, message, {
			retryable: true,
			...details
		});
	}
};
/**
* Checks a pair of credentials.
* @param passwordless whether a login does without a password: where none is given, it is the empty string.
* @throws {InvalidOptions} naming the field, never its value.
*/
function checkCredentials(vendor, value, passwordless = false) {
	if (typeof value !== "object" || value === null) throw new InvalidOptions(vendor, "`credentials` must be { username, password }, or a function that returns it.");
	const { username, password = passwordless ? "" : void 0 } = value;
	if (typeof username !== "string" || username === "") throw new InvalidOptions(vendor, "`credentials`: `username` must be a non-empty string.");
	if (typeof password === "function") return {
		username,
		password
	};
	return {
		username,
		password: checkPassword(vendor, password, passwordless)
	};
}
/** Checks a password. */
function checkPassword(vendor, password, passwordless = false) {
	if (typeof password === "string" && (password !== "" || passwordless)) return password;
	throw new InvalidOptions(vendor, "`credentials`: `password` must be a non-empty string.");
}
/**
* Checks the options.
* @throws {InvalidOptions} naming the option and what to write.
*/
function checkOptions(vendor, options) {
	const wrong = (what) => {
		throw new InvalidOptions(vendor, what);
	};
	if (typeof options !== "object" || options === null) wrong("the options must be an object.");
	const positive = (name, value, unit = "ms") => {
		if (value === void 0) return void 0;
		if (typeof value === "number" && Number.isFinite(value) && value > 0) return value;
		return wrong(`\`${name}\` must be a number above 0 (${unit}).`);
	};
	const callable = (name, value, what) => value === void 0 || typeof value === "function" ? value : wrong(`\`${name}\` must be ${what}.`);
	const { store, userAgent, allowInsecureHttp = false, retry = {} } = options;
	if (store !== void 0 && ![
		"get",
		"set",
		"delete"
	].every((method) => typeof store?.[method] === "function")) wrong("`store` must have the methods get, set and delete, for example `memoryStore()`.");
	if (userAgent !== void 0 && (typeof userAgent !== "string" || !/^[\x20-\x7e]+$/.test(userAgent))) wrong("`userAgent` must be a non-empty string of printable ASCII.");
	if (typeof allowInsecureHttp !== "boolean") wrong("`allowInsecureHttp` must be true or false.");
	if (typeof retry !== "object" || retry === null) wrong("`retry` must be an object.");
	const attempts = positive("retry.attempts", retry.attempts, "a whole number of logins") ?? 3;
	if (!Number.isInteger(attempts)) wrong("`retry.attempts` must be a whole number of logins.");
	const { cookies } = options;
	if (cookies !== void 0 && !(typeof cookies === "object" && cookies !== null && !Array.isArray(cookies) && Object.values(cookies).every((value) => typeof value === "string"))) wrong("`cookies` must be an object of cookies by name, for example of `parseCookiesTxt`.");
	const userFetch = callable("fetch", options.fetch, "a function like the global fetch");
	return {
		credentials: typeof options.credentials === "function" ? options.credentials : checkCredentials(vendor, options.credentials),
		secondFactor: callable("secondFactor", options.secondFactor, "a function, for example `totp(secret)`"),
		fetch: userFetch ?? ((input, init) => globalThis.fetch(input, init)),
		store,
		cookies,
		timeout: positive("timeout", options.timeout) ?? 3e4,
		allowInsecureHttp,
		allowedOrigins: checkOrigins(vendor, options.allowedOrigins),
		userAgent: userAgent ?? `vms-${vendor}`,
		renewBefore: positive("renewBefore", options.renewBefore),
		lifetime: positive("lifetime", options.lifetime),
		idleTimeout: positive("idleTimeout", options.idleTimeout),
		retry: {
			attempts,
			minDelay: positive("retry.minDelay", retry.minDelay) ?? 500,
			maxDelay: positive("retry.maxDelay", retry.maxDelay) ?? 1e4,
			maxRetryAfter: positive("retry.maxRetryAfter", retry.maxRetryAfter) ?? 2e4
		},
		now: callable("now", options.now, "a function that returns ms since the epoch") ?? Date.now
	};
}
function checkOrigins(vendor, origins = []) {
	if (Array.isArray(origins)) return origins.map((origin) => checkOrigin(vendor, origin));
	throw new InvalidOptions(vendor, "`allowedOrigins` must be a list, for example [\"https://media.example.com\"].");
}
function checkOrigin(vendor, origin) {
	const match = typeof origin === "string" ? /^(https?:\/\/)(\*\.)?([^/\\?#@*\s]+)\/?$/i.exec(origin) : null;
	if (match !== null && URL.canParse(`${match[1]}${match[3]}`)) {
		const { protocol, host } = new URL(`${match[1]}${match[3]}`);
		return `${protocol}//${match[2] ?? ""}${host}`;
	}
	throw new InvalidOptions(vendor, "`allowedOrigins` must be origins such as https://media.example.com or https://*.example.com.");
}
/**
* Checks a base URL and gives it a trailing slash.
* @throws {InvalidOptions} naming what to write.
*/
function parseBaseUrl(vendor, value) {
	const text = value instanceof URL ? value.href : value;
	const wrong = (what) => {
		throw new InvalidOptions(vendor, `\`baseUrl\` ${what}`);
	};
	if (typeof text !== "string" || text.trim() === "") return wrong("is missing: write https://host, with the vendor's host.");
	if (!/^https?:\/\//i.test(text.trim())) return wrong("must begin with https://, for example https://host.");
	if (!URL.canParse(text)) return wrong("is not a valid URL: write https://host or https://host/path.");
	const url = new URL(text);
	if (url.username !== "" || url.password !== "") return wrong("must not hold a user name or password: give them as `credentials`.");
	if (url.search !== "" || url.hash !== "") return wrong("must not have a query or a fragment.");
	return withSlash(url);
}
/**
* Looks at a small JSON body without using it up: for vendors whose answers say inside whether the session is gone.
* @param limit bytes; a larger body is not what is looked for, and is left alone. At most so much of it is held twice.
* @returns `undefined` where the body is not JSON, larger, or already used.
*/
async function peekJson(response, limit) {
	const type = response.headers.get("content-type") ?? "application/json";
	const length = Number(response.headers.get("content-length") ?? 0);
	if (!/json/i.test(type) || length > limit || response.bodyUsed || response.body === null) return void 0;
	try {
		const text = await readBounded(response.clone(), limit);
		return text === void 0 ? void 0 : JSON.parse(text);
	} catch {
		return;
	}
}
const DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const TIME = "\\d{2}:\\d{2}:\\d{2}";
const FIXDATE = new RegExp(`^${DAY}, \\d{2} ${MONTH} \\d{4} ${TIME} GMT$`);
const RFC850 = new RegExp(`^${DAY}[a-z]*, \\d{2}-${MONTH}-\\d{2} ${TIME} GMT$`);
const ASCTIME = new RegExp(`^${DAY} ${MONTH} [ \\d]\\d ${TIME} \\d{4}$`);
/**
* Reads a date of an HTTP header, in any of its three forms.
* @returns ms since the epoch, or `undefined` where the text is not one.
* @see RFC 9110, section 5.6.7
*/
function parseHttpDate(header) {
	const text = header?.trim() ?? "";
	const zoned = ASCTIME.test(text) ? `${text} GMT` : FIXDATE.test(text) || RFC850.test(text) ? text : "";
	const date = Date.parse(zoned);
	return Number.isNaN(date) ? void 0 : date;
}
/**
* Reads a `Retry-After` header: seconds or a date.
* @param now the current time in ms since the epoch, by the clock of who sent the header.
* @returns ms to wait, at least 0; `undefined` where the header is absent or malformed.
* @see RFC 9110, section 10.2.3
*/
function parseRetryAfter(header, now) {
	if (header === null) return void 0;
	const text = header.trim();
	if (/^\d{1,10}$/.test(text)) return Number(text) * 1e3;
	const date = parseHttpDate(text);
	return date === void 0 ? void 0 : Math.max(0, date - now);
}
/**
* Checks a value from outside against a schema.
* @param what names the value in the error, for example `"the login's answer"`.
* @param redact takes secrets out of a key, as a key may be the vendor's own data.
* @throws {UnexpectedResponse} with the paths that were wrong and none of the values.
*/
function parseWith(schema, value, vendor, what, status, redact = (text) => text) {
	const result = schema["~standard"].validate(value);
	if ("value" in result && result.issues === void 0) return result.value;
	const issues = "issues" in result ? result.issues ?? [] : [];
	const paths = [...new Set(issues.map((issue) => pathOf(issue.path, redact)))].slice(0, 20);
	const where = paths.filter((path) => path !== "").join(", ");
	throw new UnexpectedResponse(vendor, `${what} does not have the documented shape${where === "" ? "" : ` (wrong or missing: ${where})`}. Check that the base URL points at this vendor's API.`, {
		paths,
		status
	});
}
function pathOf(path, redact) {
	return (path ?? []).map((part) => redact(String(typeof part === "object" ? part.key : part)).slice(0, 40)).join(".");
}
/** The call of `session.fetch(input, init)`. */
function callOfFetch(input, init) {
	const request = typeof input === "object" && "url" in input ? input : void 0;
	const body = init?.body;
	return {
		url: typeof input === "string" ? input : request === void 0 ? input.href : request.url,
		request,
		init,
		body,
		repeatable: isRepeatable(body) && (request === void 0 || body != null || request.body === null),
		signal: init?.signal ?? request?.signal,
		joinedByKy: false
	};
}
/** The call of `session.http`: ky's `Request`, with the body that its options named where that is known. */
function callOfHttp(request, init, body) {
	return {
		url: request.url,
		request,
		init,
		body,
		repeatable: request.body === null || body != null && isRepeatable(body),
		signal: request.signal,
		joinedByKy: true
	};
}
/**
* Whether a body can be sent once more without having been copied first. A stream cannot: the first request uses it up.
*/
function isRepeatable(body) {
	return body === void 0 || body === null || typeof body === "string" || body instanceof URLSearchParams || body instanceof FormData || body instanceof Blob || body instanceof ArrayBuffer || ArrayBuffer.isView(body);
}
function methodOf(call) {
	return (call.init?.method ?? call.request?.method ?? "GET").toUpperCase();
}
function headersOf(call) {
	return call.init?.headers ?? call.request?.headers;
}
/** Sends a call to a URL under given headers. Redirects come back as they are, unless the caller asked for an error. */
function transmit(call, url, headers, again, send) {
	const { request, init } = call;
	const redirect = redirectModeOf(call) === "error" ? "error" : "manual";
	if (request === void 0) {
		const bare = {
			headers,
			redirect
		};
		return send(url, init === void 0 ? bare : Object.assign({}, init, bare));
	}
	if (!again && url === request.url) return send(request, {
		...init,
		headers,
		redirect
	});
	return send(url, {
		...initOf(call),
		headers: fitting(headers, call.body),
		redirect
	});
}
function redirectModeOf(call) {
	return call.init?.redirect ?? call.request?.redirect ?? "follow";
}
/** All of a call but its URL, headers and redirect mode. */
function initOf(call) {
	const { request, init, body } = call;
	if (request === void 0) return { ...init };
	const { method, signal, cache, credentials, integrity, keepalive, referrerPolicy } = request;
	const stream = body == null ? request.body : null;
	return {
		method,
		signal,
		cache,
		credentials,
		integrity,
		keepalive,
		referrerPolicy,
		...init,
		...stream === null ? { body: body ?? null } : {
			body: stream,
			duplex: "half"
		}
	};
}
function fitting(headers, body) {
	if (!(body instanceof FormData)) return headers;
	const fitted = new Headers(headers);
	if (fitted.get("content-type")?.startsWith("multipart/form-data")) fitted.delete("content-type");
	return fitted;
}
/** Whether a response sends its caller elsewhere. */
function isRedirect(response) {
	const { status } = response;
	if (status >= 200 && status < 300) return false;
	return status >= 301 && status <= 308 && (status <= 303 || status >= 307) && response.headers.has("location") || response.type === "opaqueredirect";
}
/**
* Follows redirects by the method rules of the Fetch standard. The credential goes along at home and to allowed
* origins. A chain that has left home goes on without credential, cookies and all headers but the safe ones,
* also where it comes back: who is abroad chose that address.
* @param passed told of each redirect at home, which may carry a new credential; gives the ticket to go on with.
* @throws {UnexpectedResponse} on a loop, after 20 redirects, and where a body cannot be sent again.
* @see https://fetch.spec.whatwg.org/#http-redirect-fetch
*/
async function followRedirects(vendor, call, first, passed, isHome, send) {
	const failed = (what) => new UnexpectedResponse(vendor, `a call was redirected ${what}.`, { status: response.status });
	let { url, response } = first;
	let ticket = passed(response);
	const secret = ticket.secretNames;
	const userAgent = ticket.bare["user-agent"] ?? "";
	const seen = /* @__PURE__ */ new Set();
	let method = methodOf(call);
	let given = new Headers(headersOf(call));
	let withBody = call.body != null || call.request?.body != null;
	let home = true;
	for (let count = 0; isRedirect(response); count++) {
		if (response.type === "opaqueredirect") throw failed("to where this runtime does not say: call that address itself");
		if (count === 20) throw failed(`more than 20 times`);
		response.body?.cancel().catch(() => {});
		const location = response.headers.get("location") ?? "";
		if (!URL.canParse(location, url)) throw failed("to what is not a URL");
		const next = new URL(location, url);
		if (next.protocol !== "https:" && next.protocol !== "http:") throw failed("to what is not a web address");
		if (next.username !== "" || next.password !== "") throw failed("to a URL with a user name in it");
		const { status } = response;
		if (status === 303 ? method !== "GET" && method !== "HEAD" : status <= 302 && method === "POST") {
			method = "GET";
			withBody = false;
			given = new Headers([...given].filter(([name]) => !name.startsWith("content-")));
		} else if (withBody && !call.repeatable) throw failed("after its body, a stream, had been sent: send it to that address itself");
		home &&= isHome(next);
		if (!next.hash && url.includes("#")) next.hash = url.slice(url.indexOf("#"));
		const shown = withoutQuery(next.href, secret);
		url = home && ticket.query !== "" ? withQuery(shown, ticket.query, secret) : shown;
		if (seen.has(`${method} ${url}`)) throw failed("in a circle");
		seen.add(`${method} ${url}`);
		if (withBody && call.body instanceof FormData) given.delete("content-type");
		response = await send(url, {
			...initOf(call),
			method,
			body: withBody ? call.body : null,
			headers: home ? withTicket(given, ticket) : withoutTicket(given, userAgent),
			redirect: "manual"
		});
		if (home && isRedirect(response)) ticket = passed(response);
	}
	return {
		response,
		home
	};
}
/**
* The response as a caller may see it: without `Set-Cookie`, as in a browser, and without the credential in its URL.
* The body is passed on, neither read nor copied.
* @param secret the names of search parameters that hold the credential.
*/
function shownResponse(response, secret) {
	if (secret.length === 0 && !response.headers.has("set-cookie")) return response;
	const headers = new Headers(response.headers);
	headers.delete("set-cookie");
	const { status, statusText } = response;
	const known = status >= 200 && status <= 599;
	const body = !known || [
		204,
		205,
		304
	].includes(status) ? null : response.body;
	const shown = new Response(body, {
		status: known ? status : 500,
		statusText,
		headers
	});
	const properties = {
		url: withoutQuery(response.url, secret),
		redirected: response.redirected,
		status
	};
	for (const [name, value] of Object.entries(properties)) Object.defineProperty(shown, name, { value });
	return shown;
}
/**
* A `fetch` that puts the session's credential on, signs in where there is no session, and sends a refused call
* once more with the next one.
*/
function createAuthenticatedFetch(flow, settings, engine) {
	const { vendor } = flow;
	const home = homeOf(flow, settings);
	async function whenSignedIn(call) {
		return send(call, await engine.acquire(call.signal), false);
	}
	function send(call, live, again) {
		const url = urlOf(call, live);
		const headers = withTicket(headersOf(call), live.ticket);
		let sent;
		try {
			sent = transmit(call, url, headers, again, settings.fetch);
		} catch (error) {
			failed(call, error);
		}
		return sent.then((response) => arrived(call, live, again, url, response), (error) => failed(call, error));
	}
	function failed(call, error) {
		if (call.signal?.aborted) throw call.signal.reason;
		throw isVmsError(error) ? error : plainNetworkError(error);
	}
	function urlOf(call, live) {
		const { ticket } = live;
		let url;
		if (isAbsolute(call.url)) {
			const start = flow.baseUrl.href;
			const moved = call.joinedByKy && start !== ticket.base && call.url.startsWith(start);
			const target = new URL(moved ? ticket.base + call.url.slice(start.length) : call.url, ticket.base);
			home.require(target, ticket);
			url = target.href;
		} else url = joinBelow(ticket.base, call.url);
		return ticket.query === "" ? url : withQuery(url, ticket.query, ticket.secretNames);
	}
	function arrived(call, live, again, url, response) {
		if (isRedirect(response) && redirectModeOf(call) === "follow") return follow(call, live, again, url, response);
		const rejected = isRejected(response);
		if (typeof rejected === "boolean") return settle(call, live, again, response, rejected);
		return orAbort(rejected, call.signal).then((is) => settle(call, live, again, response, is));
	}
	function isRejected(response) {
		return flow.isRejected === void 0 ? response.status === 401 : flow.isRejected(response);
	}
	async function follow(call, live, again, url, response) {
		const first = {
			url,
			response
		};
		const isAllowed = (target) => home.includes(target, live.ticket);
		const passed = (step) => {
			rotate(step, live);
			const now = engine.peek();
			return now?.lineage === live.lineage ? now.ticket : live.ticket;
		};
		const end = await followRedirects(vendor, call, first, passed, isAllowed, settings.fetch).catch((error) => failed(call, error));
		Object.defineProperty(end.response, "redirected", { value: true });
		if (!end.home) return shownResponse(end.response, live.ticket.secretNames);
		return settle(call, live, again, end.response, await isRejected(end.response));
	}
	function settle(call, live, again, response, rejected) {
		if (!rejected) rotate(response, live);
		else if (!again) {
			engine.rejected(live, response.status);
			if (call.repeatable) return resend(call, response);
		}
		return shownResponse(response, live.ticket.secretNames);
	}
	function rotate(response, live) {
		const data = flow.rotate?.(response, live.record);
		if (data !== void 0) engine.rotated(live, data, response);
	}
	async function resend(call, response) {
		response.body?.cancel().catch(() => {});
		return send(call, await engine.acquire(call.signal), true);
	}
	function dispatch(call) {
		try {
			const live = engine.use();
			return live === void 0 ? whenSignedIn(call) : send(call, live, false);
		} catch (error) {
			return Promise.reject(error);
		}
	}
	return {
		fetch(input, init) {
			try {
				return dispatch(callOfFetch(input, init));
			} catch (error) {
				return Promise.reject(error);
			}
		},
		fetchForHttp: (request, init, body) => dispatch(callOfHttp(request, init, body))
	};
}
/** A longer timer would run out at once. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** The machine's clock, with `now` replaced where a user gave one. */
function systemClock(now = Date.now) {
	return {
		now,
		random: Math.random,
		timer(ms, callback) {
			const id = setTimeout(callback, Math.min(ms, LONGEST_TIMER));
			return () => clearTimeout(id);
		}
	};
}
/**
* Waits.
* @throws the signal's reason when it aborts.
*/
async function sleep(clock, ms, signal) {
	const { promise, resolve } = Promise.withResolvers();
	const cancel = clock.timer(ms, resolve);
	try {
		await orAbort(promise, signal);
	} finally {
		cancel();
	}
}
/**
* Waits for a promise for so many ms at most. The promise itself goes on.
* @throws what `otherwise` makes when the time is over.
*/
async function within(clock, ms, promise, otherwise) {
	const late = Promise.withResolvers();
	const cancel = clock.timer(ms, () => late.reject(otherwise()));
	try {
		return await Promise.race([promise, late.promise]);
	} finally {
		cancel();
	}
}
function newAttempt(allowed) {
	const result = Promise.withResolvers();
	result.promise.catch(() => {});
	return {
		...allowed,
		result,
		settled: Promise.resolve(),
		abort: new AbortController(),
		unwanted: new AbortController(),
		waiters: 0,
		adopted: false,
		unasked: false
	};
}
/** Whether somebody may be asked for an attempt's sake. */
function attendanceOf(attempt) {
	return {
		mayAsk: () => attempt.mayAsk,
		spared: () => {
			attempt.unasked = true;
		},
		signal: attempt.unwanted.signal,
		count: { codes: 0 }
	};
}
/** Where a renewal in the background had just given up for want of a human, it is begun again for whoever waits now. */
function again(attempt, begin) {
	return (error) => attempt.unasked ? begin() : Promise.reject(error);
}
/**
* Law 9: a lifetime counts from when the request was sent, and the vendor's instants are moved to our clock.
* @param offset how far the vendor's clock is ahead of ours, in ms; too small a difference is not corrected.
* @param known a lifetime in ms that the operator knows.
*/
function endsOf(lifetime, issuedAt, offset, known) {
	const ahead = Math.abs(offset) > 5e3 ? offset : 0;
	const { expiresAt, expiresIn, expiresHint } = lifetime;
	const ends = [
		expiresAt === void 0 ? void 0 : expiresAt - ahead,
		expiresIn === void 0 ? void 0 : issuedAt + expiresIn,
		known === void 0 ? void 0 : issuedAt + known
	].filter((end) => end !== void 0 && Number.isFinite(end));
	return {
		...ends.length === 0 ? {} : { expiresAt: Math.min(...ends) },
		...expiresHint === void 0 || !Number.isFinite(expiresHint) ? {} : { expiresHint: expiresHint - ahead }
	};
}
/** How far the clock that made a `Date` header is ahead of ours, in ms; 0 where the header is absent or malformed. */
function clockOffset(date, sentAt, receivedAt) {
	const then = parseHttpDate(date);
	return then === void 0 ? 0 : then - (sentAt + receivedAt) / 2;
}
/**
* Makes the ticket of a record.
* @throws {UnexpectedResponse} where the credential cannot be sent: `fetch` would quote it in its own error.
*/
function makeTicket(flow, record, userAgent) {
	const { headers = {}, searchParams = {}, cookies = {} } = flow.authorize(record);
	const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
	if (!(Object.entries(headers).every(([name, value]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\x20-\x7e]+$/.test(value)) && pairs.every((pair) => /^[\x21-\x3a\x3c\x3e-\x7e]+=[\x21-\x3a\x3c-\x7e]+$/.test(pair)))) throw new UnexpectedResponse(flow.vendor, "the credential that the vendor gave has characters that cannot be sent in a header. Check that the base URL points at this vendor's API.");
	const all = lowerCased({
		...headers,
		...pairs.length === 0 ? {} : { cookie: pairs.join("; ") }
	});
	return {
		base: record.baseUrl,
		origin: new URL(record.baseUrl).origin,
		headers: all,
		searchParams,
		cookies,
		bare: Object.freeze({
			"user-agent": userAgent,
			...lowerCased(flow.headers ?? {}),
			...all
		}),
		query: new URLSearchParams(searchParams).toString(),
		secretNames: Object.keys(searchParams)
	};
}
function lowerCased(headers) {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
/** Puts a record to use. */
function makeLive(flow, record, settings, lineage = {}) {
	return {
		record,
		ticket: makeTicket(flow, record, settings.userAgent),
		lineage,
		endsAt: record.expiresAt ?? Number.POSITIVE_INFINITY,
		idle: record.idleTimeout ?? Number.POSITIVE_INFINITY,
		usedAt: record.usedAt ?? record.issuedAt,
		stored: true,
		saveFrom: (record.usedAt ?? record.issuedAt) + (record.idleTimeout ?? Number.POSITIVE_INFINITY) / 10,
		renewFrom: renewalTime(record, settings.renewBefore)
	};
}
/** Whether it is over: at its absolute end, or by lying idle. */
function hasEnded(live, now) {
	return now >= live.endsAt || now - live.usedAt >= live.idle;
}
function renewalTime(record, renewBefore) {
	const end = record.expiresAt ?? record.expiresHint;
	if (end === void 0 || end <= record.issuedAt) return Number.POSITIVE_INFINITY;
	const lifetime = end - record.issuedAt;
	return end - Math.min(renewBefore ?? Math.min(12e4, lifetime / 10), lifetime / 2);
}
/** The record that a response made of a live one by carrying a new credential. */
function rotatedRecord(flow, live, data, response, settings, now) {
	const { usedAt } = live;
	if (flow.lifetime === void 0) return {
		...live.record,
		data,
		usedAt
	};
	const { expiresAt: _, expiresHint: __, ...rest } = live.record;
	const offset = clockOffset(response.headers.get("date"), usedAt, now);
	const ends = endsOf(flow.lifetime(response, data), usedAt, offset, settings.lifetime);
	return {
		...rest,
		issuedAt: usedAt,
		...ends,
		data,
		usedAt
	};
}
/**
* Law 6: puts off the next renewal of a live session after so many failed ones, twice as long each time, with jitter.
* @returns from when on it is due (ms since the epoch); `undefined` where none is.
*/
function postpone(live, failures, clock) {
	const wait = Math.min(6e4, 1e3 * 2 ** Math.min(failures, 10)) * (.5 + clock.random() / 2);
	live.renewFrom = Math.max(live.renewFrom, clock.now() + wait);
	return Number.isFinite(live.renewFrom) ? live.renewFrom : void 0;
}
/** The part of a record that may be shown. */
function infoOf(record) {
	return {
		vendor: record.vendor,
		account: record.account,
		baseUrl: record.baseUrl,
		issuedAt: record.issuedAt,
		...record.expiresAt === void 0 ? {} : { expiresAt: record.expiresAt },
		...record.idleTimeout === void 0 ? {} : { idleTimeout: record.idleTimeout },
		user: record.user
	};
}
/**
* Reads what a store gave back.
* @returns the record, or `undefined` where the text is not one. What `data` holds is the flow's to check.
*/
function parseRecord(text) {
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		return;
	}
	if (typeof value !== "object" || value === null || !("data" in value)) return void 0;
	const { vendor, account, baseUrl, issuedAt, expiresAt, idleTimeout, expiresHint, usedAt } = value;
	const texts = [
		vendor,
		account,
		baseUrl
	].every((part) => typeof part === "string" && part !== "");
	const times = [
		expiresAt,
		idleTimeout,
		expiresHint,
		usedAt
	].every((part) => part === void 0 || typeof part === "number" && Number.isFinite(part));
	return texts && times && typeof issuedAt === "number" && Number.isFinite(issuedAt) ? value : void 0;
}
/** After these the same credentials are not tried again: a further try could lock the account. */
const FINAL = /* @__PURE__ */ new Set([
	"invalid_credentials",
	"account_unavailable",
	"second_factor_required",
	"second_factor_rejected",
	"invalid_request"
]);
/** The refusal that a failed login means, or none where trying again can help. */
function refusalOf(error, credentials) {
	return isVmsError(error) && FINAL.has(error.code) ? {
		error,
		credentials
	} : void 0;
}
/** Whether a refusal is about these credentials. */
function refuses(refusal, { username, password }) {
	return refusal?.credentials.username === username && refusal.credentials.password === password;
}
/** Makes an answer of what came. `what` names the request in errors, for example `POST api/v1/dologin`. */
function makeAnswer(vendor, what, response, text, vendorNow, redact = (shown) => shown) {
	const { status, headers } = response;
	const read = () => {
		try {
			return JSON.parse(text);
		} catch {
			throw new UnexpectedResponse(vendor, `the answer to ${what} (status ${status}) is ${describe(text, headers)}, not JSON. Check that the base URL points at this vendor's API.`, { status });
		}
	};
	const json = (schema) => parseWith(schema, read(), vendor, `the answer to ${what}`, status, redact);
	return {
		status,
		ok: status >= 200 && status < 300,
		headers,
		json,
		jsonIf(schema) {
			try {
				return json(schema);
			} catch {
				return;
			}
		},
		failure() {
			if (status === 429) {
				const retryAfter = parseRetryAfter(headers.get("retry-after"), vendorNow);
				return new RateLimited(vendor, `${what} was answered 429: too many requests.${retryAfter === void 0 ? "" : ` It asks to wait ${Math.ceil(retryAfter / 1e3)} s.`}`, {
					status,
					retryAfter
				});
			}
			if (status >= 500) {
				const retryAfter = parseRetryAfter(headers.get("retry-after"), vendorNow);
				return new VendorUnavailable(vendor, `${what} was answered ${status}: the vendor's server failed.`, {
					status,
					retryAfter
				});
			}
			return new UnexpectedResponse(vendor, `${what} was answered ${status}${status >= 300 && status < 400 ? " (a redirect, which is not followed with credentials in hand)" : ""}, which the vendor does not document. Check the base URL.`, { status });
		}
	};
}
function describe(text, headers) {
	if (text === "") return "empty";
	if (/^\s*</.test(text)) return "HTML or XML";
	return (headers.get("content-type") ?? "").includes("json") ? "truncated or malformed JSON" : "another format";
}
/**
* Asks for codes until the vendor takes one.
* @throws {SecondFactorRequired} where there is nobody to ask.
*/
async function askSecondFactor(desk, step) {
	const { vendor, account, answerer, count } = desk;
	const { methods } = step;
	if (answerer === void 0) throw nobodyToAsk(vendor, methods);
	let last;
	while (count.codes < step.codes) {
		const right = checkAnswer(vendor, await desk.ask(answerer, () => askedInBackground(vendor, methods), async (signal) => {
			const sent = await desk.bounded(() => sendFirst(step, count.method));
			const told = {
				...last === void 0 ? {} : { last },
				...sent === void 0 ? {} : { sent }
			};
			const send = (type) => desk.bounded(() => sendBy(vendor, step, type));
			count.codes++;
			return answerer({
				vendor,
				account,
				methods,
				attempt: count.codes,
				...told,
				send,
				signal
			});
		}), methods);
		count.method = right.method;
		const verdict = await step.verify(right);
		if ("accepted" in verdict) return verdict.accepted;
		if (count.codes >= step.codes) throw verdict.error;
		last = verdict.refused;
	}
	throw new VendorUnavailable(vendor, `a code was asked for ${step.codes} times, and the sign-in failed each time. Check the network, then sign in again.`);
}
async function sendFirst(step, chosen) {
	let failure;
	const methods = step.methods.toSorted((a, b) => Number(b.type === chosen) - Number(a.type === chosen));
	for (const { type } of step.send === void 0 ? [] : methods) {
		failure = await step.send?.(type);
		if (failure === void 0) return type;
	}
	if (failure !== void 0) throw failure;
}
async function sendBy(vendor, step, type) {
	if (!step.methods.some((method) => method.type === type)) throw notOffered(vendor, "send", step.methods);
	const failure = await step.send?.(type);
	if (failure !== void 0) throw failure;
}
function checkAnswer(vendor, answer, methods) {
	const { method, code } = answer ?? {};
	const offered = methods.find(({ type }) => type === method);
	if (offered === void 0) throw notOffered(vendor, "return a `method`", methods);
	const digits = typeof code === "string" ? code.replaceAll(/\s/g, "") : "";
	if (digits === "") throw new InvalidOptions(vendor, "`secondFactor` must return a `code` that is a non-empty string.");
	return {
		method: offered.type,
		code: digits
	};
}
function notOffered(vendor, what, methods) {
	const types = methods.map(({ type }) => `"${type}"`).join(", ");
	return new InvalidOptions(vendor, `\`secondFactor\` must ${what} that is offered: ${types}.`);
}
function nobodyToAsk(vendor, methods) {
	return new SecondFactorRequired(vendor, `the account asks for a second factor (a code by ${methods.map(({ type }) => type).join(" or ") || "no known way"}), and the option \`secondFactor\` is not set. Set it to a function that returns the code, or use a user without a second factor.`, { methods });
}
function askedInBackground(vendor, methods) {
	return new SecondFactorRequired(vendor, "the vendor wants a code of the second factor for this renewal, and a renewal in the background asks nobody. The session goes on to its end; the next call then asks.", { methods });
}
/** Opens a conversation: nothing is sent until the flow sends. */
function converse(parts) {
	const { flow, settings, clock, signal, deadline, attendance } = parts;
	const secrets = new Set(textsOf(parts.previous?.data));
	const clean = (text) => redact(text, secrets);
	let startedAt;
	let offset = 0;
	async function credentials() {
		const pair = await orAbort(parts.credentials(), signal);
		secrets.add(pair.password);
		return pair;
	}
	async function send(path, request = {}) {
		signal.throwIfAborted();
		parts.check();
		const url = new URL(typeof path === "string" && !isAbsolute(path) ? joinBelow(flow.baseUrl.href, path) : path);
		requireSecure(flow.vendor, url, settings.allowInsecureHttp);
		const { method = "POST", json, headers } = request;
		const what = `${method} ${url.origin}${url.pathname}`;
		for (const secret of textsOf(json ?? request.body)) secrets.add(secret);
		for (const secret of [...credentialsIn(headers), ...url.searchParams.values()]) secrets.add(secret);
		const sentAt = clock.now();
		startedAt ??= sentAt;
		let response;
		let text;
		try {
			const sent = settings.fetch(url, {
				method,
				redirect: "manual",
				signal,
				headers: {
					accept: "application/json",
					"user-agent": settings.userAgent,
					...json === void 0 ? {} : { "content-type": "application/json" },
					...headers
				},
				body: json === void 0 ? request.body ?? null : JSON.stringify(json)
			});
			response = await orAbort(sent, signal);
			text = await orAbort(readBounded(response, MAX_ANSWER_BYTES), signal);
		} catch (error) {
			signal.throwIfAborted();
			const code = networkCode(error);
			throw new VendorUnavailable(flow.vendor, `${what} got no answer${code === void 0 ? "" : ` (${code})`}. Check the base URL, the network and the vendor's status.`);
		}
		const receivedAt = clock.now();
		const date = response.headers.get("date");
		if (date !== null) offset = clockOffset(date, sentAt, receivedAt);
		if (text === void 0) throw new UnexpectedResponse(flow.vendor, `the answer to ${what} (status ${response.status}) is larger than ${MAX_ANSWER_BYTES} bytes.`, { status: response.status });
		return makeAnswer(flow.vendor, what, response, text, receivedAt + offset, clean);
	}
	async function ask(answerer, refusal, run) {
		parts.check();
		if (!isUnattended(answerer) && !attendance.mayAsk()) {
			attendance.spared();
			throw refusal();
		}
		const either = AbortSignal.any([signal, attendance.signal]);
		const answer = await deadline.pause(() => orAbort((async () => run(either))(), either));
		startedAt = void 0;
		return answer;
	}
	return {
		context: {
			account: parts.account,
			credentials,
			send,
			ask,
			async secondFactor(step) {
				const { account } = parts;
				const { count } = attendance;
				const answerer = settings.secondFactor;
				const bounded = (run) => within(clock, settings.timeout, run(), () => new VendorUnavailable(flow.vendor, "the vendor did not send a code in time. Check its status."));
				return askSecondFactor({
					vendor: flow.vendor,
					account,
					answerer,
					count,
					ask,
					bounded
				}, step);
			},
			signal,
			previous: parts.previous,
			now: () => clock.now(),
			redact: clean
		},
		startedAt: () => startedAt ?? clock.now(),
		offset: () => offset
	};
}
/** Takes secrets out of a text, the longest first, and bounds it. */
function redact(text, secrets) {
	return [...new Set([...secrets].filter((secret) => secret !== "").flatMap(formsOf))].sort((a, b) => b.length - a.length).reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text).slice(0, 300);
}
function formsOf(secret) {
	const html = secret.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
	const named = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;");
	const form = new URLSearchParams({ "": secret }).toString().slice(1);
	return [
		secret,
		JSON.stringify(secret).slice(1, -1),
		form,
		html,
		named,
		...secret.isWellFormed() ? [encodeURIComponent(secret)] : []
	];
}
function* textsOf(body, depth = 0) {
	if (body instanceof URLSearchParams || body instanceof FormData) {
		for (const value of body.values()) if (typeof value === "string") yield* textsOf(value);
	} else if (typeof body === "string") {
		if (body.length >= 4) yield body;
	} else if (typeof body === "object" && body !== null && depth < 8) for (const value of Object.values(body)) yield* textsOf(value, depth + 1);
}
function* credentialsIn(headers = {}) {
	for (const [name, value] of Object.entries(headers)) {
		if (/^(accept|accept-language|content-language|content-type|user-agent)$/i.test(name)) continue;
		yield value;
		yield* value.split(/[\s;]+|=(?=[^=])/).filter((part) => part.length >= 8);
	}
}
/** Starts a deadline of so many ms. */
function startDeadline(clock, ms, otherwise) {
	const over = new AbortController();
	let left = ms;
	let since = clock.now();
	let pauses = 0;
	let cancelled = false;
	let stop = start();
	function start() {
		since = clock.now();
		return clock.timer(left, () => over.abort(otherwise()));
	}
	return {
		signal: over.signal,
		left: () => pauses > 0 ? left : left - (clock.now() - since),
		async pause(run) {
			if (pauses++ === 0) {
				stop();
				left -= clock.now() - since;
			}
			try {
				return await run();
			} finally {
				if (--pauses === 0 && !cancelled) stop = start();
			}
		},
		cancel() {
			cancelled = true;
			stop();
		}
	};
}
/**
* Runs a conversation with the vendor within `timeout`, and again from its start where that can help:
* after a fault of the network, a 5xx, or a 429. Everything else is final.
* What a run yields after it was given up goes to `late`.
* The time stands still while `run` waits for somebody. Waits are exponential with full jitter; a `Retry-After` is waited for instead, unless it is longer than allowed.
*/
async function withRetry(vendor, settings, clock, outer, run, late = () => {}) {
	const { timeout, retry } = settings;
	const deadline = startDeadline(clock, timeout, () => new VendorUnavailable(vendor, `the vendor did not finish in ${timeout} ms (\`timeout\`). Check the network, or allow more time.`));
	const signal = AbortSignal.any([outer, deadline.signal]);
	try {
		for (let attempt = 1;; attempt++) {
			const running = run(signal, deadline);
			try {
				return await orAbort(running, signal);
			} catch (error) {
				if (signal.aborted) running.then(late, () => {});
				if (signal.aborted || !isVmsError(error) || !error.retryable || attempt >= retry.attempts) throw error;
				const backoff = clock.random() * Math.min(retry.maxDelay, retry.minDelay * 2 ** (attempt - 1));
				const asked = error.retryAfter;
				if (asked !== void 0 && asked > retry.maxRetryAfter) throw error;
				const wait = Math.max(asked ?? 0, backoff);
				if (wait >= deadline.left()) throw error;
				await sleep(clock, wait, signal);
			}
		}
	} finally {
		deadline.cancel();
	}
}
/** Where no human is ever asked. */
const nobody = () => ({
	mayAsk: () => false,
	spared: () => {},
	signal: new AbortController().signal,
	count: { codes: 0 }
});
function createConversations(flow, settings, clock) {
	function hold(asking, signal, deadline, account, step) {
		const check = () => {
			if (asking.dropped()) throw new SessionClosed(flow.vendor, "the session was signed out during this login.");
		};
		const conversation = converse({
			flow,
			settings,
			clock,
			...asking,
			signal,
			deadline,
			account,
			check
		});
		return step(conversation.context, conversation);
	}
	async function logout(record) {
		if (flow.logout === void 0) return;
		const asking = {
			signal: new AbortController().signal,
			credentials: () => Promise.reject(new SessionClosed(flow.vendor, "signing out asks for no credentials.")),
			previous: record,
			dropped: () => false,
			attendance: nobody()
		};
		await withRetry(flow.vendor, settings, clock, asking.signal, (signal, deadline) => hold(asking, signal, deadline, record.account, (context) => flow.logout?.(context, record) ?? Promise.resolve()));
	}
	function undo(live) {
		logout(live.record).catch(() => {});
	}
	return {
		logout,
		login: (asking, account, failed) => withRetry(flow.vendor, settings, clock, asking.signal, (signal, deadline) => hold(asking, signal, deadline, account, async (context, conversation) => {
			return makeLive(flow, toRecord(await flow.login(context).catch((error) => {
				failed(error);
				throw error;
			}), account, conversation), settings);
		}), undo),
		resume: (asking, account, cookies) => withRetry(flow.vendor, settings, clock, asking.signal, (signal, deadline) => hold(asking, signal, deadline, account, async (context, conversation) => {
			const login = await flow.resume?.(context, cookies);
			return login === void 0 ? void 0 : makeLive(flow, toRecord(login, account, conversation), settings);
		})),
		extend: (asking, live) => withRetry(flow.vendor, settings, clock, asking.signal, (signal, deadline) => hold(asking, signal, deadline, live.record.account, async (context, conversation) => {
			if (flow.extend === void 0) throw new TypeError("this flow cannot prolong a session");
			return makeLive(flow, toRecord(await flow.extend(context, live.record), live.record.account, conversation), settings, live.lineage);
		}))
	};
	function toRecord(login, account, conversation) {
		const issuedAt = conversation.startedAt();
		const idleTimeout = [settings.idleTimeout, login.idleTimeout].find((ms) => ms !== void 0 && Number.isFinite(ms));
		const baseUrl = new URL(login.baseUrl ?? flow.baseUrl);
		requireSecure(flow.vendor, baseUrl, settings.allowInsecureHttp);
		return {
			vendor: flow.vendor,
			account,
			baseUrl: withSlash(baseUrl).href,
			issuedAt,
			...endsOf(login, issuedAt, conversation.offset(), settings.lifetime),
			...idleTimeout === void 0 ? {} : { idleTimeout },
			user: login.user,
			data: login.data
		};
	}
}
/** How long one operation of a store may take, in ms; then it has failed, and the session goes on without it. */
const STORE_TIMEOUT = 5e3;
/** How much longer a lock is waited for where its holder may be asking a human, in ms. */
const HUMAN_PATIENCE = 9e5;
/** Opens a store for one flow. `timeout` (ms) bounds the wait for a lock; it is longer where a human may hold it up. */
function openVault(store, flow, events, clock, { timeout, secondFactor }) {
	const patience = flow.asksHuman || secondFactor !== void 0 && !isUnattended(secondFactor) ? timeout + HUMAN_PATIENCE : timeout;
	const failed = (operation, error) => {
		const why = isVmsError(error) && error.code === "store_failed" ? ` ${error.message}` : "";
		const wrapped = new StoreFailed(flow.vendor, `the store's ${operation} failed; the session goes on in memory.${why} Check the store.`, { retryable: true });
		events.emit({
			type: "store_failed",
			operation,
			error: wrapped
		});
	};
	let tail = Promise.resolve();
	let changes = 0;
	let lastChange;
	function attempt(operation, run) {
		let late = false;
		const bounded = () => {
			const running = run(() => late);
			const change = operation === "get" ? void 0 : ++changes;
			if (change !== void 0) lastChange = () => run(() => false);
			return within(clock, Math.min(STORE_TIMEOUT, timeout), running, () => {
				late = true;
				const again = () => change === void 0 || change === changes ? void 0 : lastChange?.();
				running.then(again, again).catch(() => {});
				return /* @__PURE__ */ new Error("no answer in time");
			});
		};
		const result = tail.then(bounded).catch((error) => {
			failed(operation, error);
		});
		tail = result;
		return result;
	}
	const keys = /* @__PURE__ */ new Map();
	function keyOf(account) {
		const key = keys.get(account) ?? storeKey(flow, account);
		keys.set(account, key);
		return key;
	}
	async function load(account) {
		const text = await store.get(await keyOf(account));
		const record = typeof text === "string" ? parseRecord(text) : void 0;
		if (record === void 0 || record.vendor !== flow.vendor || record.account !== account) return void 0;
		try {
			if (!isBase(record.baseUrl, flow)) return void 0;
			return {
				...record,
				data: flow.parse(record.data)
			};
		} catch {
			return;
		}
	}
	async function save(record) {
		const { expiresAt } = record;
		const options = expiresAt === void 0 || flow.outlives?.(record.data) ? {} : { expiresAt };
		await store.set(await keyOf(record.account), JSON.stringify(record), options);
		return true;
	}
	return {
		read: (account) => attempt("get", () => load(account)),
		write: async (record) => await attempt("set", () => save(record)) ?? false,
		async touch(record) {
			return await attempt("set", async (late) => {
				const stored = await load(record.account);
				return late() || stored === void 0 || !sameSecret(stored, record) || save(record);
			}) ?? false;
		},
		async remove(account) {
			await attempt("delete", async () => store.delete(await keyOf(account)));
		},
		async exclusive(account, run, signal) {
			let outcome;
			let lost = false;
			let given = false;
			const waiting = new AbortController();
			let giveUp = () => {};
			const start = (lock) => {
				if (given) throw new Error("nobody waits for the lock any more");
				giveUp();
				lock.addEventListener("abort", () => lost = true, { once: true });
				outcome = run(lock);
				const arm = () => {
					giveUp = clock.timer(Math.min(STORE_TIMEOUT, timeout), () => waiting.abort(/* @__PURE__ */ new Error("no release in time")));
				};
				outcome.then(arm, arm);
				return outcome;
			};
			try {
				if (store.withLock !== void 0) {
					giveUp = clock.timer(patience, () => waiting.abort(/* @__PURE__ */ new Error("no lock in time")));
					const either = AbortSignal.any([signal, waiting.signal]);
					const held = store.withLock(await keyOf(account), start, { signal: either });
					await orAbort(held, either);
				}
			} catch (error) {
				given = true;
				if (outcome === void 0) signal.throwIfAborted();
				if (outcome === void 0 || waiting.signal.aborted || lost) failed("lock", error);
				const done = await outcome?.then((value) => ({ value }), () => void 0);
				if (done !== void 0) return done.value;
				if (outcome === void 0 || lost && !signal.aborted) return run(signal);
			} finally {
				giveUp();
			}
			return outcome ?? run(signal);
		}
	};
}
/** Whether two records hold the same credential. */
function sameSecret(a, b) {
	return secretOf(a) === secretOf(b);
}
/** A record's credential as a text that compares. */
function secretOf(record) {
	return JSON.stringify(record.data);
}
function isBase(baseUrl, flow) {
	const { origin, pathname } = new URL(baseUrl);
	const home = origin === flow.baseUrl.origin || originMatches(origin, flow.allowedOrigins ?? []);
	const path = origin === flow.baseUrl.origin ? flow.baseUrl.pathname : pathname;
	return home && pathname.endsWith("/") && baseUrl === origin + path;
}
/**
* The key of a session in a store: vendor, origin, account, and a digest of whatever else makes it another session.
*/
async function storeKey(flow, account) {
	const rest = JSON.stringify([flow.baseUrl.pathname, flow.identity ?? ""]);
	const hex = [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(rest))).subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
	return [
		"vms",
		flow.vendor,
		flow.baseUrl.origin,
		encodeURIComponent(account),
		hex
	].join("|");
}
/** How long after a failed write a record is offered to the store again, in ms. */
const SAVE_AGAIN = 5e3;
function createSignIn(flow, settings, clock, vault) {
	const vendor = createConversations(flow, settings, clock);
	async function ask() {
		const source = settings.credentials;
		if (typeof source !== "function") return source;
		return checkCredentials(flow.vendor, await inTime("credentials", source), flow.passwordless);
	}
	async function passwordOf({ password }) {
		if (typeof password === "string") return password;
		return checkPassword(flow.vendor, await inTime("password", password), flow.passwordless);
	}
	function inTime(name, source) {
		const { timeout } = settings;
		return within(clock, timeout, (async () => source())(), () => {
			const what = `the function \`${name}\` gave nothing in ${timeout} ms (\`timeout\`). Check where it reads it.`;
			return new VendorUnavailable(flow.vendor, what);
		});
	}
	async function run(wanted) {
		const { signal, dropped, last, attendance } = wanted;
		if (wanted.after !== void 0) await orAbort(wanted.after, signal);
		let asked;
		let pair;
		const given = () => asked ??= ask();
		const whole = async () => {
			const one = await given();
			return {
				username: one.username,
				password: await passwordOf(one)
			};
		};
		const credentials = () => pair ??= whole();
		const asking = {
			signal,
			credentials,
			previous: last,
			dropped,
			attendance
		};
		if (wanted.extend !== void 0 && flow.extend !== void 0) try {
			const live = await vendor.extend(asking, wanted.extend);
			if (dropped() || wanted.mayExtend()) {
				if (!dropped()) await store(live);
				return {
					live,
					by: "extend"
				};
			}
		} catch {
			signal.throwIfAborted();
		}
		const { username, password } = await orAbort(given(), signal);
		wanted.named(username);
		if (typeof password === "string") wanted.check({
			username,
			password
		});
		let stored;
		const adopted = async () => {
			if (vault === void 0 || !wanted.mayAdopt()) return void 0;
			stored = await vault.read(username);
			return stored === void 0 || !wanted.mayAdopt() || wanted.isSpent(stored) ? void 0 : adopt(stored);
		};
		const warm = await orAbort(adopted(), signal);
		if (warm !== void 0) return {
			live: warm,
			by: "store"
		};
		const locked = async (lock) => {
			const fresh = await adopted();
			if (fresh !== void 0) return {
				live: fresh,
				by: "store"
			};
			const cookies = wanted.mayAdopt() ? wanted.takeCookies() : void 0;
			if (cookies !== void 0) {
				const live = await vendor.resume({
					...asking,
					previous: last ?? stored
				}, username, cookies);
				if (live !== void 0) {
					if (!dropped()) await store(live);
					return {
						live,
						by: "cookies"
					};
				}
			}
			const both = lock === signal ? signal : AbortSignal.any([signal, lock]);
			const now = {
				...asking,
				signal: both,
				previous: last ?? stored
			};
			if (last === void 0 && !wanted.mayAdopt()) stored ??= await vault?.read(username);
			const used = await orAbort(credentials(), both);
			wanted.check(used);
			const live = await vendor.login(now, username, (error) => wanted.refused(error, used));
			if (!dropped()) await store(live);
			return {
				live,
				by: "login"
			};
		};
		return vault === void 0 ? locked(signal) : vault.exclusive(username, locked, signal);
	}
	async function store(live) {
		if (vault === void 0 || await vault.write(live.record)) return;
		live.stored = false;
		live.saveFrom = clock.now() + SAVE_AGAIN;
	}
	function adopt(stored) {
		try {
			const now = clock.now();
			const live = makeLive(flow, asKnownHere(stored, now), settings);
			return hasEnded(live, now) || now >= live.renewFrom ? void 0 : live;
		} catch {
			return;
		}
	}
	function asKnownHere(stored, now) {
		const { expiresAt } = endsOf({ expiresAt: stored.expiresAt }, stored.issuedAt, 0, settings.lifetime);
		const idleTimeout = settings.idleTimeout ?? stored.idleTimeout;
		return {
			...stored,
			...expiresAt === void 0 ? {} : { expiresAt },
			...idleTimeout === void 0 ? {} : { idleTimeout },
			usedAt: Math.min(stored.usedAt ?? stored.issuedAt, now)
		};
	}
	async function undo(record) {
		const stored = await vault?.read(record.account);
		if (stored !== void 0 && sameSecret(stored, record)) await vault?.remove(record.account);
		await vendor.logout(record).catch(() => {});
	}
	async function forget(record, account, closed, forgotten) {
		const doomed = record === void 0 ? [] : [record];
		let unnamed;
		if (vault !== void 0) {
			const named = await (account === void 0 ? ask() : void 0)?.catch((error) => {
				unnamed = { error };
			});
			const name = account ?? named?.username;
			if (name !== void 0 && closed()) {
				const stored = await vault.read(name);
				if (stored !== void 0 && !doomed.some((one) => sameSecret(one, stored))) doomed.push(stored);
				await vault.remove(name);
			}
		}
		forgotten(doomed.at(-1));
		const bad = (await Promise.allSettled(doomed.map((one) => vendor.logout(one)))).find((answer) => answer.status === "rejected");
		if (bad !== void 0) throw bad.reason;
		if (unnamed !== void 0) throw unnamed.error;
	}
	return {
		run,
		undo,
		forget
	};
}
/** Gives a value once: cookies that were given are good for one beginning. */
function once(value) {
	let left = value;
	return () => {
		const given = left;
		left = void 0;
		return given;
	};
}
/**
* Tells the store that a session was used, at most once in a tenth of its idle time; or gives it the record that it
* failed to take before, so that a store which recovers gets the session back by itself.
*/
function tell(vault, live, now) {
	const record = {
		...live.record,
		usedAt: now
	};
	const again = now + Math.min(live.idle / 10, SAVE_AGAIN);
	live.saveFrom = now + live.idle / 10;
	(live.stored ? vault.touch(record) : vault.write(record)).then((ok) => {
		live.stored = ok;
		if (!ok) live.saveFrom = again;
	});
}
function createEngine(flow, settings, clock, events) {
	const vault = settings.store === void 0 ? void 0 : openVault(settings.store, flow, events, clock, settings);
	const signIn = () => createSignIn(flow, settings, clock, vault);
	/** Credentials given as a value cannot change: once refused, they need not even be asked for. */
	const { credentials } = settings;
	const unchanging = typeof credentials !== "function" && typeof credentials.password !== "function";
	let state = { kind: "none" };
	/** The latest record, live or not, until sign-out. */
	let last;
	let refusal;
	/** What was refused on a call, signed out or undone of late: not to be taken from the store again. */
	let spent = [];
	/** The name that signs in, once it is known. */
	let account;
	let failedRenewals = 0;
	const takeCookies = once(settings.cookies);
	/** An earlier sign-out under way, which a login waits for. */
	let signingOut;
	const closed = () => new SessionClosed(flow.vendor, "the session was signed out. Call `login()` to open it again.");
	const liveNow = () => state.kind === "live" || state.kind === "renewing" ? state.live : void 0;
	const attemptNow = () => state.kind === "signing-in" || state.kind === "renewing" ? state.attempt : void 0;
	function spend(record) {
		spent = [...spent, secretOf(record)].slice(-8);
	}
	function use() {
		const live = liveNow();
		if (live === void 0) return void 0;
		const now = clock.now();
		if (hasEnded(live, now)) return peek();
		if (now >= live.renewFrom && state.kind === "live") renewQuietly();
		return touch(live, now);
	}
	function touch(live, now) {
		live.usedAt = now;
		if (vault !== void 0 && now >= live.saveFrom) tell(vault, live, now);
		return live;
	}
	function peek() {
		const live = liveNow();
		if (live === void 0 || !hasEnded(live, clock.now())) return live;
		endLive();
		events.emit({
			type: "expired",
			info: infoOf(live.record),
			atLogin: false
		});
	}
	function endLive() {
		const attempt = attemptNow();
		state = attempt === void 0 ? { kind: "ended" } : {
			kind: "signing-in",
			attempt
		};
	}
	async function acquire(signal) {
		const live = await ready(signal);
		return live === liveNow() ? touch(live, clock.now()) : live;
	}
	async function ready(signal) {
		signal?.throwIfAborted();
		const live = peek();
		if (live !== void 0) return live;
		if (state.kind === "closed") throw closed();
		if (refusal !== void 0 && unchanging) throw refusal.error;
		const attempt = attemptNow() ?? begin({
			mayAdopt: true,
			mayExtend: false,
			mayAsk: true
		});
		return join(attempt, signal).catch(again(attempt, () => ready(signal)));
	}
	async function login(signal) {
		signal?.throwIfAborted();
		if (state.kind === "closed") state = { kind: "none" };
		return ready(signal);
	}
	async function renew(signal) {
		signal?.throwIfAborted();
		refusal = void 0;
		for (let attempt = attemptNow(); attempt?.mayExtend === true; attempt = attemptNow()) await join(attempt, signal).catch(() => signal?.throwIfAborted());
		if (state.kind === "closed") throw closed();
		const attempt = attemptNow() ?? begin({
			mayAdopt: false,
			mayExtend: false,
			mayAsk: true
		});
		attempt.mayAdopt = false;
		const live = await join(attempt, signal).catch(again(attempt, () => renew(signal)));
		return attempt.adopted ? renew(signal) : live;
	}
	function renewQuietly() {
		if (refusal !== void 0 && unchanging) return;
		begin({
			mayAdopt: true,
			mayExtend: flow.extend !== void 0,
			mayAsk: false
		}).waiters++;
	}
	function begin(may) {
		const attempt = newAttempt(may);
		const live = liveNow();
		state = live === void 0 ? {
			kind: "signing-in",
			attempt
		} : {
			kind: "renewing",
			live,
			attempt
		};
		attempt.settled = signIn().run({
			signal: attempt.abort.signal,
			extend: attempt.mayExtend ? live : void 0,
			mayExtend: () => liveNow()?.lineage === live?.lineage,
			mayAdopt: () => attempt.mayAdopt,
			last,
			isSpent: (record) => spent.includes(secretOf(record)),
			after: signingOut,
			takeCookies,
			dropped: () => attemptNow() !== attempt,
			attendance: attendanceOf(attempt),
			named: (name) => account = name,
			check(pair) {
				if (refuses(refusal, pair)) throw refusal.error;
			},
			refused(error, pair) {
				if (!attempt.unasked) refusal = refusalOf(error, pair) ?? refusal;
			}
		}).then((found) => finish(attempt, found), (error) => fail(attempt, error));
		return attempt;
	}
	async function join(attempt, signal) {
		attempt.waiters++;
		attempt.mayAsk = true;
		try {
			return await orAbort(attempt.result.promise, signal);
		} finally {
			attempt.waiters--;
			if (attempt.waiters === 0 && attemptNow() === attempt) {
				withoutAttempt();
				attempt.abort.abort(signal?.reason);
			}
		}
	}
	function withoutAttempt() {
		const live = liveNow();
		if (live !== void 0) state = {
			kind: "live",
			live
		};
		else state = last === void 0 ? { kind: "none" } : { kind: "ended" };
	}
	function finish(attempt, { live, by }) {
		if (attemptNow() !== attempt) {
			attempt.result.reject(closed());
			if (by === "store" || by === "cookies") return void 0;
			spend(live.record);
			return signIn().undo(live.record);
		}
		const renewed = state.kind === "renewing";
		const overAlready = hasEnded(live, clock.now());
		failedRenewals = 0;
		if (by === "login") refusal = void 0;
		attempt.adopted = by === "store" || by === "cookies";
		last = live.record;
		state = overAlready ? { kind: "ended" } : {
			kind: "live",
			live
		};
		attempt.result.resolve(live);
		const info = infoOf(live.record);
		if (renewed) events.emit({
			type: "renewed",
			info,
			by
		});
		else events.emit({
			type: "login",
			info,
			from: by === "store" || by === "cookies" ? by : "vendor"
		});
		if (overAlready) events.emit({
			type: "expired",
			info,
			atLogin: true
		});
	}
	function fail(attempt, error) {
		if (attemptNow() === attempt) {
			const live = liveNow();
			withoutAttempt();
			if (live !== void 0) {
				if (attempt.unasked) live.renewFrom = Number.POSITIVE_INFINITY;
				events.emit({
					type: "renewal_failed",
					error,
					retryAt: postpone(live, failedRenewals++, clock)
				});
			}
		}
		attempt.result.reject(error);
	}
	function rejected({ record }, status) {
		spend(record);
		const live = liveNow();
		if (live === void 0 || !sameSecret(live.record, record)) return;
		endLive();
		events.emit({
			type: "rejected",
			info: infoOf(live.record),
			status
		});
	}
	function rotated(live, data, response) {
		const current = liveNow();
		if (current === void 0 || current.lineage !== live.lineage) return;
		let next;
		try {
			next = makeLive(flow, rotatedRecord(flow, current, data, response, settings, clock.now()), settings, current.lineage);
			if (failedRenewals > 0) next.renewFrom = Math.max(next.renewFrom, current.renewFrom);
		} catch {
			return;
		}
		last = next.record;
		state = state.kind === "renewing" ? {
			...state,
			live: next
		} : {
			kind: "live",
			live: next
		};
		events.emit({
			type: "rotated",
			info: infoOf(last)
		});
		if (vault !== void 0) {
			next.stored = false;
			tell(vault, next, clock.now());
		}
	}
	async function logout(signal) {
		if (state.kind === "closed") return;
		const live = peek();
		const attempt = attemptNow();
		const name = last?.account ?? account;
		state = { kind: "closed" };
		if (last !== void 0) spend(last);
		last = void 0;
		attempt?.result.reject(closed());
		attempt?.unwanted.abort(closed());
		const info = live === void 0 ? void 0 : infoOf(live.record);
		const stored = Promise.withResolvers();
		const waits = name !== void 0 || unchanging;
		const forgotten = (latest) => {
			if (latest !== void 0) spend(latest);
			stored.resolve();
		};
		const over = signIn().forget(live?.record, name, () => waits || state.kind === "closed", forgotten).finally(() => attempt?.settled);
		over.then(() => events.emit({
			type: "logout",
			info
		}), (error) => events.emit({
			type: "logout",
			info,
			error
		}));
		const before = Promise.all([waits ? stored.promise : void 0, attempt?.settled]);
		signingOut = before;
		before.then(() => {
			if (signingOut === before) signingOut = void 0;
		});
		await orAbort(over, signal);
	}
	return {
		use,
		peek,
		acquire,
		ready,
		login,
		renew,
		logout,
		rejected,
		rotated
	};
}
/** A listener that throws harms nobody: its error is dropped. */
function createEvents() {
	let listeners;
	return {
		on(type, listener) {
			listeners ??= /* @__PURE__ */ new Map();
			const set = listeners.get(type) ?? /* @__PURE__ */ new Set();
			listeners.set(type, set.add(listener));
			return () => void set.delete(listener);
		},
		emit(event) {
			for (const listener of [...listeners?.get(event.type) ?? []]) try {
				const result = listener(event);
				if (result instanceof Promise) result.catch(() => {});
			} catch {}
		}
	};
}
/** The option by which a call's body passes through ky, which makes a stream of it. */
const SOURCE = "vmsBody";
/**
* ky over the session's fetch. Paths are joined below the base URL, with or without a leading slash.
*
* ky is wrapped, not given an `init` hook, because a hook makes ky copy all options of every call.
*/
function createHttp(baseUrl, send) {
	const defaults = {
		baseUrl: baseUrl.href,
		fetch(input, init) {
			if (init === void 0 || !(SOURCE in init)) return send(input, init, void 0);
			const { [SOURCE]: source, ...rest } = init;
			return send(input, rest, source?.body);
		}
	};
	return wrap(ky.create(defaults), defaults, {
		replacing: false,
		stringifyJson: void 0
	});
}
const METHODS = [
	"get",
	"post",
	"put",
	"patch",
	"head",
	"delete"
];
function wrap(instance, defaults, own) {
	const prepared = (options) => {
		if (options === void 0) return options;
		const below = belowBase(options);
		return below.body != null || below.json !== void 0 ? withSource(below, own) : below;
	};
	const call = (input, options) => instance(below(input), prepared(options));
	const http = call;
	for (const method of METHODS) http[method] = (input, options) => instance[method](below(input), prepared(options));
	const extend = (base, options) => {
		let { replacing, stringifyJson } = own;
		return wrap(base.extend((current) => {
			const more = belowBase(typeof options === "function" ? options(current) : options);
			replacing ||= replaces(more.hooks);
			stringifyJson = more.stringifyJson ?? stringifyJson;
			return more;
		}), defaults, {
			replacing,
			stringifyJson
		});
	};
	const rest = {
		create: (options) => extend(ky.create(defaults), options ?? {}),
		extend: (options) => extend(instance, options),
		stop: instance.stop,
		retry: instance.retry
	};
	return Object.assign(http, rest);
}
function withSource(options, own) {
	const { body, json, stringifyJson = own.stringifyJson ?? JSON.stringify, retry } = options;
	const kept = body == null || isRepeatable(body) && !(body instanceof Blob) && !(body instanceof FormData) ? options : {
		...options,
		retry: {
			...typeof retry === "object" ? retry : {},
			limit: 0
		}
	};
	if (own.replacing || replaces(options.hooks)) return kept;
	const source = { body: body ?? null };
	const remembering = (data) => {
		const text = stringifyJson(data);
		source.body = text;
		return text;
	};
	return Object.assign({
		...kept,
		[SOURCE]: source
	}, json === void 0 ? {} : { stringifyJson: remembering });
}
function replaces(hooks) {
	return [
		hooks?.beforeRequest,
		hooks?.beforeRetry,
		hooks?.afterResponse
	].some((list) => (list?.length ?? 0) > 0);
}
function belowBase(options) {
	const { prefix } = options;
	return typeof prefix === "string" && /^\/(?![/\\])/.test(prefix) ? {
		...options,
		prefix: prefix.slice(1)
	} : options;
}
function below(input) {
	return typeof input === "string" ? input.replace(/^\/(?![/\\])/, "./") : input;
}
/**
* Makes a session of a vendor's flow. Vendor packages call this; use theirs, or write a flow of your own.
* @throws {InvalidOptions} naming the option that is missing or malformed.
* @throws {InsecureTransport} for `http://` to a host that is not loopback.
*/
function createSession(flow, options) {
	const settings = checkOptions(flow.vendor, options);
	return openSession(flow, settings, systemClock(settings.now));
}
/** The same with checked options and a clock of one's own. */
function openSession(given, settings, clock) {
	const { href } = withSlash(given.baseUrl);
	const flow = href === given.baseUrl.href ? given : {
		...given,
		baseUrl: new URL(href)
	};
	requireSecure(flow.vendor, flow.baseUrl, settings.allowInsecureHttp);
	if (settings.cookies !== void 0 && flow.resume === void 0) throw new InvalidOptions(flow.vendor, "`cookies` is of no use here: this vendor's sessions are not cookies.");
	const events = createEvents();
	const engine = createEngine(flow, settings, clock, events);
	const { fetch, fetchForHttp } = createAuthenticatedFetch(flow, settings, engine);
	let http;
	const logout = (wait = {}) => engine.logout(wait.signal);
	const session = {
		vendor: flow.vendor,
		fetch,
		get http() {
			http ??= createHttp(flow.baseUrl, fetchForHttp);
			return http;
		},
		get info() {
			const live = engine.peek();
			return live === void 0 ? void 0 : infoOf(live.record);
		},
		login: async (wait = {}) => infoOf((await engine.login(wait.signal)).record),
		renew: async (wait = {}) => infoOf((await engine.renew(wait.signal)).record),
		logout,
		async authorization(wait = {}) {
			const { headers, searchParams, cookies } = (await engine.ready(wait.signal)).ticket;
			return {
				headers: { ...headers },
				searchParams: { ...searchParams },
				cookies: { ...cookies }
			};
		},
		on: events.on,
		[Symbol.asyncDispose]: () => logout()
	};
	return withParts(session, {
		flow,
		settings,
		engine
	});
}
const ISO = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?(Z|z|[+-]\d{2}(?::?\d{2})?)$/;
/**
* Reads an ISO 8601 date and time with a zone, with any number of fraction digits and any form of offset.
* @returns ms since the epoch, or `undefined` where the text is not one.
*/
function parseTimestamp(text) {
	const match = ISO.exec(text.trim());
	if (match === null) return void 0;
	const [, date, time, fraction = "", zone = "Z"] = match;
	const offset = zone.toUpperCase() === "Z" ? "Z" : zone.length === 3 ? `${zone}:00` : zone.replace(/^(...):?(..)$/, "$1:$2");
	const ms = Date.parse(`${date}T${time}${fraction.slice(0, 4)}${offset}`);
	const real = Date.parse(`${date}T00:00:00Z`);
	return Number.isNaN(ms) || Number.isNaN(real) || new Date(real).toISOString().slice(0, 10) !== date ? void 0 : ms;
}
export { SecondFactorRejected as a, VendorUnavailable as c, encryptedStore as d, parseBaseUrl as f, peekJson as g, parseWith as h, RateLimited as i, base64Utf8 as l, parseTimestamp as m, InvalidCredentials as n, SecondFactorRequired as o, parseRetryAfter as p, InvalidRequest as r, UnexpectedResponse as s, AccountUnavailable as t, createSession as u };
