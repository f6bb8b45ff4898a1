// A sign-in with bare `fetch` on a static page, which Next.js caches.
async function post(url, body) {
  const headers = { "content-type": "application/json", "x-control": "1" };
  return (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).status;
}

export default async function Page() {
  const { env } = process;
  const statuses = [
    await post(`${env.VMS_ALTA_URL}/api/v1/dologin`, {
      username: env.VMS_ALTA_USERNAME,
      password: env.VMS_ALTA_PASSWORD,
    }),
    await post(`${env.VMS_ADMIN_TOKEN_URL}/api/admin/v1/auth/token`, {
      login: env.VMS_ADMIN_TOKEN_USERNAME,
      password: env.VMS_ADMIN_TOKEN_PASSWORD,
    }),
  ];
  return <p>{statuses.join(" ")}</p>;
}
