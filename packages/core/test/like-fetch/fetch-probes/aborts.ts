import { describeBody, describeError, describeFacts, type Observed, outcome } from "../observe.ts";
import { type Probe, probe, probes, type World } from "../probe.ts";

const reason = () => new RangeError("my own reason");

/** Functions that create abort reasons, because each probe compares by identity. */
const reasons: Readonly<Record<string, () => unknown>> = {
  "without a reason": () => undefined,
  "with an Error": reason,
  "with a string": () => "my own reason",
  "with an object": () => ({ mine: true }),
  "with null": () => null,
  "with a DOMException": () => new DOMException("mine", "TimeoutError"),
};

/** Calls, waits, aborts, and describes the result. */
async function abortAt(world: World, init: object, why: unknown, until: Promise<void>): Promise<Observed> {
  const controller = new AbortController();
  const call = outcome(() => world.fetch(world.url("zones"), { ...init, signal: controller.signal }), why);
  await until;
  controller.abort(why);
  return await call;
}

// Node continues to read after an abort, so the number of parts is limited.
function parts(): (controller: ReadableStreamDefaultController) => Promise<void> {
  let count = 0;
  return async (controller) => {
    await new Promise((resolve) => setImmediate(resolve));
    if (count++ < 50) controller.enqueue(new Uint8Array(10));
    else await new Promise(() => {});
  };
}

const endless = (): ReadableStream => new ReadableStream({ pull: parts() });

async function opened(world: World, why: unknown) {
  world.answer("zones", (response) => response.write("first "));
  const controller = new AbortController();
  const response = await world.fetch(world.url("zones"), { signal: controller.signal });
  return { response, abort: () => controller.abort(why) };
}

