import { expect, test } from "vitest";
import { questionsOf } from "../src/questions.ts";
import { nodeRed } from "../src/subjects/node-red.ts";

const CLAUSE = "creating a session sends nothing";

test("a clause that is known to fail is an error when it passes", async () => {
  await using resources = new AsyncDisposableStack();
  const questions = questionsOf({ ...nodeRed, failing: { [CLAUSE]: "it is made up." } }, resources);
  const question = questions.find(({ sentence }) => sentence === CLAUSE);
  await expect(question?.ask?.()).rejects.toThrow("is true now");
});

test("a clause that is known to fail must exist in the contract", () => {
  const failing = { "no such clause": "it is made up." };
  expect(() => questionsOf({ ...nodeRed, failing }, new AsyncDisposableStack())).toThrow("no such clause");
});

test("a check that does not apply has a reason, and does not run", () => {
  const questions = questionsOf({ ...nodeRed, unaskable: { logout: "it is made up." } }, new AsyncDisposableStack());
  const unasked = questions.filter(({ ask }) => ask === undefined);
  expect(unasked.map(({ reason }) => reason)).toEqual(["it is made up."]);
});
