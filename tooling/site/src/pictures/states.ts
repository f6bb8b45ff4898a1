import { arrow, box, type Picture, type Point, text } from "./drawing.ts";

const SIZE: Point = [116, 56];

export const states: Picture = {
  name: "states",
  width: 640,
  height: 346,
  title: "The states of a session",
  description:
    "signed_out: the next call starts a login, and the state is signing_in. If the login fails, the state is signed_out " +
    "again; otherwise it is live. When a renewal is due, a live session is renewing: calls still use it. Whether the renewal " +
    "succeeds or fails, the session is live afterwards. If a live session expires or is rejected, it is signed_out, and the " +
    "next call signs in. If that happens during a renewal, the renewal becomes the login. logout() and close() lead from any " +
    "state to closed, and only login() leads back.",
  body: [
    box([20, 84], SIZE, ["`signed_out`"]),
    box([232, 84], SIZE, ["`signing_in`"]),
    box([440, 84], SIZE, ["`live`"], "good"),
    box([440, 244], SIZE, ["`renewing`"], "good"),
    box([20, 244], SIZE, ["`closed`"]),
    arrow([
      [136, 102],
      [230, 102],
    ]),
    text([183, 84], "a call"),
    arrow(
      [
        [232, 124],
        [138, 124],
      ],
      "bad",
    ),
    text([185, 142], "failure", "bad"),
    arrow(
      [
        [348, 112],
        [438, 112],
      ],
      "good",
    ),
    text([392, 94], "success", "good"),
    '<path class="line bad" marker-end="url(#bad)" d="M498 84V46Q498 34 486 34H90Q78 34 78 46V82"/>',
    text([288, 34], "expired or rejected: the next call signs in", "bad halo"),
    arrow([
      [474, 140],
      [474, 242],
    ]),
    arrow(
      [
        [522, 244],
        [522, 142],
      ],
      "good",
    ),
    text([464, 182], "renewal due", "", "end"),
    text([464, 203], "or renew()", "", "end"),
    text([533, 182], "done", "good", "start"),
    text([533, 203], "or failed", "good", "start"),
    '<path class="line bad" marker-end="url(#bad)" d="M440 284H302Q290 284 290 272V142"/>',
    text([622, 322], "expired or rejected: the renewal becomes the login", "bad", "end"),
    arrow([
      [78, 244],
      [78, 142],
    ]),
    text([89, 192], "login()", "", "start"),
    arrow(
      [
        [238, 272],
        [138, 272],
      ],
      "plain",
      "dashed",
    ),
    text([146, 255], "any state", "plain", "start"),
    text([146, 290], "logout(), close()", "", "start"),
  ],
};
