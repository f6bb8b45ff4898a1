import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SessionRecord } from "../../../src/contract/session-record.ts";
import { type DigestKey, digest } from "../../../src/request/signing/digest.ts";
import { createDigestOf } from "../../../src/request/signing/digest-of.ts";

const digestOf = createDigestOf();
const CREDENTIALS = { username: "operator", password: "made-up-password" };

type Auth = ReturnType<typeof digest>;

function recordOf(data: DigestKey): SessionRecord<DigestKey, unknown> {
  return { vendor: "fake", account: "operator", baseUrl: "https://camera.example/", issuedAt: 0, user: {}, data };
}

function parametersOf(header: string): Record<string, string> {
  const pairs = header.replace(/^Digest /, "").matchAll(/([\w*]+)=(?:"((?:[^"\\]|\\.)*)"|([^,\s]+))/g);
  return Object.fromEntries([...pairs].map(([, name, quoted, plain]) => [name, quoted ?? plain]));
}

function sign(auth: Auth, data: DigestKey, challenge?: string, path = "/status?zone=1"): Record<string, string> {
  const request = { method: "GET", url: new URL(path, "https://camera.example") };
  const { authorization = "" } = auth.sign(request, recordOf(data), challenge) as Record<string, string>;
  return parametersOf(authorization);
}

function keyFor(auth: Auth, challenge: string): DigestKey {
  const key = auth.key(challenge, CREDENTIALS);
  if (key === undefined) throw new Error("the challenge was not answered");
  return key;
}

describe("the digests of the examples in the RFCs", () => {
  const sha = (algorithm: "MD5" | "SHA-256" | "SHA-512-256") => (name: string, realm: string, password: string) =>
    digestOf(algorithm, name, realm, password);

  test.each([
    ["MD5", "8ca523f5e9506fed4657c9700eebdbec"],
    ["SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"],
  ] as const)("RFC 7616, 3.9.1: %s", (algorithm, response) => {
    const secret = sha(algorithm)("Mufasa", "http-auth@example.org", "Circle of Life");
    const nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    const cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    const request = digestOf(algorithm, "GET", "/dir/index.html");
    expect(digestOf(algorithm, secret, nonce, "00000001", cnonce, "auth", request)).toBe(response);
  });

  test("RFC 7616, 3.9.2 with its erratum: SHA-512-256 with a hashed user name", () => {
    const secret = sha("SHA-512-256")("Jäsøn Doe", "api@example.org", "Secret, or not?");
    const nonce = "5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK";
    const cnonce = "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v";
    const request = digestOf("SHA-512-256", "GET", "/doe.json");
    expect(digestOf("SHA-512-256", secret, nonce, "00000001", cnonce, "auth", request)).toBe(
      "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5",
    );
    expect(digestOf("SHA-512-256", "Jäsøn Doe", "api@example.org")).toBe(
      "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b",
    );
  });

  test("RFC 2617, 3.5, and RFC 2069 with its erratum, without `qop`", () => {
    const nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093";
    const request = digestOf("MD5", "GET", "/dir/index.html");
    const newer = sha("MD5")("Mufasa", "testrealm@host.com", "Circle Of Life");
    expect(digestOf("MD5", newer, nonce, "00000001", "0a4f113b", "auth", request)).toBe(
      "6629fae49393a05397450978507c4ef1",
    );
    const older = sha("MD5")("Mufasa", "testrealm@host.com", "CircleOfLife");
    expect(digestOf("MD5", older, nonce, request)).toBe("1949323746fe6a43ef61f9606e7febea");
  });
});

