/**
 * Events of the System log. Ids, meanings and what proves what: engine/model/port-events.ts; symbols: netevent.h. The texts are those
 * of Windows in English; in other languages the id is what remains.
 */
import { portEventMeaning } from "../model/port-events.ts";
import { entry, type Entry, eventNumbers, type Exhaustion, said, type Saying } from "./entry.ts";
import { RUN } from "./next.ts";
import { eventConstantPage, SOURCE } from "./sources.ts";

const PROVIDER = "Tcpip";

interface Told {
  readonly symbol: string;
  readonly sayings?: readonly Saying[];
  readonly exhaustion: Exhaustion;
  readonly when: string;
  readonly next: readonly string[];
  readonly sources: readonly string[];
}

/** `said` as Get-WinEvent's objects are handed on: provider/id. */
const tcpipEvent = (id: number, { symbol, sayings = [], sources, ...told }: Told): Entry =>
  entry(String(id), "WindowsEvent", {
    names: [symbol],
    numbers: eventNumbers(id),
    sayings: [said(`${PROVIDER}/${id}`), ...sayings],
    beside: [PROVIDER.toLowerCase()],
    meaning: `Source ${PROVIDER}: ${portEventMeaning(id)?.meaning ?? ""}`,
    ...told,
    sources: [eventConstantPage(symbol), ...sources],
  });

const WHO = "It names neither a process nor a port, and no event later is no proof that it is over.";

const TCPIP: readonly Entry[] = [
  tcpipEvent(4231, {
    symbol: "EVENT_TCPIP_TCP_GLOBAL_EPHEMERAL_PORT_SPACE_EXHAUSTED",
    sayings: [said("A request to allocate an ephemeral port number from the global TCP port space has failed")],
    exhaustion: "Yes",
    when: `At the time of the event. ${WHO}`,
    next: [RUN.test, RUN.owners, RUN.snapshot, RUN.portEventsInbox, RUN.tcpRange],
    sources: [SOURCE.portExhaustion, SOURCE.eventsStop],
  }),
  tcpipEvent(4266, {
    symbol: "EVENT_TCPIP_UDP_GLOBAL_EPHEMERAL_PORT_SPACE_EXHAUSTED",
    sayings: [
      said("A request to allocate an ephemeral port number from the global UDP port space has failed", SOURCE.udpEvent),
    ],
    exhaustion: "Yes",
    when: `At the time of the event, and for UDP: TCP has its own ports. ${WHO}`,
    next: [RUN.test, "Get-PortOwner -Protocol udp -Top 10", RUN.snapshot, RUN.portEventsInbox, RUN.udpRange],
    sources: [SOURCE.eventsStop],
  }),
  tcpipEvent(4227, {
    symbol: "EVENT_TCPIP_TCP_TIME_WAIT_COLLISION",
    sayings: [
      said(
        "failed to establish an outgoing connection because the selected local endpoint was recently used to connect to the same remote endpoint",
      ),
    ],
    exhaustion: "Maybe",
    when: "Connections to one server come and go faster than TIME_WAIT ends. Ports for that server ran out; the pool as a whole is full only if Test-PortExhaustion or event 4231 says so.",
    next: [RUN.test, RUN.timeWait, RUN.traceUntilEvent, RUN.portEventsInbox],
    sources: [SOURCE.portExhaustion],
  }),
  tcpipEvent(4226, {
    symbol: "EVENT_TCPIP_TCP_CONNECT_LIMIT_REACHED",
    exhaustion: "No",
    when: "It limits how many connections are being opened at once, not ports.",
    next: [RUN.test, RUN.timeWait],
    sources: [],
  }),
  tcpipEvent(4230, {
    symbol: "EVENT_TCPIP_TCP_CONNECTIONS_PERF_IMPACTED",
    exhaustion: "No",
    when: "No source says that it is about ports. It may stand beside 4227 or 4231: those count.",
    next: [RUN.portEvents, RUN.test],
    sources: [],
  }),
  tcpipEvent(4265, {
    symbol: "EVENT_TCPIP_UDP_LIMIT_REACHED",
    exhaustion: "No",
    when: "For UDP ports that ran out, the event is 4266.",
    next: [RUN.portEvents, RUN.test],
    sources: [],
  }),
];

const DOMAIN_WHEN =
  "Windows logs it for any reason for which no domain controller was reached, often while it starts. Ports ran out where it comes long after the start, and other outgoing connections fail too, and the pool was full at that time.";

/** Symptoms that Microsoft's page on port exhaustion shows. Other programs use these ids too, hence `beside`. */
const SYMPTOMS: readonly Entry[] = [
  entry("5719", "WindowsEvent", {
    names: [],
    numbers: [{ value: 5719, by: "event" }],
    sayings: [said("NETLOGON/5719")],
    beside: ["netlogon"],
    meaning: "Source NETLOGON: no secure connection to a domain controller came about.",
    exhaustion: "Maybe",
    when: DOMAIN_WHEN,
    next: [RUN.test, RUN.portEvents, RUN.portEventsInbox],
    sources: [SOURCE.portExhaustion, SOURCE.netlogonAtBoot],
  }),
  entry("1129", "WindowsEvent", {
    names: [],
    numbers: [{ value: 1129, by: "event" }],
    sayings: [said("Microsoft-Windows-GroupPolicy/1129")],
    beside: ["grouppolicy", "group policy"],
    meaning: "Source GroupPolicy: Group Policy could not be processed, as no domain controller was reached.",
    exhaustion: "Maybe",
    when: DOMAIN_WHEN,
    next: [RUN.test, RUN.portEvents, RUN.portEventsInbox],
    sources: [SOURCE.portExhaustion, SOURCE.netlogonAtBoot],
  }),
];

export const WINDOWS_EVENTS: readonly Entry[] = [...TCPIP, ...SYMPTOMS];
