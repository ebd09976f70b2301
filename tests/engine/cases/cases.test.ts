// Whole cases through the whole engine: what an experienced engineer would say to each, in a line. Situations are those that people
// reported (project#issue, or a number of Microsoft's knowledge base) or that the domain reference tells of (domain N). "-" is
// nobody, or nothing. The stories are in tests/builders/cases.

import { describe, expect, test } from "@jest/globals";
import type { Finding } from "../../../engine/generated/records.ts";
import { FINDING_OF_PATTERN } from "../../../engine/remedies/diagnose.ts";
import { cases } from "../../builders/cases.ts";
import type { Given } from "../../builders/cases/given.ts";
import { answerTo } from "./answer.ts";
import { faultsOf, interrupted } from "./safety.ts";
import { type Row, rowsOf } from "./table.ts";

const SNAPSHOTS = `
docker backend, 15,335 ports bound                       | Critical  | BoundLeak             | com.docker.backend.exe | bound-leak             | restart-process      | docker/for-win#15032
widened range, 10,590 bound                              | Healthy   | None                  | -                      | bound-leak             | restart-process      | microsoft/WSL#3951
docker backend, 2,029 ports bound                        | Healthy   | None                  | -                      | bound-leak             | restart-process      | docker/for-win#14859
tailscaled gone, a child holds its sockets               | Exhausted | BoundLeak             | cmd.exe                | bound-leak             | end-holder           | tailscale/tailscale#20721
the same, its PID is a notepad's now                     | Exhausted | BoundLeak             | cmd.exe                | bound-leak             | end-holder           | microsoft/WSL#652
the same, holder out of sight                            | Exhausted | BoundLeak             | PID 5868               | bound-leak             | find-holder          | tailscale/tailscale#20721
its PID a notepad's, holder out of sight                 | Exhausted | BoundLeak             | -                      | bound-leak             | find-holder          | domain 3.4
tailscaled gone, two children hold them                  | Exhausted | BoundLeak             | -                      | bound-leak             | find-holder          | claude-mem#3482
svchost with three services, bound                       | Critical  | BoundLeak             | svchost.exe            | bound-leak             | isolate-service      | tailscale/tailscale#6081
print spooler, seen without rights                       | Critical  | BoundLeak             | spoolsv.exe            | bound-leak             | restart-service      | domain 3.7
service with a quote in its name                         | Elevated  | BoundLeak             | agent.exe              | bound-leak             | restart-service      | domain 3.11
node leaks in CLOSE_WAIT                                 | Elevated  | CloseWaitLeak         | node.exe               | close-wait-leak        | restart-process      | nodejs/node#5026
tomcat leaks in CLOSE_WAIT                               | Critical  | CloseWaitLeak         | tomcat9.exe            | close-wait-leak        | restart-service      | docker/for-win#10981
client keeps 9,000 to one server                         | Elevated  | ConnectionBuildUp     | Contoso.Api.exe        | connection-build-up    | restart-process      | domain 3.3
loopback, 13,870 connections                             | Critical  | ConnectionBuildUp     | BrowserOS.exe          | connection-build-up    | restart-process      | browseros-ai/BrowserOS#2591
proxy with 12,000 to 300 servers                         | Elevated  | ConnectionBuildUp     | squid.exe              | connection-build-up    | widen-range          | dotnet/runtime#48219
proxy with 5,000 to 250 servers                          | Healthy   | None                  | -                      | connection-build-up    | watch-it             | domain 3.10
two docker backends, 15,335 bound by both                | Critical  | Mixed                 | -                      | bound-leak             | restart-process      | docker/for-win#15032
antivirus that nobody may open, 14,000 bound             | Critical  | BoundLeak             | MsMpEng.exe            | bound-leak             | restart-machine      | domain 3.9
lsass of a domain controller, 9,000 bound                | Elevated  | BoundLeak             | lsass.exe              | bound-leak             | restart-machine      | domain 3.10
leak after an event 4231 of the morning                  | Elevated  | BoundLeak             | node.exe               | bound-leak             | restart-process      | domain 3.5
two that keep 7,000 each                                 | Critical  | Mixed                 | -                      | connection-build-up    | restart-process      | domain 3.10
retry storm to a dead peer                               | Critical  | ConnectionBuildUp     | agent.exe              | retry-storm            | check-peers          | domain 3.3
peers that do not close, 13,500                          | Critical  | ConnectionBuildUp     | poller.exe             | closing-connections    | wait-for-peer        | domain 3.3
kernel, 14,000 connections to SMB                        | Critical  | ConnectionBuildUp     | System                 | kernel-owner           | ask-kernel           | domain 3.4
kernel, 14,000 bound                                     | Critical  | BoundLeak             | System                 | kernel-owner           | ask-kernel           | domain 3.4
sailor, 15,683 UDP ports and event 4266                  | Exhausted | UdpLeak               | com.docker.sailor.exe  | udp-leak               | restart-process      | docker/desktop-feedback#633
WmiPrvSE leaks UDP                                       | Critical  | UdpLeak               | WmiPrvSE.exe           | udp-leak               | restart-process      | dimitri.janczak.net 2017
tunnel service leaks UDP                                 | Elevated  | UdpLeak               | firezone-tunnel.exe    | udp-leak               | restart-service      | firezone/firezone#6454
DNS server with its 2,500 UDP ports                      | Healthy   | None                  | -                      | known-by-design        | dns-socket-pool      | KB956188
DNS server beside a UDP leak                             | Elevated  | UdpLeak               | voip.exe               | udp-leak               | restart-process      | KB956188
30,000 AFD handles without a port                        | Healthy   | HandleLeak            | fluent-bit.exe         | afd-handle-leak        | restart-service      | fluent/fluent-bit#6748
12,000 handles of an event loop                          | Healthy   | None                  | -                      | known-by-design        | -                    | domain 3.9
web server with 10,000 clients                           | Healthy   | None                  | -                      | -                      | -                    | domain 3.2
server that leaks what it accepted, 12,000 in CLOSE_WAIT | Healthy   | None                  | -                      | -                      | -                    | domain 3.2
leak that is over                                        | Healthy   | None                  | -                      | -                      | -                    | domain 3.3
healthy desktop                                          | Healthy   | None                  | -                      | -                      | -                    | domain 3.10
an exclusion that every Windows has                      | Healthy   | None                  | -                      | -                      | -                    | domain 3.1
server that closes first, 10,000 in TIME_WAIT            | Healthy   | None                  | -                      | -                      | -                    | domain 3.2
domain controller with 60 RPC listeners                  | Healthy   | None                  | -                      | -                      | -                    | domain 3.3
healthy busy server                                      | Healthy   | None                  | -                      | -                      | -                    | domain 3.10
own address, 16,340 in TIME_WAIT                         | Exhausted | TimeWaitChurn         | -                      | time-wait-churn        | reuse-connections    | tailscale/tailscale#20039
socket pairs over loopback, 10,000 in TIME_WAIT          | Elevated  | TimeWaitChurn         | -                      | time-wait-churn        | reuse-connections    | fluent/fluent-bit#11790
60 servers, 12,000 in TIME_WAIT                          | Elevated  | TimeWaitChurn         | yarp.exe               | time-wait-churn        | reuse-connections    | dotnet/runtime#47531
two clients of one server, 14,000 in TIME_WAIT           | Critical  | TimeWaitChurn         | -                      | time-wait-churn        | reuse-connections    | dotnet/runtime#45544
one server used up, half of the pool free                | Healthy   | DestinationSaturation | -                      | destination-saturation | reuse-connections    | dotnet/runtime#109141
event 4227, and nothing else                             | Healthy   | None                  | -                      | -                      | -                    | aspnet/KestrelHttpServer#2558
WinNAT blocks, 200 of 300 ports used                     | Elevated  | Reservation           | -                      | excluded-ranges        | restart-winnat       | docker/for-win#3171
WinNAT blocks, 295 of 300 ports used                     | Exhausted | Reservation           | -                      | excluded-ranges        | restart-winnat       | docker/for-win#3171
administered exclusion of 15,000                         | Elevated  | Reservation           | -                      | excluded-ranges        | remove-exclusion     | domain 3.1
administered exclusion of all UDP ports                  | Exhausted | Reservation           | -                      | excluded-ranges        | remove-exclusion     | domain 3.1
no 4,096 ports in one piece for WSL                      | Healthy   | None                  | -                      | fragmented-pool        | widen-range          | microsoft/WSL#12351
no 64 ports in one piece for HNS                         | Healthy   | Fragmentation         | -                      | fragmented-pool        | widen-range          | microsoft/SDN
range of Exchange 2007                                   | Elevated  | Mixed                 | -                      | odd-range              | restore-range        | KB929851
range of 255 ports                                       | Elevated  | Mixed                 | -                      | odd-range              | restore-range        | domain 3.1
IPv6 with a range of its own                             | Healthy   | None                  | -                      | odd-range              | restore-range        | domain 3.1
IPv6 range of 1,000, 900 bound                           | Critical  | BoundLeak             | six.exe                | bound-leak             | restart-process      | domain 3.1
services listen where a small range lies                 | Elevated  | ListenerOverlap       | -                      | listeners-in-range     | restore-range        | domain 3.1
recorder listens on 8,400 ports of the range             | Elevated  | ListenerOverlap       | recorder.exe           | listeners-in-range     | move-listeners       | domain 3.3
auto-reuse over the whole range                          | Healthy   | None                  | -                      | auto-reuse-misplaced   | fix-auto-reuse       | domain 3.2
auto-reuse beside the range                              | Healthy   | None                  | -                      | -                      | -                    | domain 3.2
MaxUserPort is set                                       | Healthy   | None                  | -                      | max-user-port          | remove-max-user-port | dotnet/runtime#109141
TcpTimedWaitDelay of 5 seconds                           | Healthy   | None                  | -                      | time-wait-delay        | reset-time-wait      | dotnet/runtime#109141
10055 with nearly all ports free                         | Unknown   | None                  | -                      | not-exhaustion         | check-memory         | fujiapple852/trippy#870
event 4231 of two hours ago, free again                  | Elevated  | None                  | -                      | pool-exhausted         | collect-evidence     | domain 3.5
event 4231 of half an hour ago, not asked again          | Exhausted | None                  | -                      | pool-exhausted         | collect-evidence     | microsoft/WSL#3311
event 4231 of the day before yesterday                   | Healthy   | None                  | -                      | -                      | -                    | domain 3.5
10055, and nothing could be read                         | Exhausted | None                  | -                      | pool-exhausted         | find-holder          | microsoft/WSL#2913
host of containers                                       | Healthy   | None                  | -                      | hidden-compartments    | look-into-containers | domain 3.2
Windows 7, 14,000 bound                                  | Critical  | BoundLeak             | node.exe               | bound-leak             | restart-process      | KB929851
Windows 7 without rights and without a probe             | Unknown   | None                  | -                      | -                      | -                    | windows-powershell-docs#1788
`;

