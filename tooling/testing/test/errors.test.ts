import { expect, test } from "vitest";
import { loginError, thrownBy } from "../src/index.ts";

const error = new Error("made up");

test("the helpers return the error of a login or a function", async () => {
  const throwing = () => {
    throw error;
  };
  expect(await loginError({ login: () => Promise.reject(error) })).toBe(error);
  expect(thrownBy(throwing)).toBe(error);
});

test("a success becomes an error with an explanation", async () => {
  expect(await loginError({ login: async () => 1 })).toMatchObject({ message: "the login succeeded" });
  expect(thrownBy(() => 1)).toMatchObject({ message: "nothing was thrown" });
});
