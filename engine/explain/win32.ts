/**
 * Win32 codes and HRESULTs that show where Winsock's own code has been lost on the way up: file shares, RPC, .NET. Names: WinError.h.
 * That STATUS_TOO_MANY_ADDRESSES becomes 68 stands in the table of RtlNtStatusToDosError (here that of ReactOS).
 */
import { entry, type Entry, said, win32Numbers } from "./entry.ts";
import { RUN } from "./next.ts";
import { SOURCE } from "./sources.ts";

const TOO_MANY_NAMES = entry("68", "Win32", {
  names: ["ERROR_TOO_MANY_NAMES"],
  numbers: win32Numbers(68, "lone").filter(({ by }) => by !== "hex"),
  sayings: [said("The name limit for the local computer network adapter card was exceeded"), said("System error 68")],
  meaning:
    "By its text, NetBIOS names of a network adapter ran out. In ReactOS's table of what a status becomes it is also what becomes of STATUS_TOO_MANY_ADDRESSES (0xC0000209), the status for no free port.",
  exhaustion: "Maybe",
  when: "Ports ran out where the pool was full at that time, or event 4231 was logged.",
  next: [RUN.test, RUN.portEvents, RUN.tcpRange],
  sources: [SOURCE.systemErrors0, SOURCE.ntToWin32],
});

const RPC_UNAVAILABLE = entry("1722", "Win32", {
  names: ["RPC_S_SERVER_UNAVAILABLE"],
  numbers: win32Numbers(1722),
  beside: ["rpc", "0x6ba", "win32"],
  sayings: [said("The RPC server is unavailable")],
  meaning: "No connection to the RPC server came about.",
  exhaustion: "Maybe",
  when: "Any failed connect ends in it: a server that is down, a firewall, a wrong name, and also no free port here. Ports ran out where other outgoing connections of this machine fail too and the pool is full.",
  next: [RUN.test, RUN.portEvents, RUN.tcpRange],
  sources: [SOURCE.systemErrors1700, SOURCE.rpcErrors, SOURCE.portExhaustion],
});

const RPC_NO_ENDPOINT = entry("1753", "Win32", {
  names: ["EPT_S_NOT_REGISTERED"],
  numbers: win32Numbers(1753),
  beside: ["rpc", "0x6d9", "win32"],
  sayings: [said("There are no more endpoints available from the endpoint mapper")],
  meaning:
    "The endpoint mapper of the server knows no port for the interface that was asked for. It does not say that ports ran out.",
  exhaustion: "Maybe",
  when: "Mostly the service is not running on the server. RPC services listen on ports of the dynamic range: look at the server (not here) whether its pool was full when the service started.",
  next: ["Test-PortExhaustion -ComputerName SERVER | Format-List  # the server that was called", RUN.test],
  sources: [SOURCE.systemErrors1700, SOURCE.rpcErrors],
});

const UNSPECIFIED = entry("0x80004005", "HRESULT", {
  names: ["E_FAIL"],
  numbers: [{ value: 0x80004005, by: "bits" }],
  isVague: true,
  meaning: "Unspecified failure. .NET Framework prints it for every SocketException, whatever its code.",
  exhaustion: "Maybe",
  when: "It tells nothing. The code is in the properties NativeErrorCode and SocketErrorCode of the exception, and its message has the text of that code.",
  next: [RUN.innerExceptions, RUN.test],
  sources: [SOURCE.externalException, SOURCE.chineseNoBuffers],
});

export const WIN32: readonly Entry[] = [TOO_MANY_NAMES, RPC_UNAVAILABLE, RPC_NO_ENDPOINT, UNSPECIFIED];
