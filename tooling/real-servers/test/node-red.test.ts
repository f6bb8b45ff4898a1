import { nodeRed } from "../src/subjects/node-red.ts";
import { describeServer } from "./describe-server.ts";

describeServer(nodeRed);
