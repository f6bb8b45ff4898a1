import { describe, expect, it } from "vitest";
import { thrownBy } from "./errors.ts";
import { shows } from "./secrets.ts";

interface CommonOptions {
  readonly baseUrl?: string | URL | undefined;
  readonly credentials: { readonly username: string; readonly password: string };
}

interface OptionTests<Options> {
  readonly description: { readonly vendor: string; readonly options: object };
  readonly create: (options: Options) => { readonly vendor: string };
  /** Valid options. */
  readonly valid: CommonOptions;
  /** Changes that make `valid` invalid, with the option that the error names. */
  readonly malformed: readonly (readonly [option: string, change: object])[];
  /** An `http://` URL of a host that is not loopback. */
  readonly insecureUrl?: string;
}

/** Tests how a vendor's `create` rejects invalid options: the listed ones, and the common ones. */
export function testOptions<Options>({
  description: { vendor, options: own },
  create,
  valid,
  malformed,
  insecureUrl = "http://10.1.2.3",
}: OptionTests<Options>): void {
  const { username, password } = valid.credentials;
  const createWith = (change: object) => create({ ...valid, ...change } as Options);
  const rejected = (run: () => unknown, code: string) => {
    const error = thrownBy(run);
    expect(error).toMatchObject({ code, vendor, retryable: false });
    expect((error as Error).message.startsWith(`[@vms/${vendor}] `)).toBe(true);
    expect(shows(error, [password])).toBe(false);
    return error as Error;
  };

  describe("the options", () => {
    it("are required", () => {
      rejected(() => create(undefined as Options), "invalid_options");
    });

    it.each<readonly [option: string, change: object]>([
      ["baseUrl", { baseUrl: "" }],
      ["baseUrl", { baseUrl: "vms.acme.example" }],
      ["baseUrl", { baseUrl: "ftp://vms.acme.example" }],
      ["baseUrl", { baseUrl: `https://${encodeURIComponent(username)}:${encodeURIComponent(password)}@vms.example` }],
      ["baseUrl", { baseUrl: "https://vms.acme.example/?x=1" }],
      ["credentials", { credentials: undefined }],
      ["username", { credentials: { password } }],
      ["password", { credentials: { username, password: "" } }],
      ["timeout", { timeout: -1 }],
      ["userAgent", { userAgent: "line\nbreak" }],
      ["store", { store: {} }],
      ["allowedOrigins", { allowedOrigins: ["acme.example"] }],
      ["secondFactor", { secondFactor: "918273" }],
      ["lifetime", { lifetime: -1 }],
      ["idleTimeout", { idleTimeout: 0 }],
      ["renewBefore", { renewBefore: Number.NaN }],
      ["fetch", { fetch: "fetch" }],
      ...malformed,
    ])("are checked, and the error names the missing or invalid one: %s, %o", (option, change) => {
      expect(rejected(() => createWith(change), "invalid_options").message).toContain(`\`${option}\``);
    });

    it.each(["baseUrl", "credentials", "secondFactor", "allowInsecureHttp", "renewBefore", ...Object.keys(own)])(
      "cause an error that suggests the closest one if %s is misspelled",
      (option) => {
        for (const typo of [option.slice(0, 2) + option.slice(3), `${option}s`, option.toLowerCase()]) {
          if (typo === option) continue;
          const { message } = rejected(() => createWith({ [typo]: password }), "invalid_options");
          expect(message).toBe(`[@vms/${vendor}] there is no option \`${typo}\`. Did you mean \`${option}\`?`);
        }
      },
    );

    it("are all listed in the error if an unknown one resembles none", () => {
      const { message } = rejected(() => createWith({ zzzzzzzz: password }), "invalid_options");
      for (const option of ["baseUrl", "timeout", ...Object.keys(own)]) expect(message).toContain(`\`${option}\``);
    });

    it("allow http:// to a host that is not loopback only with `allowInsecureHttp`", () => {
      rejected(() => createWith({ baseUrl: insecureUrl }), "insecure_transport");
      expect(createWith({ baseUrl: insecureUrl, allowInsecureHttp: true }).vendor).toBe(vendor);
      expect(createWith({ baseUrl: "http://127.0.0.1:8080" }).vendor).toBe(vendor);
    });
  });
}
