import { createFindFaceServer, type FindFaceServer } from "@vms/simulator";
import { serveSimulated } from "@vms-tooling/testing";
import {
  createFindFaceSession,
  type FindFaceFaceOptions,
  type FindFaceOptions,
  type FindFaceSession,
} from "../src/index.ts";

type ServerOptions = NonNullable<Parameters<typeof createFindFaceServer>[0]>;

/** A simulated installation over a socket, and sessions with it. */
export interface Installation {
  readonly server: FindFaceServer;
  /** A session with the account's user name and password. */
  session(options?: Partial<FindFaceOptions>): FindFaceSession;
  /** A session with the account's user name alone. */
  faceSession(options?: Partial<FindFaceFaceOptions>): FindFaceSession;
  /** The account's face. */
  video(): Blob;
  /** The paths of the received requests. */
  paths(): string[];
  /** The tokens that were sent with a password. */
  faceTokens(): unknown[];
}

export async function install(options: ServerOptions = {}): Promise<Installation> {
  const server = createFindFaceServer(options);
  const { account } = server;
  const { credentials: _, ...common } = await serveSimulated(server);
  const video = () => new Blob([account.face ?? ""], { type: "video/mp4" });
  return {
    server,
    video,
    session: (own = {}) => createFindFaceSession({ credentials: account, ...common, ...own }),
    faceSession: (own = {}) =>
      createFindFaceSession({ credentials: { username: account.username }, face: video(), ...common, ...own }),
    paths: () => server.requests.map(({ path }) => path),
    faceTokens: () =>
      server.requests
        .filter(({ path }) => path === "/auth/login/")
        .map(({ body }) => (JSON.parse(body) as Record<string, unknown>).video_auth_token),
  };
}

/** A person who shows a face when `show` is called, or never. */
export interface Human {
  readonly face: (request: { signal: AbortSignal }) => Promise<Blob>;
  /** How often the person was asked. */
  readonly asked: number;
  /** The signal of the last question. */
  readonly signal: AbortSignal | undefined;
  /** Resolves when the person is asked. */
  readonly question: Promise<void>;
  show(video: Blob): void;
}

/** @param video is shown immediately each time. Without it, the person waits for `show`. */
export function human(video?: Blob): Human {
  const question = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Blob>();
  let asked = 0;
  let last: AbortSignal | undefined;
  return {
    async face({ signal }) {
      asked++;
      last = signal;
      question.resolve();
      return video ?? answer.promise;
    },
    get asked() {
      return asked;
    },
    get signal() {
      return last;
    },
    question: question.promise,
    show: answer.resolve,
  };
}
