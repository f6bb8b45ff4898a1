import type { Program } from "../../src/programs.ts";
import type { Scene } from "./scene.ts";

const robin = { username: "robin@acme.example", password: "made-up", secondFactor: { sms: "+351 900 000 779" } };

/** A person types each code that the vendor sends. */
export function eagleEyeScene({ file }: Program): Scene {
  if (file !== "ask.ts") return {};
  return {
    vendors: { eagleeye: { account: robin } },
    during(child, { eagleeye }) {
      child.stdout?.on("data", (chunk) => {
        if (String(chunk).includes("Enter the code")) child.stdin?.write(`${eagleeye.inbox.at(-1)?.code}\n`);
      });
    },
  };
}
