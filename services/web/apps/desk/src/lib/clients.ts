import { Code, ConnectError, createClient, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import {
  CaseService,
  DirectoryService,
  InsightService,
  IntakeService,
  RouterService,
  SopService,
} from "@wissel/api";

const UNARY_TIMEOUT_MS = 15_000;

type Listener = () => void;
const listeners = new Set<Listener>();

/** Calls `listener` whenever the server says that nobody is signed in any more. */
export function onSessionEnd(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const watchSession: Interceptor = (next) => async (request) => {
  try {
    return await next(request);
  } catch (error) {
    const signingIn = request.method === DirectoryService.method.signIn;
    if (!signingIn && ConnectError.from(error).code === Code.Unauthenticated) {
      for (const listener of listeners) listener();
    }
    throw error;
  }
};

const transport = createConnectTransport({
  baseUrl: window.location.origin,
  // A queue page as JSON costs the server more than the SQL behind it. Errors come as JSON all the same.
  useBinaryFormat: true,
  defaultTimeoutMs: UNARY_TIMEOUT_MS,
  interceptors: [watchSession],
});

/** Typed clients of the gateway, on the address that the page came from. */
export const api = {
  cases: createClient(CaseService, transport),
  directory: createClient(DirectoryService, transport),
  insight: createClient(InsightService, transport),
  intake: createClient(IntakeService, transport),
  router: createClient(RouterService, transport),
  sop: createClient(SopService, transport),
};
