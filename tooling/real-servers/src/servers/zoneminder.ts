import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmod, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { apacheConfig } from "./apache-config.ts";
import { countedFetch } from "./counted-fetch.ts";
import { freePort } from "./free-port.ts";
import { startProgram } from "./program.ts";
import { ACCOUNT, type RunningServer } from "./running-server.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const run = promisify(execFile);

/** Where Debian has ZoneMinder's pages and the tables of its database. */
const SHARE = "/usr/share/zoneminder";

/** The bcrypt hash of the account's made-up password, with the lowest cost. */
const HASH = "$2b$04$KGfDZwHpAvSGtUbGPh8YOuduf9NmeLmCl59y5vQHEm4AG8eSzcmse";

/** The default lifetime of an access token, in ms. The minimum setting is an hour. */
const LIFETIME = 2 * 3_600_000;

/** Starts ZoneMinder's API with its own Apache, PHP and MariaDB. It does not touch the data of an installed ZoneMinder. */
export async function startZoneMinder(resources: AsyncDisposableStack): Promise<RunningServer> {
  const directory = await temporaryDirectory(resources, "zoneminder");
  // Apache's processes switch to www-data if root starts them.
  await chmod(directory, 0o755);
  const sql = await startDatabase(resources, directory);
  await sql(await readFile(join(SHARE, "db/zm_create.sql"), "utf8"), "mysql");
  await sql(`
    UPDATE Users SET Username = '${ACCOUNT.username}', Password = '${HASH}', APIEnabled = 1, System = 'None';
    UPDATE Config SET Value = '1' WHERE Name = 'ZM_OPT_USE_AUTH';
    UPDATE Config SET Value = '0' WHERE Name = 'ZM_OPT_USE_LEGACY_API_AUTH';
  `);
  /** The secret that signs all tokens. */
  const changeSecret = () => sql(`UPDATE Config SET Value = '${randomUUID()}' WHERE Name = 'ZM_AUTH_HASH_SECRET'`);
  await changeSecret();

  await copyPages(directory);
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}/zm/api`;
  await writeFile(join(directory, "apache.conf"), apacheConfig(directory, port));
  const apache = await startProgram({
    command: "apache2",
    args: ["-f", join(directory, "apache.conf"), "-D", "FOREGROUND"],
    answers: async () => (await fetch(`${baseUrl}/host/getVersion.json`)).status === 401,
  });
  resources.defer(apache.stop);

  const { fetch: counted, counts } = countedFetch({
    async kindOf(request) {
      if (!new URL(request.url).pathname.endsWith("/host/login.json")) return "call";
      return new URLSearchParams(await request.text()).has("pass") ? "login" : "extension";
    },
    accepts: ({ ok }) => ok,
    refusals: [401],
  });
  return {
    vendor: "zoneminder",
    baseUrl,
    account: ACCOUNT,
    firstCall: "host/getVersion.json",
    lifetime: LIFETIME,
    fetch: counted,
    counts,
    get logins() {
      return counts.logins;
    },
    get loginAttempts() {
      return counts.attempts;
    },
    revokeAll: changeSecret,
  };
}

/** Starts MariaDB on a socket in the directory. Anyone who can reach the socket has full access. */
async function startDatabase(
  resources: AsyncDisposableStack,
  directory: string,
): Promise<(statements: string, database?: string) => Promise<void>> {
  const data = join(directory, "database");
  const socket = join(directory, "socket");
  const user = `--user=${userInfo().username}`;
  await run("mariadb-install-db", ["--no-defaults", user, `--datadir=${data}`, "--skip-test-db"]);
  const sql = async (statements: string, database = "zm") => {
    const child = run("mariadb", ["--no-defaults", `--socket=${socket}`, database]);
    child.child.stdin?.end(statements);
    await child;
  };
  const args = [
    "--no-defaults",
    user,
    `--datadir=${data}`,
    `--socket=${socket}`,
    `--pid-file=${directory}/mariadb.pid`,
  ];
  const program = await startProgram({
    command: "mariadbd",
    args: [...args, "--skip-networking", "--skip-grant-tables"],
    answers: () => sql("SELECT 1", "mysql").then(() => true),
  });
  resources.defer(program.stop);
  return sql;
}

/** Copies the pages, because a configuration beside them takes precedence over the one in /etc. */
async function copyPages(directory: string): Promise<void> {
  const pages = join(directory, "www");
  await cp(join(SHARE, "www"), pages, { recursive: true, verbatimSymlinks: true });
  const temporary = join(pages, "api/app/tmp");
  await rm(temporary);
  await mkdir(temporary);
  await chmod(temporary, 0o777);
  const settings = {
    ZM_PATH_DATA: SHARE,
    ZM_PATH_BIN: "/usr/bin",
    ZM_PATH_CONF: "/etc/zm",
    ZM_PATH_WEB: pages,
    ZM_WEB_USER: "www-data",
    ZM_WEB_GROUP: "www-data",
    ZM_DB_TYPE: "mysql",
    ZM_DB_HOST: `localhost:${directory}/socket`,
    ZM_DB_NAME: "zm",
    ZM_DB_USER: "zmuser",
    ZM_DB_PASS: "",
    ZM_DB_SSL_CA_CERT: "",
    ZM_DB_SSL_CLIENT_KEY: "",
    ZM_DB_SSL_CLIENT_CERT: "",
    ZM_SERVER_HOST: "",
  };
  const text = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  for (const place of ["zm.conf", "api/app/webroot/zm.conf"]) await writeFile(join(pages, place), text.join(""));
}
