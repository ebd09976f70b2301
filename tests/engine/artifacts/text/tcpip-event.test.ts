// Events of Tcpip about ports in XML and text, and events that only share a number or a source with them.

import { describe, expect, test } from "@jest/globals";
import { formatFiletime } from "../../../../engine/bytes/filetime.ts";
import { decodeAs, kindsOf, linesOf } from "./decoding.ts";

const KIND = "tcpip-event";

const short = (text: string): readonly string[] =>
  (decodeAs(KIND, text).events ?? []).map(({ id, time }) => `${id} ${time === null ? "?" : formatFiletime(time)}`);

const xml = (provider: string, id: string, rest = ""): string =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${provider}'/><EventID Qualifiers='32768'>${id}</EventID><Level>3</Level><TimeCreated SystemTime='2026-11-24T09:00:00.123456700Z'/><Execution ProcessID='4231' ThreadID='4266'/></System><EventData><Data></Data><Binary>4231</Binary></EventData>${rest}</Event>`;

const AT = "2026-11-24T09:00:00.1234567Z";
const MESSAGE_4231 =
  "A request to allocate an ephemeral port number from the global TCP port space has failed due to all such ports being in use.";
const MESSAGE_4266 = MESSAGE_4231.replace("TCP", "UDP");
const MESSAGE_4227 =
  "TCP/IP failed to establish an outgoing connection because the selected local endpoint was recently used to connect to the same remote endpoint.";

describe("XML", () => {
  test.each([
    ["one event", xml("Tcpip", "4231"), [`4231 ${AT}`]],
    [
      "a list",
      `<?xml version="1.0"?><Events>${xml("Tcpip", "4231")}${xml("Tcpip", "4227")}</Events>`,
      [`4231 ${AT}`, `4227 ${AT}`],
    ],
    ["lines without a root", linesOf(xml("Tcpip", "4266"), xml("Tcpip", "4226")), [`4266 ${AT}`, `4226 ${AT}`]],
    [
      "with its message",
      xml("Tcpip", "4231", `<RenderingInfo Culture='en-US'><Message>${MESSAGE_4231}</Message></RenderingInfo>`),
      [`4231 ${AT}`],
    ],
    [
      "of other providers",
      `<Events>${xml("Other", "4231")}${xml("Tcpip", "4231")}${xml("Microsoft-Windows-TCPIP", "4227")}</Events>`,
      [`4231 ${AT}`],
    ],
    ["of other ids", xml("Tcpip", "4199") + xml("Tcpip", "4230") + xml("Tcpip", "4265"), [`4230 ${AT}`, `4265 ${AT}`]],
    [
      "as a browser shows it",
      linesOf(
        '- <Event xmlns="x">',
        "- <System>",
        '  <Provider Name="Tcpip" /> ',
        '  <EventID Qualifiers="32768">4231</EventID> ',
        '  <TimeCreated SystemTime="2026-11-24T09:00:00.123456700Z" /> ',
        "  </System>",
        "  </Event>",
      ),
      [`4231 ${AT}`],
    ],
    [
      "with a prefix",
      "<e:Event xmlns:e='x'><e:System><e:Provider Name='Tcpip'/><e:EventID>4231</e:EventID></e:System></e:Event>",
      ["4231 ?"],
    ],
    [
      "of a classic source under a new name",
      xml("Microsoft-Windows-X' EventSourceName='Tcpip", "4231"),
      [`4231 ${AT}`],
    ],
    ["with a time that has no zone", xml("Tcpip", "4231").replace("700Z", "700"), ["4231 ?"]],
    ["cut behind its head", xml("Tcpip", "4231").slice(0, 280), [`4231 ${AT}`]],
  ])("%s", (_name, text, wanted) => {
    expect(short(text)).toEqual(wanted);
  });

  test("that is cut in its head is told", () => {
    const decoded = decodeAs(KIND, xml("Tcpip", "4231") + xml("Tcpip", "4227").slice(0, 110));
    expect(decoded).toMatchObject({ rows: 1, problems: ["1 event of the XML is cut."] });
  });
});

