/**
 * What runtimes and browsers make of Winsock's codes. Node.js is the one that turns the status itself into a code, and makes "address
 * in use" of the status for no free port (libuv, src/win/winsock.c); Chromium, Java and Go keep Winsock's difference.
 */
import { entry, type Entry, said } from "./entry.ts";
import { RUN } from "./next.ts";
import { SOURCE } from "./sources.ts";

const CHROMIUM: readonly Entry[] = [
  entry("ERR_NO_BUFFER_SPACE", "Program", {
    names: ["ERR_NO_BUFFER_SPACE"],
    sayings: [said("net_error -176"), said("net error -176")],
    meaning: "Chromium, Edge and Electron for Winsock 10055.",
    exhaustion: "Maybe",
    when: "As 10055: ports ran out where the pool was full at that time or event 4231 was logged. That other programs cannot connect either speaks for it.",
    next: [RUN.test, RUN.owners, RUN.portEvents],
    sources: [SOURCE.chromiumMap, SOURCE.chromiumList],
  }),
  entry("ERR_ADDRESS_IN_USE", "Program", {
    names: ["ERR_ADDRESS_IN_USE"],
    sayings: [said("net_error -147"), said("net error -147")],
    meaning: "Chromium, Edge and Electron for Winsock 10048.",
    exhaustion: "Maybe",
    when: "A server inside the program (DevTools, for example) found its port taken: not exhaustion. From a page that does not load, as 10048 at connect: ports for that server ran out.",
    next: [RUN.test, RUN.timeWait, RUN.listeners],
    sources: [SOURCE.chromiumMap, SOURCE.chromiumList],
  }),
];

const NODE: readonly Entry[] = [
  entry("connect EADDRINUSE", "Program", {
    sayings: [said("connect EADDRINUSE")],
    meaning: "Node.js found no local port for a connection, or the pair of endpoints is in use.",
    exhaustion: "Maybe",
    when: "A connect that names no local port of its own can end in it where no port is free: libuv makes EADDRINUSE of 0xC0000209 and of 0xC000020A alike. A full pool or event 4231 tells that it was the first.",
    next: [RUN.test, RUN.owners, RUN.portEvents, RUN.trace],
    sources: [SOURCE.nodeStatus, SOURCE.nodeInUse, SOURCE.nodeProtractor],
  }),
  entry("listen EADDRINUSE", "Program", {
    sayings: [said("listen EADDRINUSE")],
    meaning: "Another program listens on the port that Node.js wanted to listen on.",
    exhaustion: "No",
    when: "It asked for that port and no other.",
    next: [RUN.listeners],
    sources: [SOURCE.nodeStatus],
  }),
  entry("EADDRINUSE", "Program", {
    names: ["EADDRINUSE"],
    numbers: [{ value: -4091, by: "error" }],
    sayings: [said("Address already in use")],
    meaning: "An address and port were wanted that are in use. Node.js also says it where no port is free.",
    exhaustion: "Maybe",
    when: "From a listen or a bind with a port: another program has that port. From a connect: no port was free, or the pair of endpoints is in use or in TIME_WAIT.",
    next: [RUN.test, RUN.portEvents, RUN.timeWait, RUN.listeners],
    sources: [SOURCE.nodeStatus, SOURCE.nodeInUse, SOURCE.nodeNumbers],
  }),
  entry("ENOBUFS", "Program", {
    names: ["ENOBUFS"],
    numbers: [{ value: -4060, by: "error" }],
    sayings: [said("No buffer space available")],
    meaning: "The name that portable programs have for Winsock 10055.",
    exhaustion: "Maybe",
    when: "As 10055: ports ran out where it came from a bind or a connect and the pool was full at that time, or event 4231 or 4266 was logged; else it is about memory or a queue.",
    next: [RUN.test, RUN.owners, RUN.portEvents, RUN.nonpagedPool],
    sources: [SOURCE.nodeNumbers, SOURCE.nodeStatus, SOURCE.icmpNoBuffers],
  }),
  entry("EADDRNOTAVAIL", "Program", {
    names: ["EADDRNOTAVAIL"],
    numbers: [{ value: -4090, by: "error" }],
    meaning:
      "On Windows: the address is none of this machine's (Winsock 10049). On Linux: also that no local port was free for a connect.",
    exhaustion: "Maybe",
    when: "Only where the program runs on Linux (WSL 2, a Linux container, another machine), and the call was a connect: then the ports there ran out, which this module cannot see.",
    next: [RUN.test, "ipconfig /all"],
    sources: [SOURCE.nodeNumbers, SOURCE.linuxConnect],
  }),
];

const JAVA: readonly Entry[] = [
  entry("SocketException: No buffer space available", "Program", {
    sayings: [said("No buffer space available (maximum connections reached?)")],
    meaning: "Java for Winsock 10055. The question in brackets is a guess of Java's.",
    exhaustion: "Maybe",
    when: 'As 10055: with ": connect" or ": bind" behind it a port was wanted, also by UDP sockets and by selectors, which connect to themselves. A full pool or event 4231 or 4266 tells.',
    next: [RUN.test, RUN.owners, RUN.portEvents],
    sources: [SOURCE.javaTexts, SOURCE.javaUdp, SOURCE.javaSelector],
  }),
  entry("BindException: Address already in use: connect", "Program", {
    sayings: [said("Address already in use: connect"), said("Address already in use: no further information")],
    meaning: "A connect of Java ended in Winsock 10048, although it asked for no port of its own.",
    exhaustion: "Maybe",
    when: "No port was free, or the pair of local and remote endpoint was in TIME_WAIT: many short connections to one server. A full pool or event 4231 tells that it was the first.",
    next: [RUN.test, RUN.owners, RUN.timeWait, RUN.portEvents],
    sources: [SOURCE.javaConnect, SOURCE.javaTests, SOURCE.javaNio],
  }),
];

const GO: readonly Entry[] = [
  entry("connectex: 10048", "Program", {
    sayings: [
      said("connectex: Only one usage of each socket address (protocol/network address/port) is normally permitted"),
    ],
    meaning: "A connect of a Go program ended in Winsock 10048, although it asked for no port of its own.",
    exhaustion: "Maybe",
    when: "Many short connections to one server, whose pairs of endpoints are in TIME_WAIT: ports for that server ran out, while the pool may be far from full.",
    next: [RUN.test, RUN.owners, RUN.timeWait],
    sources: [SOURCE.goConnect, SOURCE.goStress],
  }),
];

export const PROGRAMS: readonly Entry[] = [...CHROMIUM, ...NODE, ...JAVA, ...GO];
