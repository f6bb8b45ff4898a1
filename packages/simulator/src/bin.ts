#!/usr/bin/env node
import { run } from "./node/command.ts";

process.exitCode = await run(process.argv.slice(2));