const TEXTS = `
netstat -anoq in German, 15,000 bound                     | Critical | BoundLeak | PID 6400 | bound-leak     | find-holder       | clash-verge#297
netstat -ano, where bound ports do not show               | Unknown  | None      | -        | -              | -                 | microsoft/WSL#3951
netstat -ano as published, TIME_WAIT of the server's side | Unknown  | None      | -        | loopback-pairs | reuse-connections | tailscale/tailscale#20039
a few lines of netstat                                    | Unknown  | None      | -        | -              | -                 | domain 3.10
`;

const TRACES = `
recording of a bound leak              | yes     | BoundLeak             | svc.exe        | bound-leak             | restart-process   | the article of 2014
recording of a leaker that ends        | yes     | BoundLeak             | svc.exe        | bound-leak             | find-holder       | domain 3.4
recording of a PID that two had        | yes     | BoundLeak             | beta.exe       | bound-leak             | restart-process   | domain 3.4
recording of TCPIP alone               | yes     | BoundLeak             | svc.exe        | bound-leak             | restart-process   | domain 3.7
recording of a leak in CLOSE_WAIT      | yes     | CloseWaitLeak         | agent.exe      | close-wait-leak        | restart-process   | nodejs/node#5026
recording of connections that are kept | yes     | ConnectionBuildUp     | gateway.exe    | connection-build-up    | restart-process   | domain 3.3
recording of a UDP leak                | yes     | UdpLeak               | resolver.exe   | udp-leak               | restart-process   | firezone/firezone#6454
recording of churn                     | yes     | TimeWaitChurn         | poller.exe     | time-wait-churn        | reuse-connections | dotnet/runtime#45544
recording of three that share          | yes     | Mixed                 | -              | bound-leak             | restart-process   | domain 3.10
recording of victims only              | yes     | None                  | -              | pool-exhausted         | find-holder       | MonetDB#598
recording of victims only, UDP         | yes     | None                  | -              | pool-exhausted         | find-holder       | docker/desktop-feedback#633
recording of a block that was reserved | yes     | Reservation           | wslservice.exe | excluded-ranges        | restart-winnat    | microsoft/WSL#40169
recording of one server used up        | no      | DestinationSaturation | -              | destination-saturation | reuse-connections | dotnet/runtime#109141
recording of want of memory            | no      | None                  | -              | not-exhaustion         | check-memory      | nanomsg/nanomsg#1063
recording of a server that refuses     | no      | None                  | -              | -                      | -                 | domain 3.6
recording of an ordinary day           | no      | None                  | -              | -                      | -                 | domain 4
recording of packets only              | unknown | None                  | -              | -                      | -                 | CSS_SQL_Networking_Tools#53
recording, the leak was before it      | yes     | BoundLeak             | leak.exe       | bound-leak             | restart-process   | the article of 2014
`;

