import { type ClientKind, dataOf } from "./client.ts";

/** `session.fetch` itself. */
export const fetchClient: ClientKind = {
  name: "session.fetch",
  hands: "body",
  create(_baseUrl, { fetch }) {
    const json = async (path: string, init: RequestInit) => {
      const response = await fetch(path, init);
      if (!response.ok) throw new Error(`status ${response.status}`);
      return dataOf(await response.json());
    };
    return {
      get: (path, options) => json(path, { ...options }),
      postJson: (path, value, options) =>
        json(path, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(value),
          ...options,
        }),
      postForm: (path, form, options) => json(path, { method: "POST", body: form, ...options }),
      upload: (path, body, options) => json(path, { method: "POST", body, duplex: "half", ...options } as RequestInit),
      async download(path, options) {
        const { body } = await fetch(path, { ...options });
        if (body === null) throw new Error("no body");
        return body;
      },
      async fail(path, options) {
        const response = await fetch(path, { ...options });
        const isJson = response.headers.get("content-type") === "application/json";
        return {
          as: "returned",
          status: response.status,
          body: isJson ? await response.json() : await response.text(),
        };
      },
    };
  },
};
