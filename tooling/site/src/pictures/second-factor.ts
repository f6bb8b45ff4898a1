import { type Picture, text } from "./drawing.ts";
import { lifeline, message, note } from "./sequence.ts";

const VENDOR = 106;
const SESSION = 320;
const YOURS = 534;

export const secondFactor: Picture = {
  name: "second-factor",
  width: 640,
  height: 560,
  title: "A login with a second factor",
  description:
    "The session sends the user name and the password. The vendor says that a code is needed. Up to three times: the session " +
    "asks the vendor to send a code, if the vendor sends codes; it calls your function secondFactor, which asks a person, " +
    "computes the code with totp() or is the prompt of vms; the function returns the method and the code; the session sends " +
    "the code. If the code is wrong or late, the function is called again. If it is accepted, all waiting calls are sent. If " +
    "no code is accepted, the login fails with second_factor_rejected.",
  body: [
    lifeline(VENDOR, "the vendor", [60, 540]),
    lifeline(SESSION, "the session", [60, 540]),
    lifeline(YOURS, "secondFactor", [60, 540]),
    message(98, SESSION, VENDOR, "user name, password"),
    message(134, VENDOR, SESSION, "a code is needed"),
    '<rect class="line" x="14" y="156" width="612" height="270" rx="9"/>',
    text([26, 176], "up to three codes", "strong halo", "start"),
    message(216, SESSION, VENDOR, "send it by SMS, e-mail", "plain", "dashed"),
    message(244, SESSION, YOURS, "methods, sent, last"),
    note(YOURS, 296, ["asks a person, or", "computes the code"], "good"),
    message(348, YOURS, SESSION, "{ method, code }", "good"),
    message(374, SESSION, VENDOR, "the code", "good"),
    message(408, VENDOR, SESSION, "wrong or late: again", "bad"),
    message(462, VENDOR, SESSION, "accepted", "good"),
    note(438, 462, ["all waiting calls are sent"], "good", 224),
    message(510, VENDOR, SESSION, "none accepted", "bad"),
    note(438, 510, ["`second_factor_rejected`"], "bad", 224),
  ],
};
