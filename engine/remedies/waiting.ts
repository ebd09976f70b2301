/** Cases by themselves: sockets that the peer has to close, and the socket pool of Windows' DNS server. */
import { DNS_POOL } from "../findings/by-design.ts";
import { number } from "../verdict/phrases.ts";
import { meansOf } from "./processes.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";

export const waitForPeer: RemedyRule = {
  id: "wait-for-peer",
  title: "Have the peer close its side",
  phase: "Lasting",
  risk: "None",
  reboot: false,
  reversible: true,
  willNotFix: [
    "A local leak: these connections were closed here.",
    "A restart of the local program: it has closed them.",
  ],
  sources: [SOURCES.tcpSpecification],
  tell: (finding, seen) =>
    finding.id !== "closing-connections" && meansOf(finding, seen).kind !== "peer"
      ? null
      : {
          reason: finding.summary,
          commands: [],
          advice: [
            "FIN_WAIT_1 and FIN_WAIT_2: this machine has closed and waits for the peer. Look at the peer: there the same connections are in CLOSE_WAIT, and its program does not close them.",
            "LAST_ACK and CLOSING: the last answer of the peer is missing. Look for loss on the way, and for firewalls that drop closing connections.",
            "Where the program can choose: have the side that was called close first, so that the wait is at the peer.",
          ],
          consequence: "Nothing changes on this machine.",
          undo: [],
          checkFirst: ["Get-PortOwner, twice some minutes apart: whether the same ports are still closing."],
        },
};

export const dnsSocketPool: RemedyRule = {
  id: "dns-socket-pool",
  title: "Look at the socket pool of the DNS server",
  phase: "Investigate",
  risk: "None",
  reboot: false,
  reversible: true,
  willNotFix: ["A leak of another program.", "UDP ports that DNS clients take: only the server has this pool."],
  sources: [SOURCES.socketPool, SOURCES.socketPoolPorts, SOURCES.socketPoolSize],
  tell: ({ processName, summary }) => {
    if (processName?.toLowerCase() !== "dns.exe") return null;
    const set = `dnscmd.exe /config /socketpoolsize ${DNS_POOL.usual}`;
    return {
      reason: summary,
      commands: ["dnscmd.exe /info /socketpoolsize"],
      advice: [
        `The DNS server holds ${number(DNS_POOL.usual)} UDP ports of each family by design, from its start on. Fewer make forged answers easier, and Microsoft's analyzer of best practices warns of fewer: leave them.`,
        `If the size is more: ${set}, then Restart-Service -Name 'DNS'. It is 0 to ${number(DNS_POOL.largest)}.`,
        "If another program needs one of these ports by number: exclude the port, or name it in the exclusion list of the pool.",
      ],
      consequence: "Reads only. With another size, the DNS server does not answer while it restarts.",
      undo: [],
      checkFirst: [],
    };
  },
};
