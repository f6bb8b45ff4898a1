/** An administrator in the response to `GET admins`. */
export interface Admin {
  readonly id: number;
  readonly name: string;
  readonly login: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly expired_at: string | null;
  readonly is_licence_limit_reached: boolean;
  readonly ptz_priority: number;
  readonly access_token_id: number | null;
}

/** Made-up administrators, the accounts first. */
export function adminsFor(logins: readonly string[]): Admin[] {
  const known = logins.map((login, index) => admin(index + 1, `Administrator ${index + 1}`, login));
  const others = ["Night watch", "Site planner", "Archive keeper"].map((name, index) =>
    admin(101 + index, name, `${name.toLowerCase().replace(" ", ".")}@aipix.example`),
  );
  return [...known, ...others];
}

function admin(id: number, name: string, login: string): Admin {
  return {
    id,
    name,
    login,
    created_at: "2024-02-05 08:15:00",
    updated_at: "2024-11-19 17:42:31",
    expired_at: null,
    is_licence_limit_reached: false,
    ptz_priority: 5,
    access_token_id: null,
  };
}

/** The complete user, as in the responses to a login and for one administrator. */
export function userOf({ access_token_id, ptz_priority, ...admin }: Admin): object {
  return {
    ...admin,
    permissions: [
      { id: 11, name: "cameras-index", display_name: "See the cameras", group: "Cameras" },
      { id: 12, name: "cameras-update", display_name: "Change a camera", group: "Cameras" },
      { id: 31, name: "admins-index", display_name: "See the administrators", group: "Administrators" },
    ],
    ptz_priority,
    admin_camera_groups: [
      {
        id: 4,
        name: "North yard",
        full_pretty: null,
        is_house: 0,
        cameras_count: 12,
        parent_id: null,
        csa_id: null,
        intercoms_count: 3,
      },
    ],
    dhcp_subnet_groups: [],
    access_token_id,
  };
}
