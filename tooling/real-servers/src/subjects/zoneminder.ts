import { zoneMinderRefresh } from "../checks/zoneminder-refresh.ts";
import { createZoneMinderSession } from "../flows/zoneminder.ts";
import { startZoneMinder } from "../servers/zoneminder.ts";
import type { Subject } from "./subject.ts";

export const zoneMinder: Subject = {
  name: "zoneminder",
  title: "ZoneMinder",
  programs: ["zmu", "mariadbd", "mariadb", "apache2"],
  packages: ["zoneminder", "mariadb-server", "apache2", "libapache2-mod-php", "php-mysql"],
  start: startZoneMinder,
  makeSession: createZoneMinderSession,
  contract: {
    signsOut: false,
    extends: true,
    queryCredential: true,
    lifetime: { expiresIn: 2 * 3_600_000, extendableFor: 24 * 3_600_000 },
    calls: ["monitors.json", "host/getTimeZone.json"],
    post: { path: "groups.json", json: { Group: { Name: "invented" } } },
    forbiddenCall: "users.json",
  },
  failing: {},
  unaskable: { logout: "The server revokes no tokens: its logout.json only clears a cookie." },
  further: [zoneMinderRefresh],
};
