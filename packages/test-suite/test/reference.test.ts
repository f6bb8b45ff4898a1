import { describe, test } from "vitest";
import { flowContract } from "../src/index.ts";
import { collected } from "./collected.ts";
import { callDefects } from "./reference/call-defects.ts";
import { camera, cameraServer, cameraStated } from "./reference/camera.ts";
import { defects } from "./reference/defects.ts";
import { reference, stated } from "./reference/flow.ts";
import { AND_MORE, type Mutation, mutations } from "./reference/mutations.ts";
import { notes, rpc, rpcServer, rpcStated } from "./reference/rpc.ts";
import { places, referenceServer } from "./reference/server.ts";

describe.each(places)("the reference vendor with its token in a %s", (place) => {
  flowContract(test, reference(place), () => referenceServer(place), stated(place));
});

describe("the reference vendor with tokens that end each other and exclusive calls", () => {
  const exclusive = reference("header", () => ({ exclusive: true }));
  flowContract(test, exclusive, () => referenceServer("header", { endsOld: true }), stated("header"));
});

describe("the reference vendor with a clock that cannot be moved", () => {
  const server = () => Object.defineProperty(referenceServer("header"), "clock", { value: undefined });
  flowContract(test, reference(), server, stated("header"));
});

describe("the reference vendor with one server for all clauses", () => {
  flowContract(test, reference(), referenceServer("header"), stated("header"));
});

describe("the reference vendor with the status 409 for an ended session", () => {
  const isEnded = ({ status }: { readonly status: number }) => status === 409;
  const makeSession = reference("header", () => ({
    isRejected: isEnded,
    async logout(context, { data }) {
      const response = await context.send("logout", { as: data });
      if (!response.ok && !isEnded(response)) throw response.toError();
    },
  }));
  flowContract(test, makeSession, () => referenceServer("header", { endedStatus: 409 }), stated("header"));
});

describe("a camera with digest authentication", () => {
  flowContract(test, camera(), () => cameraServer(), cameraStated);
});

describe("a camera with challenges that say that the nonce is not stale", () => {
  flowContract(test, camera(), () => cameraServer(', stale="FALSE"'), cameraStated);
});

describe.each(Object.entries(notes()))("a JSON-RPC server with a POST of %s", (_, post) => {
  flowContract(test, rpc(), rpcServer, { ...rpcStated, post });
});

/** The other servers, and the facts that are stated about them. */
const OTHERS = { camera: [() => cameraServer(), cameraStated], rpc: [rpcServer, rpcStated] } as const;

/** Returns the clauses that detect a mutation. */
async function noticing({
  makeSession,
  place = "header",
  endsOld = false,
  options,
}: Mutation): Promise<readonly string[]> {
  const isOther = place === "camera" || place === "rpc";
  const [server, correct] = isOther ? OTHERS[place] : [() => referenceServer(place, { endsOld }), stated(place)];
  const { failed } = await collected((clause) =>
    flowContract(clause, makeSession, server, { ...correct, timeout: 12_000, ...options }),
  );
  return [...failed.keys()];
}

describe.concurrent("only the clauses on a mistake detect it", { timeout: 60_000 }, () => {
  for (const mutation of [...mutations, ...defects, ...callDefects]) {
    test(mutation.how, async ({ expect }) => {
      const noticed = await noticing(mutation);
      const expected = mutation.noticedBy.filter((name) => name !== AND_MORE);
      if (mutation.noticedBy.includes(AND_MORE)) expect(noticed).toEqual(expect.arrayContaining(expected));
      else expect(new Set(noticed)).toEqual(new Set(expected));
    });
  }
});
