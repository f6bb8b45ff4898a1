import { transmission } from "../src/subjects/transmission.ts";
import { describeServer } from "./describe-server.ts";

describeServer(transmission);
