import { type FlowContext, InvalidOptions, isUnattended, SecondFactorRequired } from "@vms/core";

/** A video of a face: the video itself, or the path of its file where there is a file system (Node, Bun, Deno). */
export type FaceVideo = Blob | string;

/** What a function `face` is told. */
export interface FaceRequest {
  /** Ends when nobody waits for the login any more, and when the session is signed out: stop the camera then. */
  readonly signal: AbortSignal;
}

/** A video, or a function that is asked for one each time that a face is to be shown. */
export type FaceSource = FaceVideo | ((request: FaceRequest) => FaceVideo | Promise<FaceVideo>);

/** A video as the part of a form. */
export interface VideoPart {
  readonly blob: Blob;
  readonly name: string;
}

/** Whether a value can be the option `face`. */
export function isFaceSource(value: unknown): value is FaceSource {
  return typeof value === "function" || value instanceof Blob || (typeof value === "string" && value !== "");
}

/** Whether showing the face may mean waiting for a human. */
export function asksHuman(face: FaceSource | undefined): boolean {
  return typeof face === "function" && !isUnattended(face);
}

/**
 * Gets the video for one request. A function is asked each time; the time that it takes is not the vendor's.
 * @throws {InvalidOptions} where there is no video to be had.
 * @throws {SecondFactorRequired} where a human would have to be asked, and must not be now.
 */
export async function takeVideo(face: FaceSource, context: Pick<FlowContext, "ask">): Promise<VideoPart> {
  const given: unknown =
    typeof face === "function" ? await context.ask(face, askedInBackground, (signal) => face({ signal })) : face;
  if (!isFaceSource(given) || typeof given === "function") throw wrong("must return a Blob or the path of a file.");
  const blob = typeof given === "string" ? await openFile(given) : given;
  if (blob.size === 0) throw wrong("gave a video of 0 bytes. Check the file or the recording.");
  return { blob, name: `face${extensionOf(given)}` };
}

// By way of the global `process`, so that this package loads where there is no file system.
async function openFile(path: string): Promise<Blob> {
  const fs = globalThis.process?.getBuiltinModule?.("fs");
  if (typeof fs?.openAsBlob !== "function") {
    throw wrong("is a path, and there is no file system here. Give the video as a Blob.");
  }
  try {
    const file = await fs.openAsBlob(path);
    // What cannot be read shows here, and not within the request, where it would look like a fault of the network.
    await file.slice(0, 1).arrayBuffer();
    return file;
  } catch {
    throw wrong("names a file that cannot be read. Check the path, and that this process may read it.");
  }
}

// The kind of video is told as a file's name would tell it; the rest of the name is nobody's business.
function extensionOf(video: FaceVideo): string {
  const name = typeof video === "string" ? video : video instanceof File ? video.name : "";
  const type = typeof video === "string" ? "" : video.type;
  const kind = /\.([a-z0-9]{1,5})$/i.exec(name) ?? /^video\/([a-z0-9]{1,5})(?:;|$)/i.exec(type);
  return kind === null ? "" : `.${kind[1]}`;
}

function wrong(what: string): InvalidOptions {
  return new InvalidOptions("findface", `\`face\` ${what}`);
}

function askedInBackground(): SecondFactorRequired {
  return new SecondFactorRequired(
    "findface",
    "this renewal needs the face, and a renewal in the background asks nobody. " +
      "The session goes on to its end; the next call then asks.",
    { methods: [] },
  );
}