const TEXTS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    "Event Viewer's copy, in German",
    [
      "Protokollname: System",
      "Quelle:        Tcpip",
      "Datum:         24.11.2026 09:00:00",
      "Ereignis-ID:   4231",
      "Aufgabenkategorie:Keine",
      "Beschreibung:",
      "Fehler bei einer Anforderung.",
    ],
    ["4231 ?"],
  ],
  [
    "in French, its colons apart",
    [
      "Nom du journal :System",
      "Source :       Tcpip",
      "ID de l\u2019\u00e9v\u00e9nement :4227",
      "ID de l\u2019\u00e9v\u00e9nement : 4227",
    ],
    ["4227 ?"],
  ],
  [
    "in Chinese, with wide colons",
    ["\u65e5\u5fd7\u540d\u79f0\uff1aSystem", "\u6765\u6e90\uff1aTcpip", "\u4e8b\u4ef6 ID\uff1a4266"],
    ["4266 ?"],
  ],
  [
    "wevtutil",
    [
      "Event[0]:",
      "  Log Name: System",
      "  Source: Tcpip",
      "  Date: 2026-11-24T09:00:00.1234567Z",
      "  Event ID: 4231",
      "  Task: N/A",
      "  Description: ",
      MESSAGE_4231,
      "",
      "Event[1]:",
      "  Log Name: System",
      "  Source: Tcpip",
      "  Date: 2026-11-24T09:00:00.123",
      "  Event ID: 4227",
    ],
    [`4231 ${AT}`, "4227 ?"],
  ],
  [
    "Format-List",
    [
      "TimeCreated  : 24.11.2026 09:00:00",
      "ProviderName : Tcpip",
      "Id           : 4231",
      "Message      : A request to allocate an ephemeral port number from the global TCP",
      "               port space has failed",
    ],
    ["4231 ?"],
  ],
  [
    "Format-List with all properties",
    [
      `Message      : ${MESSAGE_4266}`,
      "Id           : 4266",
      "Version      : 0",
      "RecordId     : 4231",
      "ProcessId    : 4227",
      "ProviderName : Tcpip",
    ],
    ["4266 ?"],
  ],
  [
    "Get-EventLog",
    [
      "   Index Time          EntryType   Source                 InstanceID Message",
      "    4227 Nov 24 09:00  Warning     Tcpip                  2147487879 A request to allocate an ephemeral port n...",
    ],
    ["4231 ?"],
  ],
  [
    "Get-WinEvent",
    [
      "   ProviderName: Tcpip",
      "",
      "TimeCreated                     Id LevelDisplayName Message",
      "-----------                     -- ---------------- -------",
      "24.11.2026 09:00:00           4227 Warnung          TCP/IP konnte ...",
      "11/24/2026 9:00:00 AM         4231 Warning          A request ...",
    ],
    ["4227 ?", "4231 ?"],
  ],
  [
    "Event Viewer's CSV",
    [
      "Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie",
      `Warnung,24.11.2026 09:00:00,Tcpip,4231,Keine,"${MESSAGE_4231}"`,
    ],
    ["4231 ?"],
  ],
  [
    "Event Viewer's CSV, messages in lines of their own",
    [
      "Warnung,24.11.2026 09:00:00,Tcpip,4231,Keine,",
      MESSAGE_4231,
      "Warnung,24.11.2026 09:01:00,Tcpip,4231,Keine,",
      MESSAGE_4231,
    ],
    ["4231 ?", "4231 ?"],
  ],
  ["rows with a certain time", ["2026-11-24T09:00:00.1234567Z\tTcpip\t4231\tWarning"], [`4231 ${AT}`]],
  [
    "JSON",
    [
      "[",
      "  {",
      '    "Id":  4227,',
      '    "ThreadId":  4231,',
      '    "ProviderName":  "Tcpip",',
      `    "Message":  "${MESSAGE_4227}"`,
      "  },",
      "  {",
      '    "Id":  4231,',
      '    "ProviderName":  "Tcpip"',
      "  }",
      "]",
    ],
    ["4227 ?", "4231 ?"],
  ],
  [
    "Event Viewer's friendly view",
    [
      "+ System",
      "  - Provider",
      "   [ Name]  Tcpip",
      "  - EventID 4231",
      "   [ Qualifiers]  32768",
      "  - TimeCreated",
      "   [ SystemTime]  2026-11-24T09:00:00.1234567Z",
    ],
    [`4231 ${AT}`],
  ],
  ["a message behind another event", ["Source: Tcpip", "Event ID: 4227", MESSAGE_4231], ["4227 ?", "4231 ?"]],
  [
    "messages alone",
    [MESSAGE_4231, MESSAGE_4231, MESSAGE_4266, MESSAGE_4227],
    ["4231 ?", "4231 ?", "4266 ?", "4227 ?"],
  ],
  [
    "a message behind its label",
    [`Description: ${MESSAGE_4231}`, `"message":"${MESSAGE_4266}",`],
    ["4231 ?", "4266 ?"],
  ],
  ["messages that were quoted in a mail", [`> ${MESSAGE_4231}`, `>   ${MESSAGE_4266}`], ["4231 ?", "4266 ?"]],
  [
    "messages in cells",
    [
      `"Warning","${MESSAGE_4231}","SRV1"`,
      `Warning;${MESSAGE_4266};SRV1`,
      `Warning\t${MESSAGE_4231}`,
      `24.11.2026   Warning   ${MESSAGE_4266}`,
      `| Warning | ${MESSAGE_4231} |`,
      `"${MESSAGE_4266}"`,
      `<td>${MESSAGE_4231}</td>`,
    ],
    ["4231 ?", "4266 ?", "4231 ?", "4266 ?", "4231 ?", "4266 ?", "4231 ?"],
  ],
  ["a message that was quoted before it came", [`Is it "${MESSAGE_4231}"? Yes: ${MESSAGE_4231}`], ["4231 ?"]],
  [
    "two languages, one after the other",
    [
      "Event[0]:",
      "  Source: Other",
      "  Event ID: 4231",
      "Quelle: Tcpip",
      "Ereignis-ID: 4227",
      "Nom: System",
      "Source : Tcpip",
      "ID : 4266",
    ],
    ["4227 ?", "4266 ?"],
  ],
];

