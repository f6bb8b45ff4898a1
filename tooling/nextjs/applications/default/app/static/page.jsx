import { adminToken, alta } from "../../sessions.ts";

export default async function Page() {
  const answers = await Promise.all([alta.fetch("api/v1/alarmZones"), adminToken.fetch("api/admin/v1/admins")]);
  return <p>{answers.map(({ status }) => status).join(" ")}</p>;
}
