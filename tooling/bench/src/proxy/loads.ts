/** The session's cookie at the vendor. */
export const COOKIE: string = "va=made-up-value-of-the-session";

/** The size of a timed body. */
export const BIG: number = 10 * 2 ** 20;

/** The size of a body for a slow reader. */
export const STREAM: number = 200 * 2 ** 20;

/** The vendor's small response. */
export const small: string = JSON.stringify(
  [1, 2, 3].map((id) => ({ id, name: `Loading dock ${id}`, armed: true, deviceIds: [100 + id, 200 + id] })),
);

/** The requests that are sent through a proxy. */
export interface Load {
  readonly path: "/small" | "/big" | "/put" | "/stream" | "/slow";
  /** The number of requests. */
  readonly requests: number;
  /** The number of connections that send them, one after the other. */
  readonly connections: number;
  /** The size of each request's body. */
  readonly upload: number;
  /** The size of each response's body. */
  readonly download: number;
  /** Whether the responses are read slowly. */
  readonly slow: boolean;
}

const load = (path: Load["path"], requests: number, connections: number): Load => ({
  path,
  requests,
  connections,
  upload: path === "/put" ? BIG : path === "/slow" ? STREAM : 0,
  download: path === "/big" ? BIG : path === "/stream" ? STREAM : small.length,
  slow: path === "/stream",
});

export type Timed = "small answers, 50 connections" | "10 MB down, 4 connections" | "10 MB up, 4 connections";

/** The loads that are timed. */
export const timed: Readonly<Record<Timed, Load>> = {
  "small answers, 50 connections": load("/small", 1_500, 50),
  "10 MB down, 4 connections": load("/big", 12, 4),
  "10 MB up, 4 connections": load("/put", 12, 4),
};

export type Streamed = "200 MB down, slow reader" | "200 MB up, slow reader";

/** The loads that measure memory. */
export const streams: Readonly<Record<Streamed, Load>> = {
  "200 MB down, slow reader": load("/stream", 1, 1),
  "200 MB up, slow reader": load("/slow", 1, 1),
};
