/**
 * What programs have to do so that they do not use ports up, by the runtime that they are made with. A process's image name tells the
 * runtime of few: for all others each is told. Sources are those of the remedies that say it.
 */

type Runtime = "net" | "node" | "java" | "go";

/** Image names without .exe. Go and native programs have names of their own. */
const RUNTIME_OF: Readonly<Record<string, Runtime>> = {
  dotnet: "net",
  w3wp: "net",
  iisexpress: "net",
  powershell: "net",
  pwsh: "net",
  node: "node",
  java: "java",
  javaw: "java",
};

type Advice = Readonly<Record<Runtime, string>>;

const CLOSE: Advice = {
  net: ".NET: dispose of every Socket, TcpClient, UdpClient and HttpResponseMessage (using), also where an exception is thrown; keep HttpClient itself for the life of the program.",
  node: "Node.js: call socket.destroy() on error and timeout, and read each response to its end or call response.destroy().",
  java: "Java: open sockets, channels and streams in try-with-resources, and close the InputStream of each HttpURLConnection.",
  go: "Go: `defer resp.Body.Close()` right after the check of the error, and `defer conn.Close()`; set deadlines, so that a read cannot wait for ever.",
};

const REUSE: Advice = {
  net: ".NET: one HttpClient for the life of the program with SocketsHttpHandler.PooledConnectionLifetime, or clients of IHttpClientFactory; not a new HttpClient for each request.",
  node: "Node.js: one http.Agent with keepAlive: true for all requests; http.globalAgent has it from version 19 on, an agent of one's own does not.",
  java: "Java: one HttpClient for all requests, or with HttpURLConnection: read each response to its end, do not call disconnect(), and raise -Dhttp.maxConnections (default 5 idle connections to a destination).",
  go: "Go: one http.Client for all requests, read each body to its end and close it, and raise Transport.MaxIdleConnsPerHost (default 2).",
};

const OTHERS = "Native code:";

const forRuntime = (advice: Advice, native: string, processName: string | null): readonly string[] => {
  const runtime = RUNTIME_OF[processName?.toLowerCase().replace(/\.exe$/, "") ?? ""];
  return runtime === undefined ? [...Object.values(advice), `${OTHERS} ${native}`] : [advice[runtime]];
};

export const closeAdvice = (processName: string | null): readonly string[] =>
  forRuntime(
    CLOSE,
    "closesocket() on every path, above all after a connect that failed, and with the last handle where it was duplicated.",
    processName,
  );

export const reuseAdvice = (processName: string | null): readonly string[] =>
  forRuntime(REUSE, "keep connections and use them again, instead of one for each request.", processName);
