import { n as usage, r as EXIT, t as CliError } from "./cli-error-DMeu-qbx.js";
import { n as vendors, t as isVendor } from "./vendors-B-z4NqaU.js";
import process from "node:process";
import { encryptedStore } from "@vms/core";
import { chmod, mkdir, open, readFile, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import { fileStore } from "@vms/core/node";
import { basename, dirname, join } from "node:path";
import envPaths from "env-paths";
import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
// src/places.ts
/** The platform's directories, or all below `VMS_HOME` where that is set. */
function places() {
	const home = process.env.VMS_HOME;
	const { config, data } = home ? {
		config: home,
		data: home
	} : envPaths("vms", { suffix: "" });
	return {
		config: join(config, "config.json"),
		sessions: join(data, "cli-sessions"),
		key: join(config, "session-key"),
		credentials: join(config, "credentials.json"),
		simulator: join(data, "simulator.json")
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
		const { mode, uid } = await stat(path);
		const others = openness === "private" ? 63 : 18;
		if (process.platform !== "win32" && (mode & others) !== 0) throw usage(`others can ${openness === "private" ? "read or write" : "write to"} ${path}.`, `Close it: chmod 600 ${quoted(path)}`);
		const user = process.geteuid?.();
		if (user !== void 0 && uid !== user && uid !== 0) throw usage(`${path} belongs to another user.`, `Make it yours with chown, or remove it.`);
		return await readFile(path, "utf8");
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
		await mkdir(dirname(path), {
			recursive: true,
			mode: 448
		});
		const target = await realpath(path).catch(() => path);
		await removeLeftovers(target);
		await replace(target, text);
	} catch (error) {
		throw explained("write", path, error);
	}
}
async function replace(target, text) {
	const temporary = `${target}.${randomBytes(6).toString("hex")}.tmp`;
	try {
		const handle = await open(temporary, "wx", 384);
		try {
			await handle.writeFile(text);
			await handle.sync();
		} finally {
			await handle.close();
		}
		if (process.platform !== "win32") await chmod(temporary, 384);
		await renameOver(temporary, target);
	} catch (error) {
		await rm(temporary, { force: true });
		throw error;
	}
}
/** Windows refuses to replace a file for as long as somebody reads it: a moment. */
async function renameOver(from, to) {
	for (let attempt = 1;; attempt++) try {
		return await rename(from, to);
	} catch (error) {
		if (!(process.platform === "win32" && [
			"EPERM",
			"EACCES",
			"EBUSY"
		].includes(codeOf(error) ?? "")) || attempt === 20) throw error;
		await setTimeout(attempt * 5);
	}
}
/** What a writer that was killed left behind may hold a secret. There is no other writer now. */
async function removeLeftovers(target) {
	const start = `${basename(target)}.`;
	const leftovers = (await readdir(dirname(target)).catch(() => [])).filter((name) => name.startsWith(start) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(start.length)));
	await Promise.all(leftovers.map((name) => rm(join(dirname(target), name), { force: true })));
}
function explained(doing, path, error) {
	const code = codeOf(error);
	if (error instanceof CliError || code === void 0) return error;
	const hint = ["ENOSPC", "EDQUOT"].includes(code) ? "Free some space on that disk." : "Check its owner and its mode.";
	return new CliError(EXIT.failed, `could not ${doing} ${path} (${code}).`, hint);
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
		throw usage(`${path} is not JSON.`, "Mend it, or remove it and sign in again.");
	}
	const { profiles, key, ...rest } = value ?? {};
	if (!isObject(profiles)) throw usage(`${path} has no "profiles".`, "Mend it, or remove it and sign in again.");
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
	if (!(isVendor(vendor) && typeof username === "string" && username !== "" && (url === void 0 || typeof url === "string" && URL.canParse(url)) && (ca === void 0 || typeof ca === "string") && (saved === void 0 || saved === "keyring" || saved === "file") && (options === void 0 || isObject(options)))) throw usage(`${path}: the profile "${name}" is malformed.`, "Mend it, or remove it and sign in again.");
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
/** A profile by its name. */
function profileOf(config, name) {
	const profile = findProfile(config, name);
	if (profile !== void 0) return profile;
	const known = Object.keys(config.profiles);
	throw usage(`there is no profile "${name}".`, known.length === 0 ? "Sign in first: vms login <vendor>" : `There are: ${known.join(", ")}. Or sign in: vms login <vendor>`);
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
	return new CliError(EXIT.failed, "this system has no keyring that works: none is installed, it is locked, or nobody is signed in to a desktop.", "Unlock it, or accept a file of mode 0600 that whoever reads your disk can read: --insecure-storage");
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
	throw usage(`${path} is not JSON.`, "Remove it, and sign in again with --save-credentials.");
}
// src/session-store.ts
const KEY_NAME = "session-key";
/**
* The store of the sessions: files, encrypted under a key of this user. The key is, in this order: `VMS_SESSION_KEY`
* (32 bytes in base64); where the configuration says it is; at the first use made up, and put into the keyring where one
* works, else into a file of mode 0600 beside the configuration.
*/
async function openStore(config) {
	return encryptedStore(sessionFiles(), { key: await findKey(config) ?? await makeKey() });
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
	const given = process.env.VMS_SESSION_KEY;
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
	return randomBytes(32).toString("base64");
}
function bytesOf(text) {
	return Uint8Array.from(Buffer.from(text, "base64"));
}
function decode(text, where) {
	const bytes = bytesOf(text);
	if (bytes.length === 32) return bytes;
	throw usage(`${where} is not 32 bytes in base64.`, "Mend it; or remove it, and sign in again: the sessions under it are lost.");
}
function keyringClosed() {
	return new CliError(EXIT.failed, "the key of your sessions is in this system's keyring, which does not open now.", "Unlock the keyring; over SSH or in a job, give a key of your own in VMS_SESSION_KEY (openssl rand -base64 32) and sign in.");
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
	const apiKey = vendor === "eagleeye" ? process.env.VMS_EAGLEEYE_API_KEY : void 0;
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
	return vendors[vendor].create(common);
}
/** The password of a profile, where it is known: the environment's, else what was saved. */
async function knownPassword(profile) {
	if (isPasswordless(profile)) return {
		password: "",
		from: "none needed"
	};
	const { prefix } = vendors[profile.vendor];
	const user = process.env[`${prefix}_USERNAME`];
	const given = process.env[`${prefix}_PASSWORD`];
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
	throw new CliError(EXIT.notSignedIn, `the profile "${name}" is not signed in, or its session has ended.`, `Sign in: ${loginCommand(name, profile)}`);
}
/** The command line that signs a profile in. */
function loginCommand(name, { vendor }) {
	return `vms login ${vendor}${name === vendor ? "" : ` --profile ${name}`}`;
}
async function codesFromEnvironment({ vendor }) {
	const secret = process.env[`${vendors[vendor].prefix}_TOTP`];
	return secret ? (await import("@vms/core/totp")).totp(secret) : void 0;
}
/** Alta wants somebody to ask from the start where codes go into the login, also for a session that is live. */
function refusalOfCodes(name, profile) {
	if (profile.options?.codeIn !== "login") return void 0;
	return () => {
		const hint = `Sign in at a terminal: ${loginCommand(name, profile)}`;
		throw new CliError(EXIT.notSignedIn, `the profile "${name}" needs a code to sign in.`, hint);
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
	return readFile(path, "utf8").catch(() => {
		throw usage(`the certificates in ${path} cannot be read.`, "Sign in again with --ca and the right path.");
	});
}
async function fetchWith(ca) {
	return (await import("@vms/core/node")).nodeFetch({ ca });
}
export { openProfile as t };