const rows = [SNAPSHOTS, TEXTS, TRACES].flatMap(rowsOf);

const givenFor = ({ name }: Row): Given => {
  const tell = cases[name];
  if (tell === undefined) throw new RangeError(`nobody tells the case "${name}"`);
  return tell();
};

/** They name somebody. */
const INTERRUPTING: readonly (string | null)[] = ["restart-process", "end-holder", "restart-service"];

const nameOf = ({ processName, processId }: Finding): string => processName ?? `PID ${processId}`;

describe.each(rows)("$name", (row) => {
  const given = givenFor(row);
  const { level, pattern, culprit, findings, remedies } = answerTo(given);
  const [first] = remedies;

  test("is judged as an engineer would", () => {
    expect({ level, pattern, culprit }).toEqual({ level: row.level, pattern: row.pattern, culprit: row.culprit });
  });

  test("has the finding that matters, of the culprit", () => {
    const ids = findings.map(({ id }) => id);
    if (row.finding === null) expect(ids).toEqual([]);
    else expect(ids).toContain(row.finding);
    const answered = findings.filter(({ id }) => first?.findings.includes(id));
    if (row.culprit !== null) expect(answered.map(nameOf)).toContain(row.culprit);
  });

  test("has the right remedy first, and for that finding", () => {
    expect(first?.id ?? null).toBe(row.remedy);
    if (first !== undefined) expect(first.findings).toContain(row.finding);
    expect(remedies.map(({ order }) => order)).toEqual(remedies.map((_, index) => index + 1));
  });

  test("proposes no other range where the default one is to be restored", () => {
    const ids = remedies.map(({ id }) => id);
    const others = ids.filter((id) => id === "widen-range" || id === "auto-reuse-range");
    if (ids.includes("restore-range")) expect(others).toEqual([]);
  });

  test("has no command against nobody, the kernel, the dead, the innocent, or who took the PID of a dead one", () => {
    expect(faultsOf(remedies, given)).toEqual([]);
    if (INTERRUPTING.includes(row.remedy)) expect(interrupted(remedies.slice(0, 1), given)).toHaveLength(1);
  });
});

describe("the table", () => {
  test("has a line for every case that is told, and no second one", () => {
    expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(cases).toSorted());
  });

  test("has at least one case of every pattern that a finding answers", () => {
    const patterns = new Set(rows.map(({ pattern }) => pattern));
    expect(Object.keys(FINDING_OF_PATTERN).filter((pattern) => !patterns.has(pattern))).toEqual([]);
  });
});
