import { createFindFaceServer, type FindFaceServer } from "@vms/simulator";
import { type Served, serve } from "@vms/simulator/node";
import { afterEach } from "vitest";
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
  readonly baseUrl: string;
  /** A session with the account's user name and password. */
  session(options?: Partial<FindFaceOptions>): FindFaceSession;
  /** A session with the account's user name alone. */
  faceSession(options?: Partial<FindFaceFaceOptions>): FindFaceSession;
  /** The account's face. */
  video(): Blob;
  /** The paths of what was received. */
  paths(): string[];
  /** The tokens that were sent with a password. */
  faceTokens(): unknown[];
}

const open: Served[] = [];
afterEach(async () => {
  for (const served of open.splice(0)) await served.close();
});

export async function install(options: ServerOptions = {}): Promise<Installation> {
  const server = createFindFaceServer(options);
  const served = await serve(server);
  open.push(served);
  const { baseUrl } = served;
  const { account } = server;
  const video = () => new Blob([account.face ?? ""], { type: "video/mp4" });
  const common = { baseUrl, retry: { minDelay: 1, maxDelay: 1 }, now: () => server.clock.now() };
  return {
    server,
    baseUrl,
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

/** A human who shows a face when told to, or never. */
export interface Human {
  readonly face: (request: { signal: AbortSignal }) => Promise<Blob>;
  /** How often somebody was asked. */
  readonly asked: number;
  /** The signal of the last question. */
  readonly signal: AbortSignal | undefined;
  /** Resolves when somebody is asked. */
  readonly question: Promise<void>;
  show(video: Blob): void;
}

/** @param video what is shown at once each time; without it, the human waits for `show`. */
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
