import { InvalidOptions, SecondFactorRequired } from "@vms/core";
import { type FlowContext, isNonInteractive } from "@vms/core/flow";

/** A video of a face: the video itself, or the path of a file (in Node, Bun and Deno). */
export type FaceVideo = Blob | string;

/** The argument of a `face` function. */
export interface FaceRequest {
  /** Aborts when the last caller aborts, and when the session is signed out: stop the camera then. */
  readonly signal: AbortSignal;
}

/** A video, or a function that is called for one each time a face is needed. */
export type FaceSource = FaceVideo | ((request: FaceRequest) => FaceVideo | Promise<FaceVideo>);

/** A video as a part of a form. */
export interface VideoPart {
  readonly blob: Blob;
  readonly name: string;
}

/** Whether a value can be the option `face`. */
export function isFaceSource(value: unknown): value is FaceSource {
  return typeof value === "function" || isBlob(value) || (typeof value === "string" && value !== "");
}

/** Whether a value is a `Blob`. By its tag, because it can be one of another realm (jest, Electron). */
export function isBlob(value: unknown): value is Blob {
  return /^\[object (Blob|File)\]$/.test(Object.prototype.toString.call(value));
}

/** Whether the face may require waiting for a human. */
export function isInteractive(face: FaceSource | undefined): boolean {
  return typeof face === "function" && !isNonInteractive(face);
}

/**
 * Gets the video for one request. A function is called each time, and its time does not count towards `timeout`.
 * @throws {InvalidOptions} `invalid_options` if there is no usable video.
 * @throws {SecondFactorRequired} `second_factor_required` if a renewal in the background would have to ask a person.
 */
export async function takeVideo(face: FaceSource, context: Pick<FlowContext, "prompt">): Promise<VideoPart> {
  const given: unknown =
    typeof face === "function" ? await context.prompt(face, askedInBackground, (signal) => face({ signal })) : face;
  if (!isFaceSource(given) || typeof given === "function") throw wrong("must return a Blob or the path of a file.");
  const blob = typeof given === "string" ? await openFile(given) : given;
  if (blob.size === 0) throw wrong("returned a video of 0 bytes. Check the file or the recording.");
  return { blob, name: `face${extensionOf(given)}` };
}

// Uses the global `process`, so that this package also loads without a file system. Edge runtimes throw when it is used.
function fileSystem() {
  try {
    return globalThis.process?.getBuiltinModule?.("fs");
  } catch {
    return undefined;
  }
}

async function openFile(path: string): Promise<Blob> {
  const fs = fileSystem();
  if (typeof fs?.openAsBlob !== "function") {
    throw wrong("is a path, and this runtime has no file system. Use a Blob.");
  }
  try {
    const file = await fs.openAsBlob(path);
    // Read one byte: an unreadable file would otherwise fail in the request, like a network failure.
    await file.slice(0, 1).arrayBuffer();
    return file;
  } catch {
    throw wrong("names a file that cannot be read. Check the path, and that this process may read it.");
  }
}

// Only the extension is sent: the vendor needs the type of the video, and the name is private.
function extensionOf(video: FaceVideo): string {
  const name = typeof video === "string" ? video : "name" in video ? String(video.name) : "";
  const type = typeof video === "string" ? "" : video.type;
  const kind = /\.([a-z0-9]{1,5})$/i.exec(name) ?? /^video\/([a-z0-9]{1,5})(?:;|$)/i.exec(type);
  return kind === null ? "" : `.${kind[1]}`;
}

function wrong(what: string): InvalidOptions {
  return new InvalidOptions("findface", `\`face\` ${what}`, { remedy: { id: "correct_option", option: "face" } });
}

function askedInBackground(): SecondFactorRequired {
  return new SecondFactorRequired(
    "findface",
    "this renewal needs the face, and a background renewal does not prompt. The session stays in use until it expires, " +
      "and the next call prompts.",
    { reason: "background", methods: [] },
  );
}
