import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { onTestFinished } from "vitest";

interface Version {
  readonly name: string;
  readonly version: string;
  readonly dist: { tarball: string };
}
interface Packument {
  readonly name: string;
  readonly versions: Record<string, Version>;
  readonly "dist-tags": Record<string, string>;
  readonly _attachments?: Readonly<Record<string, { readonly data: string }>>;
}

/** An in-memory registry for npm. */
export interface Registry {
  readonly url: string;
  /** The published versions, in order: `@vms/alta@1.0.1`. */
  readonly published: readonly string[];
  /** Rejects the next publication of a package. */
  refuse(name: string): void;
}

/**
 * Starts a registry on a free port. It accepts packages of the scope `@vms`, and redirects requests for others to npm's
 * configured registry. Like a real registry, it rejects existing versions.
 */
export async function startRegistry(upstream: string): Promise<Registry> {
  const packuments = new Map<string, Packument>();
  const tarballs = new Map<string, Uint8Array<ArrayBuffer>>();
  const published: string[] = [];
  const refused = new Set<string>();

  const app = new Hono();
  app.put("/:name{@vms(?:%2f|/)[a-z-]+}", async (context) => {
    const sent = await context.req.json<Packument>();
    const { name, versions, "dist-tags": tags, _attachments: attachments = {} } = sent;
    if (refused.delete(name)) return context.json({ error: "Not now" }, 403);
    const before = packuments.get(name);
    for (const version of Object.values(versions)) {
      if (before?.versions[version.version] !== undefined) {
        return context.json({ error: "You cannot publish over the previously published versions" }, 403);
      }
      version.dist.tarball = new URL(`/tarballs/${name}/${version.version}.tgz`, context.req.url).href;
      const [attachment] = Object.values(attachments);
      tarballs.set(
        new URL(version.dist.tarball).pathname,
        Uint8Array.from(Buffer.from(attachment?.data ?? "", "base64")),
      );
      published.push(`${name}@${version.version}`);
    }
    packuments.set(name, {
      name,
      versions: { ...before?.versions, ...versions },
      "dist-tags": { ...before?.["dist-tags"], ...tags },
    });
    return context.json({ ok: true }, 201);
  });
  app.get("/tarballs/*", ({ req, body, notFound }) => {
    const tarball = tarballs.get(req.path);
    return tarball === undefined ? notFound() : body(tarball);
  });
  app.get("/:name{@vms(?:%2f|/)[a-z-]+}", ({ req, json }) => {
    const packument = packuments.get(req.param("name"));
    return packument === undefined ? json({ error: "Not found" }, 404) : json(packument);
  });
  app.get("*", ({ req, redirect }) => redirect(new URL(`.${req.path}`, upstream).href));

  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The registry has no port.");
  return { url: `http://127.0.0.1:${address.port}/`, published, refuse: (name) => void refused.add(name) };
}