export const abortProbes: readonly Probe[] = [
  ...probes(reasons, (world, make) => {
    const why = make();
    return world.call("zones", { signal: AbortSignal.abort(why) }, why);
  }).map((it) => ({ ...it, name: `an abort before the call, ${it.name}` })),
  ...probes(reasons, async (world, make) => {
    const why = make();
    world.answer("zones", () => {});
    const result = await abortAt(world, {}, why, world.arrived("zones"));
    await world.left("zones");
    return result;
  }).map((it) => ({ ...it, name: `an abort before the headers, ${it.name}` })),
  ...probes(reasons, async (world, make) => {
    const why = make();
    const { response, abort } = await opened(world, why);
    const reading = describeBody(response, why);
    abort();
    const body = await reading;
    await world.left("zones");
    return { body, facts: describeFacts(response), bodyUsed: response.bodyUsed };
  }).map((it) => ({ ...it, name: `an abort while the body is read, ${it.name}` })),
  {
    ...probe("an abort in the same turn as the call", (world) => abortAt(world, {}, reason(), Promise.resolve())),
    sendsMaybe: true,
  },
  probe("an abort between the headers and the body", async (world) => {
    const why = reason();
    const { response, abort } = await opened(world, why);
    abort();
    await world.left("zones");
    return { body: await describeBody(response, why), bodyUsed: response.bodyUsed };
  }),
  probe("an abort after the first part of the body", async (world) => {
    const why = reason();
    const { response, abort } = await opened(world, why);
    const reader = response.body?.getReader();
    const first = Buffer.from((await reader?.read())?.value ?? []).toString();
    abort();
    const second = await reader?.read().catch((error: unknown) => describeError(error, why));
    const closed = await reader?.closed.catch((error: unknown) => describeError(error, why));
    return { first, second: second ?? null, closed: closed ?? null };
  }),
  probe("an abort after the end", async (world) => {
    const controller = new AbortController();
    const response = await world.fetch(world.url("zones"), { signal: controller.signal });
    const body = await describeBody(response);
    controller.abort(reason());
    return { body, facts: describeFacts(response) };
  }),
  probe("an abort when a small body has arrived and is unread", async (world) => {
    const controller = new AbortController();
    const why = reason();
    const response = await world.fetch(world.url("zones"), { signal: controller.signal });
    controller.abort(why);
    return await describeBody(response, why);
  }),
  probe("an abort while a clone is read", async (world) => {
    const why = reason();
    const { response, abort } = await opened(world, why);
    const copy = response.clone();
    const reading = [describeBody(copy, why), describeBody(response, why)];
    abort();
    return await Promise.all(reading);
  }),
  probe("an abort of a response with a cookie while it is read", async (world) => {
    world.answer("zones", (response) => {
      response.writeHead(200, { "set-cookie": "a=1" });
      response.write("first ");
    });
    const controller = new AbortController();
    const why = reason();
    const response = await world.fetch(world.url("zones"), { signal: controller.signal });
    const reading = describeBody(response, why);
    controller.abort(why);
    return await reading;
  }),
  probe("an abort while a stream is uploaded", async (world) => {
    const why = reason();
    const init = { method: "POST", body: endless(), duplex: "half" };
    const result = await abortAt(world, init, why, world.started("zones"));
    await world.left("zones");
    return { result, locked: init.body.locked };
  }),
  probe("an abort while the stream of a Request is uploaded", async (world) => {
    const why = reason();
    const controller = new AbortController();
    const init = { method: "POST", body: endless(), duplex: "half", signal: controller.signal };
    const request = new Request(world.url("zones"), init as RequestInit);
    const call = outcome(() => world.fetch(request), why);
    await world.started("zones");
    controller.abort(why);
    const result = await call;
    await world.left("zones");
    return { result, bodyUsed: request.bodyUsed };
  }),
  probe("an abort cancels the stream that is uploaded, or leaves it", async (world) => {
    const why = reason();
    let cancelled: unknown = "not";
    const body = new ReadableStream({
      pull: parts(),
      cancel(given) {
        cancelled = Object.is(given, why) || describeError(given);
      },
    });
    const result = await abortAt(world, { method: "POST", body, duplex: "half" }, why, world.started("zones"));
    await world.left("zones");
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
    return { result, cancelled };
  }),
  probe("an abort before the call leaves the stream alone or cancels it", async (world) => {
    const body = endless();
    const why = reason();
    const init = { method: "POST", body, duplex: "half", signal: AbortSignal.abort(why) };
    return { result: await outcome(() => world.fetch(world.url("zones"), init), why), locked: body.locked };
  }),
  probe("a signal that is aborted, and an invalid method", (world) =>
    world.call("zones", { method: "ac me", signal: AbortSignal.abort(reason()) }),
  ),
  probe("a signal that is aborted, and an invalid URL", (world) =>
    outcome(() => world.fetch("http://", { signal: AbortSignal.abort(reason()) })),
  ),
  probe("AbortSignal.timeout() that is over", async (world) => {
    const signal = AbortSignal.timeout(1);
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    return await world.call("zones", { signal });
  }),
  probe("AbortSignal.any()", async (world) => {
    const why = reason();
    const signal = AbortSignal.any([new AbortController().signal, AbortSignal.abort(why)]);
    return await world.call("zones", { signal }, why);
  }),
  probe("a signal that aborts two calls", async (world) => {
    const why = reason();
    world.answer("zones", () => {});
    world.answer("other", () => {});
    const controller = new AbortController();
    const calls = ["zones", "other"].map((path) => world.call(path, { signal: controller.signal }, why));
    await Promise.all([world.arrived("zones"), world.arrived("other")]);
    controller.abort(why);
    return (await Promise.all(calls)).slice(0, 1);
  }),
  probe("the signal of a Request and another one in the init", async (world) => {
    const why = reason();
    const request = new Request(world.url("zones"), { signal: AbortSignal.abort("not this") });
    return await outcome(() => world.fetch(request, { signal: new AbortController().signal }), why);
  }),
  probe("the signal of a Request, and null in the init", async (world) => {
    const request = new Request(world.url("zones"), { signal: AbortSignal.abort("not this") });
    return await outcome(() => world.fetch(request, { signal: null }));
  }),
  probe("a body that is cancelled by the caller", async (world) => {
    const { response } = await opened(world, undefined);
    await response.body?.cancel("enough");
    await world.left("zones");
    return { bodyUsed: response.bodyUsed, body: await describeBody(response) };
  }),
  probe("listeners do not pile up on the signal of a call", async (world) => {
    const controller = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = controller.signal;
    Object.assign(controller.signal, {
      addEventListener(...args: Parameters<typeof addEventListener>) {
        listeners++;
        addEventListener.apply(controller.signal, args);
      },
      removeEventListener(...args: Parameters<typeof removeEventListener>) {
        listeners--;
        removeEventListener.apply(controller.signal, args);
      },
    });
    const result = await world.call("zones", { signal: controller.signal });
    return { result, few: listeners <= 2 };
  }),
];
