import { createHash } from "node:crypto";
import { InvalidCredentials } from "@vms/core";
import { createSession, type DigestKey, digest, type Flow, parseBaseUrl } from "@vms/core/flow";
import type { ContractServer, FlowContractOptions, MakeSession } from "../../src/index.ts";

const REALM = "cam 7";
const md5 = (...parts: readonly string[]) => createHash("md5").update(parts.join(":")).digest("hex");

/**
 * A made-up camera with digest authentication (RFC 7616). It rejects calls until the status was read with a signature.
 * @param further more parameters of each challenge.
 */
export function cameraServer(further = ""): ContractServer {
  const baseUrl = "https://camera.example/api";
  const account = { username: "viewer", password: "made-up-and-long" };
  const nonces = new Set<string>();
  let isOpen = false;
  let logins = 0;

  function challenge(): Response {
    const nonce = crypto.randomUUID();
    nonces.add(nonce);
    const header = `Digest realm="${REALM}", nonce="${nonce}", qop="auth", algorithm=MD5${further}`;
    return new Response("no", { status: 401, headers: { "www-authenticate": header } });
  }

  function isSigned({ method, url, headers }: Request): boolean {
    const pairs = (headers.get("authorization") ?? "").matchAll(/(\w+)=(?:"([^"]*)"|([^,\s]+))/g);
    const given = Object.fromEntries([...pairs].map(([, name = "", quoted, plain]) => [name, quoted ?? plain ?? ""]));
    const { pathname, search } = new URL(url);
    const { nonce = "", nc = "", cnonce = "", uri = "", response } = given;
    if (uri !== pathname + search || !nonces.has(nonce)) return false;
    const key = md5(account.username, REALM, account.password);
    return response === md5(key, nonce, nc, cnonce, "auth", md5(method, uri));
  }

  return {
    vendor: "camera",
    baseUrl,
    account,
    firstCall: "snapshots?zone=1",
    fetch: async (input, init) => {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      const path = new URL(request.url).pathname.slice("/api/".length);
      if (!isSigned(request)) return challenge();
      if (path === "status") {
        isOpen = true;
        logins++;
        return Response.json({});
      }
      if (!isOpen) return challenge();
      return path === "snapshots" ? Response.json([]) : new Response("no", { status: 404 });
    },
    revokeAll() {
      isOpen = false;
    },
    get logins() {
      return logins;
    },
  };
}

type CameraFlow = Flow<DigestKey, object>;

/** Returns the function that creates the camera's sessions. `change` breaks its flow. */
export function camera(change: (flow: CameraFlow) => Partial<CameraFlow> = () => ({})): MakeSession {
  return (options) => {
    const auth = digest();
    const flow: CameraFlow = {
      vendor: "camera",
      baseUrl: parseBaseUrl("camera", options.baseUrl),
      async login(context) {
        const first = await context.send("status", { method: "GET" });
        const data = auth.key(first.headers.get("www-authenticate"), await context.credentials());
        if (data === undefined) throw first.toError();
        const response = await context.send("status", { method: "GET", as: data });
        if (response.status === 401) throw new InvalidCredentials("camera", "it was refused.", { status: 401 });
        if (!response.ok) throw response.toError();
        return { data, user: {} };
      },
      authorize: () => ({}),
      sign: auth.sign,
      rotate: auth.rotate,
      parse: auth.parse,
    };
    return createSession({ ...flow, ...change(flow) }, options);
  };
}

export const cameraStated: FlowContractOptions = {
  signsOut: false,
  signs: true,
  answersChallenges: true,
  cannot: { calls: "there is one call", post: "no call has a body", forbiddenCall: "there are no roles" },
  print: () => {},
};
