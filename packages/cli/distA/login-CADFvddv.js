// src/commands/login/login.ts
async function login(vendor, _options, terminal) {
	terminal.say(vendor);
}
export { login };
