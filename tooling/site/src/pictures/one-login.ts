import { arrow, box, type Picture, type Point, type Tone, text } from "./drawing.ts";

const CALLS = 20;
const GAP = 3.6;
/** The middles of the lanes. */
const CODE = 34;
const SESSION = 142;
const VENDOR = 250;
const HALF = 18;
const MIDDLE_ABOVE = (CODE + SESSION) / 2;
const MIDDLE_BELOW = (SESSION + VENDOR) / 2;

/** One line for each call, and a head for all of them. */
function calls(x: number, from: number, to: number, tone: Tone): string {
  const down = to > from ? 1 : -1;
  const end = to - down * (HALF + 1);
  const half = (CALLS * GAP) / 2;
  const neck = end - down * 13;
  const lines = Array.from({ length: CALLS }, (_, call) => `M${round(x + (call + 0.5) * GAP - half)} ${from}V${neck}`);
  return [
    `<path class="line thin ${tone}" d="${lines.join("")}"/>`,
    `<path class="head ${tone}" d="M${x - half - 3} ${neck}H${x + half + 3}L${x} ${end}z"/>`,
  ].join("");
}

function label(at: Point, content: string, tone: Tone): string {
  const [x, y] = at;
  const width = content.length * 12 + 12;
  return [
    `<rect class="pill" x="${x - width / 2}" y="${y - 14}" width="${width}" height="28" rx="6"/>`,
    text(at, content, `big strong ${tone}`),
  ].join("");
}

function lane(y: number, name: string): string {
  return [box([14, y - HALF], [612, 2 * HALF], []), text([28, y], name, "strong big", "start")].join("");
}

export const oneLogin: Picture = {
  name: "one-login",
  width: 640,
  height: 284,
  title: "20 calls, an expired session, one login",
  description:
    "Three lanes: your code, the session, the vendor. 20 concurrent calls go through the session to the vendor. The vendor " +
    "rejects all 20 with status 401. The session signs in once, and sends the 20 calls again. Your code gets 20 responses " +
    "with status 200, and has not noticed anything.",
  body: [
    calls(150, CODE, SESSION, "plain"),
    calls(150, SESSION, VENDOR, "plain"),
    calls(259, VENDOR, SESSION, "bad"),
    arrow(
      [
        [366, SESSION + HALF],
        [366, VENDOR - HALF - 2],
      ],
      "good",
      "thick",
    ),
    calls(470, SESSION, VENDOR, "good"),
    calls(574, VENDOR, SESSION, "good"),
    calls(574, SESSION, CODE, "good"),
    lane(CODE, "your code"),
    lane(SESSION, "session"),
    lane(VENDOR, "vendor"),
    label([150, MIDDLE_ABOVE], "20 calls", "plain"),
    label([259, MIDDLE_BELOW], "20 × 401", "bad"),
    label([366, MIDDLE_BELOW], "1 login", "good"),
    label([470, MIDDLE_BELOW], "20 again", "good"),
    label([574, MIDDLE_ABOVE], "20 × 200", "good"),
  ],
};

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
