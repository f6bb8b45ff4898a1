import { describe, expect, it } from "vitest";
import { isTimeZone, parseExpiresAt } from "../src/expires-at.ts";

const iso = (text: string, timeZone = "UTC") => {
  const instant = parseExpiresAt(text, timeZone);
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

describe("expires_at without a zone", () => {
  it.each([
    ["2022-09-08 13:47:18", "UTC", "2022-09-08T13:47:18.000Z"],
    ["2022-09-08 13:47:18", "Europe/Moscow", "2022-09-08T10:47:18.000Z"],
    ["2022-09-08 13:47:18", "America/New_York", "2022-09-08T17:47:18.000Z"],
    ["2022-09-08 13:47:18", "Asia/Kolkata", "2022-09-08T08:17:18.000Z"],
    ["2022-09-08 13:47:18", "Pacific/Kiritimati", "2022-09-07T23:47:18.000Z"],
    ["2022-01-01 00:30:00", "Europe/Berlin", "2021-12-31T23:30:00.000Z"],
    ["2022-07-01 00:30:00", "Europe/Berlin", "2022-06-30T22:30:00.000Z"],
    ["2022-09-08T13:47:18", "UTC", "2022-09-08T13:47:18.000Z"],
    ["2022-09-08 13:47:18.123456", "UTC", "2022-09-08T13:47:18.000Z"],
    ["2024-02-29 12:00:00", "UTC", "2024-02-29T12:00:00.000Z"],
  ])("is %s of %s", (text, timeZone, expected) => {
    expect(iso(text, timeZone)).toBe(expected);
  });

  it.each([
    // Clocks go from 02:00 to 03:00 on 2022-03-27, and from 03:00 back to 02:00 on 2022-10-30.
    ["just before the gap", "2022-03-27 01:59:59", "2022-03-27T00:59:59.000Z"],
    ["in the gap", "2022-03-27 02:30:00", "2022-03-27T00:30:00.000Z"],
    ["just after the gap", "2022-03-27 03:00:00", "2022-03-27T01:00:00.000Z"],
    ["just before the hour that comes twice", "2022-10-30 01:59:59", "2022-10-29T23:59:59.000Z"],
    ["in the hour that comes twice", "2022-10-30 02:30:00", "2022-10-30T00:30:00.000Z"],
    ["just after that hour", "2022-10-30 03:00:00", "2022-10-30T02:00:00.000Z"],
    ["half a day before the clocks change", "2022-03-26 14:00:00", "2022-03-26T13:00:00.000Z"],
    ["half a day after they did", "2022-03-27 14:00:00", "2022-03-27T12:00:00.000Z"],
  ])("is the earlier instant when the clocks change: %s", (_, text, expected) => {
    expect(iso(text, "Europe/Berlin")).toBe(expected);
  });

  it("is the earlier instant west of Greenwich and for a change of half an hour", () => {
    expect(iso("2022-11-06 01:30:00", "America/New_York")).toBe("2022-11-06T05:30:00.000Z");
    expect(iso("2022-03-13 02:30:00", "America/New_York")).toBe("2022-03-13T06:30:00.000Z");
    expect(iso("2022-04-03 01:45:00", "Australia/Lord_Howe")).toBe("2022-04-02T14:45:00.000Z");
  });
});

describe("expires_at with a zone", () => {
  it.each([
    ["2022-09-08T13:47:18Z", "2022-09-08T13:47:18.000Z"],
    ["2022-09-08T13:47:18.000000Z", "2022-09-08T13:47:18.000Z"],
    ["2022-09-08T13:47:18+03:00", "2022-09-08T10:47:18.000Z"],
    ["2022-09-08 13:47:18-0530", "2022-09-08T19:17:18.000Z"],
  ])("is read in its own zone: %s", (text, expected) => {
    expect(iso(text, "Asia/Tokyo")).toBe(expected);
  });
});

it.each([
  "",
  "soon",
  "2022-09-08",
  "2022-02-31 00:00:00",
  "2022-13-01 00:00:00",
  "2022-09-08 24:00:00",
  "0000-00-00 00:00:00",
])("is rejected if it is not a time: %o", (text) => {
  expect(parseExpiresAt(text, "UTC")).toBeUndefined();
});

describe("a time zone", () => {
  it.each(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"])("is known: %s", (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(["", "Mars/Olympus", "Mars/+05:00", "toString", undefined, null, 3])("is not known: %o", (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