describe("text", () => {
  test.each(TEXTS)("%s", (_name, lines, wanted) => {
    expect(short(linesOf(...lines))).toEqual(wanted);
  });
});

test.each([
  ["another source with the id", linesOf("Source: Other", "Event ID: 4231")],
  ["another id of the source", linesOf("Source: Tcpip", "Event ID: 4199", "Process ID: 4231")],
  [
    "another event below a table of the source",
    linesOf(
      "   ProviderName: Tcpip",
      "24.11.2026 09:00:00    4199 Error   x",
      "   ProviderName: Other",
      "24.11.2026 09:00:00    4231 Error   x",
    ),
  ],
  ["the command", "PS C:\\> Get-WinEvent -FilterHashtable @{ LogName = 'System'; ProviderName = 'Tcpip'; Id = 4231 }"],
  ["a command that was left without its prompt", "Get-EventLog System -Source Tcpip | where { $_.EventID -eq  4231 }"],
  ["prose", "Look for events of Tcpip with the number 4231 , and others"],
  [
    "a service's registry key in a list of handles",
    "svchost.exe,4231,Key,0x100,HKLM\\SYSTEM\\ControlSet001\\Services\\Tcpip\\Parameters ",
  ],
  ["another source that quotes the message", linesOf("Source: Monitor", "Event ID: 9", "Description:", MESSAGE_4231)],
  ["a sentence that quotes the message", `I searched for "${MESSAGE_4231.slice(0, -1)} ..." and found nothing.`],
  ["a sentence that quotes the message behind a colon", `I searched for: "${MESSAGE_4231}" and found nothing.`],
  ["a list of messages in a sentence", `Neither "${MESSAGE_4231}", nor "${MESSAGE_4266}", nor others came.`],
  ["a sentence that went on in the next line", linesOf("I searched for", `"${MESSAGE_4231}" and found nothing.`)],
  ["a quotation that goes on in the next line", linesOf("There is no", `"${MESSAGE_4231}`, 'In short."')],
  ["a sentence with the message in it", `If the log says ${MESSAGE_4227} the ports are short, or, ${MESSAGE_4231}`],
  ["a sentence behind another", `Nothing was found.  ${MESSAGE_4231}`],
  ["XML of others alone", `${xml("Other", "4231")} tcpip`],
  [
    "an index that is the id of another event",
    "    4231 Nov 24 09:00  Warning     Tcpip                  2147487747 Other",
  ],
])("%s is no event about ports", (_name, text) => {
  expect(kindsOf(text)).not.toContain(KIND);
});
