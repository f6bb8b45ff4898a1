import { globSync } from "node:fs";

const MODULES = "/usr/lib/apache2/modules";

/** The modules that ZoneMinder's pages need in addition to PHP. */
const NAMES = ["mpm_prefork", "authz_core", "dir", "alias", "mime", "rewrite"] as const;

/**
 * The configuration of an Apache that serves a copy of ZoneMinder's pages at `/zm`. The rules come from the package's
 * example, which replaces the `.htaccess` files that the package omits.
 * @param directory contains the pages in `www`, and the server's own files.
 */
export function apacheConfig(directory: string, port: number): string {
  const php = globSync("libphp*.so", { cwd: MODULES })[0];
  if (php === undefined) throw new Error("the Debian package libapache2-mod-php is not installed.");
  const pages = `${directory}/www`;
  const rewrite = (below: string, to: string) => `
<Directory "${pages}/${below}">
  RewriteEngine on
  RewriteBase /zm/api
  RewriteRule ^$ ${to}/ [L]
  RewriteRule (.*) ${to}/$1 [L]
</Directory>`;
  return `
ServerName 127.0.0.1
ServerRoot "${directory}"
Listen 127.0.0.1:${port}
PidFile "${directory}/apache.pid"
Mutex "file:${directory}"
User www-data
Group www-data
${NAMES.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join("\n")}
LoadModule php_module ${MODULES}/${php}
MaxRequestWorkers 30
ListenBacklog 2000
KeepAlive Off
TypesConfig /etc/mime.types
ErrorLog "${directory}/apache.log"
AddHandler application/x-httpd-php .php
DirectoryIndex index.php
php_admin_value session.save_path "${directory}/www/api/app/tmp"
Alias /zm "${pages}"
<Directory "${pages}">
  Require all granted
  Options FollowSymLinks
</Directory>
${rewrite("api", "app/webroot")}
${rewrite("api/app", "webroot")}
<Directory "${pages}/api/app/webroot">
  RewriteEngine on
  RewriteBase /zm/api
  RewriteCond %{REQUEST_FILENAME} !-d
  RewriteCond %{REQUEST_FILENAME} !-f
  RewriteRule ^ index.php [L]
</Directory>
`;
}
