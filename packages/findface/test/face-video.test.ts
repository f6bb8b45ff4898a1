import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { nonInteractive } from "@vms/core";
import { loginError, useNock } from "@vms-tooling/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FaceSource, isInteractive, takeVideo } from "../src/face-video.ts";
import { accepted, face, newFaceSession, onFace, showsSecret, user } from "./vendor.ts";

useNock();

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "canary-directory-"));
});
afterEach(() => rm(directory, { recursive: true }));

const nobodyAsks = { prompt: (_: object, __: unknown, run: (signal: AbortSignal) => unknown) => run(NEVER) };
const NEVER = new AbortController().signal;

const taken = (source: FaceSource) => takeVideo(source, nobodyAsks as never);
const failure = (source: unknown) =>
  taken(source as FaceSource).then(
    () => new Error("a video was taken"),
    (error: unknown) => error,
  );

/** Creates a file with the face. */
async function fileOf(content: string = face): Promise<string> {
  const path = join(directory, "canary-name.MP4");
  await writeFile(path, content);
  return path;
}

describe("a face", () => {
  it.each<[string, () => Promise<FaceSource>]>([
    ["a Blob", async () => new Blob([face])],
    ["a File", async () => new File([face], "canary-name.mov")],
    ["a path", () => fileOf()],
    ["a function that returns a Blob", async () => () => new Blob([face])],
    ["a function that promises a path", async () => () => fileOf()],
  ])("can be %s", async (_, source) => {
    const shown = onFace("video-auth", 200, accepted());
    expect((await newFaceSession({ face: await source() }).login()).user).toEqual(user);
    expect(await shown.video?.text()).toBe(face);
    expect(shown.video?.name).not.toContain("canary");
  });

  it.each<[string, FaceSource]>([
    ["face.mov", new File(["x"], "canary.mov")],
    ["face.webm", new Blob(["x"], { type: "video/webm;codecs=vp9" })],
    ["face.mp4", new Blob(["x"], { type: "video/mp4" })],
    ["face", new Blob(["x"])],
    ["face", new File(["x"], "canary")],
    ["face", new Blob(["x"], { type: "video/quicktime" })],
  ])("is sent as %s, which shows only the type of the video", async (name, source) => {
    expect((await taken(source)).name).toBe(name);
  });

  it("is read from its file each time", async () => {
    const path = await fileOf("first");
    const session = newFaceSession({ face: path });
    const videos: unknown[] = [];
    for (const content of ["first", "second, and longer"]) {
      await writeFile(path, content);
      const shown = onFace("video-auth", 200, accepted());
      await session.renew();
      videos.push([shown.video?.name, await shown.video?.text()]);
    }
    expect(videos).toEqual([
      ["face.MP4", "first"],
      ["face.MP4", "second, and longer"],
    ]);
  });

  it("is requested with a signal that aborts when the face is no longer needed", async () => {
    const signals: unknown[] = [];
    await taken(({ signal }) => {
      signals.push(signal);
      return new Blob(["x"]);
    });
    expect(signals).toEqual([NEVER]);
  });
});

describe("an unusable face", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["a path if nothing is", async () => join(directory, "nothing")],
    ["a directory", async () => directory],
    ["an empty file", () => fileOf("")],
    ["an empty Blob", async () => new Blob([])],
    ["a function that returns nothing", async () => () => undefined],
    ["a function that returns no video", async () => () => new Uint8Array(8)],
    ["a function that returns an empty text", async () => async () => ""],
    ["a function that returns a function", async () => () => () => new Blob([face])],
  ])("is invalid_options that names only the option, before anything is sent: %s", async (_, source) => {
    const error = await loginError(newFaceSession({ face: (await source()) as FaceSource }));
    expect(error).toMatchObject({ code: "invalid_options", retryable: false });
    expect((error as Error).message).toContain("`face`");
    expect(inspect(error, { showHidden: true })).not.toContain("canary");
    expect(showsSecret(error)).toBe(false);
  });

  it("is read again at the next login: the file may exist by then", async () => {
    const path = join(directory, "later.mp4");
    const session = newFaceSession({ face: path });
    expect(await loginError(session)).toMatchObject({ code: "invalid_options" });
    await writeFile(path, face);
    onFace("video-auth", 200, accepted());
    expect((await session.login()).user).toEqual(user);
  });

  it.each([
    ["a browser", () => undefined as never],
    [
      "an edge runtime",
      () => {
        throw new Error("A Node.js API is used which is not supported");
      },
    ],
  ])("is invalid_options without a file system, as in %s", async (_, getBuiltinModule) => {
    const path = await fileOf();
    vi.spyOn(process, "getBuiltinModule").mockImplementation(getBuiltinModule);
    try {
      const error = await failure(path);
      expect(error).toMatchObject({ code: "invalid_options" });
      expect((error as Error).message).toMatch(/no file system.*Blob/);
    } finally {
      vi.restoreAllMocks();
    }
  });
});

describe("waiting for a person", () => {
  it("is assumed for a function that is not marked as nonInteractive", () => {
    expect(isInteractive(() => new Blob([face]))).toBe(true);
    expect(isInteractive(nonInteractive(() => new Blob([face])))).toBe(false);
    for (const source of [undefined, new Blob([face]), "face.mp4"]) expect(isInteractive(source)).toBe(false);
  });
});
