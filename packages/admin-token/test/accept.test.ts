import { describe, expect, it } from "vitest";
import { askingForJson } from "../src/accept.ts";

/** What a request asks for, after passing through. */
async function accepted(input: string | Request, init?: RequestInit): Promise<Headers> {
  let seen = new Headers();
  const fetch = askingForJson(async (sent, sentInit) => {
    seen = new Request(sent, sentInit).headers;
    return new Response();
  });
  await fetch(input, init);
  return seen;
}

const url = "https://vms.acme.example/";
const jsonFirst = "application/json, */*";

describe("a request", () => {
  it.each<[string, RequestInit | undefined]>([
    ["nothing", undefined],
    ["no headers", { method: "POST" }],
    ["other headers", { headers: { "x-a": "1" } }],
    ["other Headers", { headers: new Headers({ "x-a": "1" }) }],
    ["other pairs", { headers: [["x-a", "1"]] }],
    ["anything", { headers: { accept: "*/*" } }],
    ["anything, in Headers", { headers: new Headers({ accept: "*/*" }) }],
  ])("asks for JSON first where its caller says %s", async (_, init) => {
    const headers = await accepted(url, init);
    expect(headers.get("accept")).toBe(jsonFirst);
    if (init?.headers !== undefined && !new Headers(init.headers).has("accept")) expect(headers.get("x-a")).toBe("1");
  });

  it.each([{ accept: "text/csv" }, new Headers({ Accept: "text/csv" })])(
    "keeps what its caller asks for",
    async (headers) => {
      expect((await accepted(url, { headers })).get("accept")).toBe("text/csv");
      expect((await accepted(new Request(url, { headers }))).get("accept")).toBe("text/csv");
    },
  );

  it("may be a Request, whose other headers stay", async () => {
    const headers = await accepted(new Request(url, { headers: { "x-a": "1" } }));
    expect([headers.get("accept"), headers.get("x-a")]).toEqual([jsonFirst, "1"]);
  });

  it("does not change the headers that it was given", async () => {
    const given = Object.freeze({ "x-a": "1" });
    await accepted(url, { headers: given });
    const headers = new Headers(given);
    await accepted(url, { headers });
    expect([...headers.keys()]).toEqual(["x-a"]);
  });
});
