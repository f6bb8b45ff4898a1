import { arrow, box, type Picture, type Point, text } from "./drawing.ts";

function down(x: number, from: number, to: number): string {
  return arrow([
    [x, from],
    [x, to - 2],
  ]);
}

const THIRD: Point = [184, 60];

export const layers: Picture = {
  name: "layers",
  width: 640,
  height: 448,
  title: "What calls what",
  description:
    "At the top: your code, a terminal or script, and curl, VLC, browsers and programs in any language. Your code calls " +
    "session.fetch. Terminals and scripts use vms of @vms/cli. Other programs call the proxy of @vms/proxy, which vms can also " +
    "start. All three use a session of @vms/core, which decides when to sign in. A vendor package such as @vms/alta knows how " +
    "to sign in. A store keeps the session in memory, in files or in Redis. At the bottom is the vendor's API, which gets every " +
    "call with the credential.",
  body: [
    box([20, 20], THIRD, ["*your code", "TypeScript"]),
    box([228, 20], THIRD, ["*a terminal", "people, scripts"]),
    box([436, 20], THIRD, ["*other programs", "curl, VLC, browsers"]),
    down(112, 80, 208),
    text([112, 144], "session.fetch", "code halo"),
    down(320, 80, 114),
    down(528, 80, 114),
    box([228, 114], THIRD, ["*vms", "`@vms/cli`"], "good"),
    box([436, 114], THIRD, ["*proxy", "`@vms/proxy`"], "good"),
    arrow([
      [412, 144],
      [434, 144],
    ]),
    down(320, 174, 208),
    down(528, 174, 208),
    '<rect class="box good" x="20" y="208" width="600" height="132" rx="9"/>',
    text([36, 232], "session of @vms/core", "strong", "start"),
    text([604, 232], "decides when to sign in", "", "end"),
    box([36, 254], [276, 70], ["*vendor package", "knows how: `@vms/alta`, …"]),
    box([328, 254], [276, 70], ["*store", "memory, files, Redis, Keyv"]),
    down(320, 340, 378),
    text([332, 358], "calls with the credential", "good halo", "start"),
    box([20, 378], [600, 50], ["*the vendor's API"]),
  ],
};
