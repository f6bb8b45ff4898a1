import { alta } from "../../../sessions.ts";

export async function GET() {
  const zones = await alta.http.get("api/v1/alarmZones").json();
  return Response.json(zones);
}