describe("a request is signed", () => {
  test("with the parameters of the challenge, and the path and query as they are sent", () => {
    const auth = digest();
    const key = keyFor(auth, 'Digest realm="cam \\"1\\"", nonce="n\\\\1", opaque="o", qop="auth,auth-int"');
    const sent = sign(auth, key);
    expect(sent).toMatchObject({ username: "operator", realm: 'cam \\"1\\"', nonce: "n\\\\1", opaque: "o" });
    expect(sent).toMatchObject({ uri: "/status?zone=1", qop: "auth", nc: "00000001" });
    expect(sent).not.toHaveProperty("algorithm");
    const secret = digestOf("MD5", "operator", 'cam "1"', "made-up-password");
    const request = digestOf("MD5", "GET", "/status?zone=1");
    expect(sent.response).toBe(digestOf("MD5", secret, "n\\1", "00000001", sent.cnonce ?? "", "auth", request));
  });

  test.each(["MD5", "SHA-256", "SHA-512-256"] as const)(
    "with a session key from the nonce for %s-sess",
    (algorithm) => {
      const auth = digest();
      const key = keyFor(auth, `Digest realm="r", nonce="n", qop="auth", algorithm=${algorithm}-sess`);
      for (const nc of ["00000001", "00000002"]) {
        const sent = sign(auth, key);
        const base = digestOf(algorithm, "operator", "r", "made-up-password");
        const secret = digestOf(algorithm, base, "n", sent.cnonce ?? "");
        const request = digestOf(algorithm, "GET", "/status?zone=1");
        expect(sent).toMatchObject({ algorithm: `${algorithm}-sess`, nc });
        expect(sent.response).toBe(digestOf(algorithm, secret, "n", nc, sent.cnonce ?? "", "auth", request));
      }
    },
  );

  test("without a counter and a client nonce if the vendor sends no `qop` (RFC 2069)", () => {
    const auth = digest();
    const sent = sign(auth, keyFor(auth, 'Digest realm="r", nonce="n"'));
    expect(Object.keys(sent)).toEqual(["username", "realm", "nonce", "uri", "response"]);
  });

  test("with the hash of the user name if the vendor requests it", () => {
    const auth = digest();
    const sent = sign(auth, keyFor(auth, 'Digest realm="r", nonce="n", algorithm=SHA-256, userhash=true'));
    expect(sent).toMatchObject({ username: digestOf("SHA-256", "operator", "r"), userhash: "true" });
  });

  test("with a user name that contains any characters", () => {
    const auth = digest();
    const key = auth.key('Digest realm="r", nonce="n"', { username: "Jäsøn", password: "made-up" });
    expect(sign(auth, key as DigestKey)["username*"]).toBe("UTF-8''J%C3%A4s%C3%B8n");
  });

  test("by the first supported challenge among other schemes", () => {
    const auth = digest();
    const key = keyFor(
      auth,
      'Negotiate abc==, Basic realm="r, nonce=\\"x\\"", Digest realm="r", nonce="a", algorithm=SHA-3, Digest realm="r", nonce="b", qop="auth-int", Digest realm="r", nonce="c", algorithm=SHA-256, qop="auth", Digest realm="r", nonce="d"',
    );
    expect(sign(auth, key)).toMatchObject({ nonce: "c", algorithm: "SHA-256" });
  });

  test.each([null, "", "Basic realm=r", 'Digest realm="r"', 'Digest realm="r", nonce="n", algorithm=token', "Digest"])(
    "not for %j, which has no supported challenge",
    (challenge) => {
      expect(digest().key(challenge, CREDENTIALS)).toBeUndefined();
    },
  );
});

describe("one nonce is used for many requests", () => {
  const FIRST = 'Digest realm="r", nonce="a", qop="auth"';

  test("with its counter, even if several calls receive the same challenge", () => {
    const auth = digest();
    const key = keyFor(auth, FIRST);
    const counts = [sign(auth, key), sign(auth, key, FIRST), sign(auth, key), sign(auth, key, FIRST)];
    expect(counts.map(({ nc }) => nc)).toEqual(["00000001", "00000002", "00000003", "00000004"]);
  });

  test("until the vendor calls it stale or sends the next one", () => {
    const auth = digest();
    const key = keyFor(auth, FIRST);
    sign(auth, key);
    expect(sign(auth, key, 'Digest realm="r", nonce="b", qop="auth", stale=true')).toMatchObject({
      nonce: "b",
      nc: "00000001",
    });
    const response = new Response(null, { headers: { "authentication-info": 'nextnonce="c", qop=auth' } });
    expect(auth.rotate(response, recordOf(key))).toBeUndefined();
    expect(sign(auth, key)).toMatchObject({ nonce: "c", nc: "00000001" });
    auth.rotate(new Response(), recordOf(key));
    expect(sign(auth, key)).toMatchObject({ nonce: "c", nc: "00000002" });
  });

  test("but a signature that is refused for another reason than its nonce is not repeated", () => {
    const auth = digest();
    const key = keyFor(auth, FIRST);
    const request = { method: "GET", url: new URL("https://camera.example/") };
    const again = 'Digest realm="r", nonce="b", qop="auth"';
    expect(auth.sign(request, recordOf(key))).toHaveProperty("authorization");
    expect(auth.sign(request, recordOf(key), again)).toEqual({});
    expect(auth.sign(request, recordOf(key), `${again}, stale=false`)).toEqual({});
    expect(auth.sign(request, recordOf(key), `${again}, stale=TRUE`)).toHaveProperty("authorization");
  });

  test("but not for requests of another session, realm or algorithm", () => {
    const auth = digest();
    const key = keyFor(auth, FIRST);
    expect(sign(auth, { ...key })).toEqual({});
    expect(sign(auth, key, 'Digest realm="other", nonce="b"')).toEqual({});
    expect(sign(auth, key, 'Digest realm="r", nonce="b", algorithm=SHA-256')).toEqual({});
    expect(sign(auth, key)).toMatchObject({ nonce: "a", nc: "00000001" });
  });
});

test("the key is JSON without the password, and `parse` accepts only such a key", () => {
  const auth = digest();
  const key = keyFor(auth, 'Digest realm="r", nonce="n"');
  expect(JSON.stringify(key)).not.toContain("made-up");
  expect(auth.parse(JSON.parse(JSON.stringify(key)))).toEqual(key);
  for (const wrong of [undefined, null, "key", {}, { ...key, hash: 1 }, { ...key, algorithm: "toString" }]) {
    expect(() => auth.parse(wrong)).toThrow(TypeError);
  }
});

test("any header returns a key or none, and never throws", () => {
  const auth = digest();
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom("Digest ", 'realm="r"', "nonce=", '"', ",", "\\", "=", "__proto__=1, "),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const key = auth.key(pieces.join(""), CREDENTIALS);
      if (key !== undefined) sign(auth, key);
    }),
    { numRuns: 2_000 },
  );
});
