import type { Scene } from "./scene.ts";

/** A user with a second factor, and a person who first types a wrong code and then the right one. */
export function secondFactors(): Scene {
  const secondFactor = { sms: "+1 555 0100", email: "ada@acme.example" };
  return {
    vendors: { eagleeye: { account: { username: "ada@acme.example", password: "made-up", secondFactor } } },
    during(child, { eagleeye }) {
      let asked = 0;
      child.stdout?.on("data", (data: Buffer) => {
        for (const _ of String(data).matchAll(/Enter the code/g)) {
          asked += 1;
          child.stdin?.write(asked === 1 ? "000000\n" : `${eagleeye.inbox.at(-1)?.code}\n`);
        }
      });
    },
  };
}
