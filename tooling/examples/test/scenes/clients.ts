import type { Program } from "../../src/programs.ts";
import type { Scene } from "./scene.ts";

/** The simulated FindFace has neither GraphQL nor videos, so its answers to these programs are scripted. */
export function clients({ file }: Program): Scene {
  return {
    during(_, { findface }) {
      if (file === "with-streams.ts") findface.script({ when: ({ path }) => path === "/videos/", status: 201 });
      if (file !== "with-apollo.ts") return;
      const when = ({ path }: { path: string }) => path === "/graphql";
      const headers = { "content-type": "application/json" };
      findface.script({ when, headers, body: '{"data":{"cameras":[{"id":1,"name":"North"}]}}' });
      findface.script({ when, headers, body: '{"data":{"rename":{"name":"North door"}}}' });
      findface.script({ when, headers, status: 500, body: "{}" });
    },
  };
}
