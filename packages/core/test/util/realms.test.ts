import { runInNewContext } from "node:vm";
import { FormData as UndiciForm } from "undici";
import { expect, test, vi } from "vitest";
import { redact, textsOf } from "../../src/login/redact.ts";
import { parseBaseUrl } from "../../src/net/base-url.ts";
import { explainFailure } from "../../src/node/file-store/failure.ts";
import { fileErrorCode } from "../../src/node/private-files/file-error.ts";
import { fakeVendor } from "../fake-vendor.ts";

// Test runners such as jest, and Electron, run a program in another realm than the platform's classes.

test("the code of a file system's error is found in an error of another realm", async () => {
  const error: unknown = runInNewContext('Object.assign(new Error("x"), { code: "ENOSPC", syscall: "write" })');
  expect(error).not.toBeInstanceOf(Error);
  expect(fileErrorCode(error)).toBe("ENOSPC");
  await expect(explainFailure("write", "a-file", () => Promise.reject(error))).rejects.toMatchObject({
    code: "store_failed",
    message: expect.stringContaining("(ENOSPC)"),
  });
});

test("the texts of a form of another library are secrets", () => {
  const form = new UndiciForm();
  form.set("password", "made-up-password");
  expect(form).not.toBeInstanceOf(FormData);
  expect(redact("made-up-password is wrong", textsOf(form))).toBe("[redacted] is wrong");
});

test("a base URL can be a `URL` of another realm", () => {
  const url = { [Symbol.toStringTag]: "URL", toString: () => "https://vendor.example/rest" };
  expect(parseBaseUrl("acme", url).href).toBe("https://vendor.example/rest/");
});

test("a rejection of a listener's promise is handled even if the promise is of another realm", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  session.on("login", runInNewContext("async () => { throw new Error('of a listener'); }"));
  await session.login();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});
