import { isVmsError } from "../../errors/is-vms-error.ts";
import { isNetworkError } from "../../net/network-error.ts";
import { programFault } from "../../net/program-fault.ts";
import { readBytes } from "../../net/read-body.ts";
import type { Engine } from "../../state/engine.ts";
import type { LiveSession } from "../../state/live-session.ts";
import { type PreparedCredential, secretsOf } from "../../state/prepared-credential.ts";
import { type ApiCall, methodOf, transmit } from "../api-call.ts";
import { isStream, keepBody } from "../body-copy.ts";
import { withCredential } from "../request-headers.ts";
import { requestToSign, sendSigned } from "./sign-request.ts";

export function transmitSigned<Data, User>(
  engine: Engine<Data, User>,
  call: ApiCall,
  live: LiveSession<Data, User>,
  url: string,
): Promise<Response> {
  const { request, body } = call;
  const isReadable = body == null && request !== undefined && request.body !== null && !request.bodyUsed;
  return isReadable ? readAndSend(engine, call, live, url, request) : send(engine, call, live, url);
}

// ky and generated clients put even a string into a `Request`, but the signature needs the body.
async function readAndSend<Data, User>(
  engine: Engine<Data, User>,
  call: ApiCall,
  live: LiveSession<Data, User>,
  url: string,
  request: Request,
): Promise<Response> {
  const branch = request.clone().body;
  if (branch !== null) call.body = await readBytes(branch.getReader(), engine.settings.replayLimit);
  return send(engine, call, live, url);
}

function send<Data, User>(
  { flow, settings, clock }: Engine<Data, User>,
  call: ApiCall,
  { record, credential }: LiveSession<Data, User>,
  url: string,
): Promise<Response> {
  const request = requestToSign(methodOf(call), url, isStream(call.body) ? undefined : call.body);
  const transmitWith = async (signed: PreparedCredential) => {
    try {
      return await transmit(call, url, withCredential(call.headers, signed), settings);
    } catch (error) {
      throw isVmsError(error) || isNetworkError(error) ? error : programFault(error, secretsOf(signed));
    }
  };
  return sendSigned({ flow, record, credential }, request, transmitWith, () => keepBody(call, clock));
}
