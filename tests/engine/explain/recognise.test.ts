// Which errors are recognised in texts as people have them: a code alone, a message, a line of a log, in any language.

import { describe, expect, test } from "@jest/globals";
import { explain } from "../../../engine/explain/explain.ts";

const codesOf = (text: string): readonly string[] => explain([text]).map(({ code }) => code);

type Row = readonly [text: string, ...codes: string[]];

const ALONE: readonly Row[] = [
  ["10055", "10055"],
  [" 10055\r\n", "10055"],
  ["10048", "10048"],
  ["4231", "4231"],
  ["4266", "4266"],
  ["4227", "4227"],
  ["4226", "4226"],
  ["4230", "4230"],
  ["4265", "4265"],
  ["68", "68"],
  ["1722", "1722"],
  ["1753", "1753"],
  ["5719", "5719"],
  ["1129", "1129"],
  ["-4091", "EADDRINUSE"],
  ["10055 4231", "4231", "10055"],
  ["10055/10048", "10055", "10048"],
  ["10048 or 10055?", "10048", "10055"],
  ["'10055'", "10055"],
  ["10055.", "10055"],
  ["« 10055 »", "10055"],
  ["１００５５", "10055"],
  ["10055, 10048; 10013", "10055", "10048", "10013"],
];

const BASES: readonly Row[] = [
  ["0xC0000209", "0xC0000209"],
  ["0xc0000209", "0xC0000209"],
  ["C0000209", "0xC0000209"],
  ["0x00000000C0000209", "0xC0000209"],
  ["0xFFFFFFFFC0000209", "0xC0000209"],
  ["-1073741303", "0xC0000209"],
  ["3221225993", "0xC0000209"],
  ["0x209", "0x209"],
  ["0xD0000209", "0xC0000209"],
  ["0x80072747", "10055"],
  ["80072747", "10055"],
  ["-2147014841", "10055"],
  ["2147952455", "10055"],
  ["0x80072740", "10048"],
  ["0x2747", "10055"],
  ["0x800706BA", "1722"],
  ["0x80070044", "68"],
  ["0x80001087", "4231"],
  ["2147487879", "4231"],
  ["-2147479382", "4266"],
];

const NAMES: readonly Row[] = [
  ["WSAENOBUFS", "10055"],
  ["wsaeaddrinuse", "10048"],
  ["SocketError.NoBufferSpaceAvailable", "10055"],
  ["STATUS_TOO_MANY_ADDRESSES", "0xC0000209"],
  ["EVENT_TCPIP_TCP_TIME_WAIT_COLLISION", "4227"],
  ["net::ERR_NO_BUFFER_SPACE", "ERR_NO_BUFFER_SPACE"],
  ["net::ERR_ADDRESS_IN_USE", "ERR_ADDRESS_IN_USE"],
  ["{shutdown,enobufs}", "ENOBUFS"],
  ["RPC_S_SERVER_UNAVAILABLE", "1722"],
];

const WITH_NUMBERS: readonly Row[] = [
  ["OSError: [WinError 10048] Normalement", "10048"],
  ["error: [Errno 10055] whatever the language says", "10055"],
  ["tcp bind local error: 由于系统缓冲区空间不足或队列已满，不能执行套接字上的操作。 (os error 10055)", "10055"],
  ["Socketfehler. (10055)", "10055"],
  ["Nicht genug Platz (10055)", "10055"],
  ["Fehler 10048: irgend etwas", "10048"],
  ["Fehlercode: 10055", "10055"],
  ["Fehler Nr. 10055", "10055"],
  ["Code d'erreur 10055", "10055"],
  ["Erreur 10055 sur le socket", "10055"],
  ["Código de error 10048", "10048"],
  ["Ошибка 10055", "10055"],
  ["Код ошибки: 10055.", "10055"],
  ["エラー コード: 10055", "10055"],
  ["错误10055", "10055"],
  ["錯誤代碼：10048", "10048"],
  ["오류 코드 10055", "10055"],
  ["Socket Error # 10055", "10055"],
  ["WSAGetLastError() returned 10055", "10055"],
  ["bind() failed with 10055", "10055"],
  ["NativeErrorCode   : 10055\r\nSocketErrorCode   : NoBufferSpaceAvailable", "10055"],
  ['{ "NativeErrorCode": 10055, "Message": "x" }', "10055"],
  ['\\"NativeErrorCode\\": 10055', "10055"],
  ["connect() failed (10048: Only that)", "10048"],
  ["unable to bind address [10048]: x", "10048"],
  ["10055: An operation failed", "10055"],
  ["10055 - operation failed", "10055"],
  ["SocketException(10055)", "10055"],
  ["<Data Name='ErrorCode'>10055</Data>", "10055"],
  ["errors 10048 and 10055", "10048", "10055"],
  ["error-code:10055", "10055"],
  ["Status.LENTStatus.Code == 0x209", "0x209"],
  ["bind() returned an error: 通常 (0x2740)", "10048"],
  ["HRESULT: 0x80072747 at x", "10055"],
  ["System error 68 has occurred.", "68"],
  ["errno: -4091, syscall: 'x'", "EADDRINUSE"],
  ["Status 0xC0000022 for the file", "0xC0000022"],
  ["NTSTATUS C0000209", "0xC0000209"],
  ["The bind ended in (c0000209).", "0xC0000209"],
  ["exit code -1073741303", "0xC0000209"],
  ["error 3221225993", "0xC0000209"],
  ["error: 10055.", "10055"],
  ["Error １００５５", "10055"],
  ["エラー １００５５", "10055"],
  ["\u200fخطأ\u200f \u200e10055\u200e في المقبس", "10055"],
  ["שגיאה 10055", "10055"],
  ["Erreur « 10055 »", "10055"],
  ["错误码 10055", "10055"],
  ["Win32Exception (10055)", "10055"],
  ["WSAGetLastError 10055", "10055"],
  ["errno=10055", "10055"],
  ["code: 10055", "10055"],
  ["failed with code 10055", "10055"],
  ["exit code 10055", "10055"],
  ["Returned Status Code: 10048", "10048"],
  ["connect failed: 10055", "10055"],
  ["WSAStartup failed: 10055", "10055"],
  ["(10055, 'No more room')", "10055"],
  ["Os { code: 10055, kind: Uncategorized }", "10055"],
  ["OSError(10055, 'x')", "10055"],
  ["TNS-12560: 32-bit Windows Error: 10055", "10055"],
  ["Error 10048 occurred while binding", "10048"],
  ["error[10048]: something", "10048"],
  ["bind(), error 10048 or another", "10048"],
  ["java.lang.Exception: error_code=10055\r\n at Foo.java:10048", "10055"],
  ["DsBindWithCred failed with status 1722 (0x6ba): Der RPC-Server ist nicht da", "1722"],
  ["LDAP error 1753 (0x6d9) of the directory of this long name", "1753"],
];

/** As Windows and those who forward its events write them, in a language whose text is not known. */
const RENDERED_EVENTS: readonly Row[] = [
  [
    "Event[0]:\r\n  Log Name: System\r\n  Source: Tcpip\r\n  Date: 2026-01-01T10:00:00.000\r\n  Event ID: 4231\r\n  Task: N/A",
    "4231",
  ],
  ["Log Name:      System\r\nSource:        Tcpip\r\nEvent ID:      4227\r\nTask Category: None", "4227"],
  ["ログの名前: System\r\nソース: Tcpip\r\nイベント ID: 4231\r\nタスクのカテゴリ: なし", "4231"],
  ["Quelle: Tcpip\r\nDatum: 01.01.2026 10:00:00\r\nEreignis-ID: 4231\r\nAufgabenkategorie:Keine", "4231"],
  ["Source :       Tcpip\r\nDate :         01/01/2026\r\nID de l’événement :4231", "4231"],
  ["Источник: Tcpip\r\nКод события: 4266\r\nУровень: Предупреждение", "4266"],
  ["Ereignis 4231, Tcpip", "4231"],
  ["Warning,1/1/2026 10:00:00 AM,Tcpip,4231,None,x", "4231"],
  [
    "   ProviderName: Tcpip\n\nTimeCreated Id LevelDisplayName Message\n----\n1/1/2026 10:00:00 AM   4231 Warning  x\n1/1/2026 9:00:00 AM   4227 Warning  y",
    "4231",
    "4227",
  ],
  [
    "   ProviderName: Tcpip\n\n01.01.2026 10:00:00   4231 Warnung  x\n\n   ProviderName: Contoso\n\n01.01.2026 10:00:00   4266 Warnung  x",
    "4231",
  ],
  ["1234 Jan 01 10:00  Warning     Tcpip                  2147487879 x", "4231"],
  ["Message : x\r\nId : 4231\r\nVersion : 0\r\nQualifiers : 32768\r\nRecordId : 10055\r\nProviderName : Tcpip", "4231"],
  ["host\tMSWinEventLog\t4\tSystem\t2174\tFri Nov 27 09:58:51 2026\t4231\tTcpip\tN/A\tN/A\tWarning", "4231"],
  ['{"winlog":{"provider_name":"Tcpip","event_id":4231}}', "4231"],
  ['{"event":{"code":"4231","provider":"Tcpip"}}', "4231"],
  ['{"EventID":4231,"SourceName":"Tcpip"}', "4231"],
  ["<EventID Qualifiers='32768'>4231</EventID>", "4231"],
  [
    "<Provider Name='Contoso'/><EventID>4231</EventID></Event><Event><Provider Name='Tcpip'/><EventID>4227</EventID>",
    "4227",
  ],
  ["Event ID 0x80001087 of Tcpip", "4231"],
];

const EVENTS: readonly Row[] = [
  ["Event ID 4231", "4231"],
  ["Ereignis-ID: 4231", "4231"],
  ["Ereignis-ID:4231", "4231"],
  ["Ereigniskennung 4266", "4266"],
  ["Id. del evento: 4231", "4231"],
  ["ID de l’événement : 4227", "4227"],
  ["Код события: 4231", "4231"],
  ["イベント ID: 4231", "4231"],
  ["事件 ID: 4231", "4231"],
  ["Tcpip 4231", "4231"],
  ["events 4227, 4231 or 4266", "4231", "4266", "4227"],
  ["ProviderName : Tcpip\r\nId : 4231\r\nMessage : x", "4231"],
  ["<Provider Name='Tcpip'/><EventID Qualifiers='32768'>4231</EventID>", "4231"],
  ["Tcpip/4231", "4231"],
  ["Source: NETLOGON Event ID: 5719", "5719"],
  ["Microsoft-Windows-GroupPolicy/1129", "1129"],
  [
    "TCP/IP failed to establish an outgoing connection because the selected local endpoint\r\nwas recently used to connect to the same remote endpoint.",
    "4227",
  ],
  [
    "A request to allocate an ephemeral port number from the global TCP port space has failed due to all such ports being in use.",
    "4231",
  ],
];

const MESSAGES: readonly Row[] = [
  ["Only one usage of each socket address (protocol/network address/port) is normally permitted", "10048"],
  [
    "An operation on a socket could not be performed because the system lacked sufficient buffer space or because a queue was full 127.0.0.1:80",
    "10055",
  ],
  [
    "No se puede ejecutar la operación en un socket ya que el sistema no tiene suficiente espacio de búfer o porque una cola estaba llena 127.0.0.1:80",
    "10055",
  ],
  [
    "Normalerweise darf jede Socketadresse (Protokoll, Netzwerkadresse oder Anschluss) nur jeweils einmal verwendet werden.",
    "10048",
  ],
  ["System.Net.WebException: Unable to connect to the remote server", "WebException: ConnectFailure"],
  ["Invoke-WebRequest : Unable to connect to the\r\nremote server", "WebException: ConnectFailure"],
  ["Die Verbindung mit dem Remoteserver kann nicht hergestellt werden.", "WebException: ConnectFailure"],
  ["Impossible de se connecter au serveur distant", "WebException: ConnectFailure"],
  ["No es posible conectar con el servidor remoto", "WebException: ConnectFailure"],
  ["Impossibile effettuare la connessione al server remoto.", "WebException: ConnectFailure"],
  ["リモート サーバーに接続できません。", "WebException: ConnectFailure"],
  ["无法连接到远程服务器", "WebException: ConnectFailure"],
  ["The underlying connection was closed: An unexpected error occurred on a send.", "WebException: SendFailure"],
  ["An error occurred while sending the request.", "HttpRequestException"],
  ["The RPC server is unavailable. (Exception from HRESULT: 0x800706BA)", "1722"],
  ["Error: listen EACCES: permission denied 0.0.0.0:50100", "10013"],
  ["Error: listen EADDRINUSE: address already in use :::3000", "EADDRINUSE", "listen EADDRINUSE"],
  ["Error: connect EADDRINUSE 127.0.0.1:5432 - Local (0.0.0.0:0)", "connect EADDRINUSE"],
  ["connect ENOBUFS 10.0.0.1:443", "ENOBUFS"],
  ["connect EADDRNOTAVAIL 10.0.0.1:443", "EADDRNOTAVAIL"],
];

/** What is said inside of it, or beside it, is told too; a general text inside of a special one is not. */
const SPECIAL: readonly Row[] = [
  [
    "dial tcp 127.0.0.1:3306: connectex: Only one usage of each socket address (protocol/network address/port) is normally permitted.",
    "connectex: 10048",
  ],
  [
    "java.net.SocketException: No buffer space available (maximum connections reached?): connect",
    "SocketException: No buffer space available",
  ],
  ["java.net.BindException: Address already in use: connect", "BindException: Address already in use: connect"],
  [
    "(provider: TCP Provider, error: 0 - Only one usage of each socket address (protocol/network address/port) is normally permitted.)",
    "10048",
    "TCP Provider, error: 0",
  ],
  [
    "System.Net.WebException: Unable to connect to the remote server ---> System.Net.Sockets.SocketException (0x80004005): 由于系统缓冲区空间不足或队列已满",
    "10055",
    "WebException: ConnectFailure",
  ],
  ["SocketException (0x80004005): etwas auf Deutsch", "0x80004005"],
  ["SocketErrorCode: ConnectionRefused", "10061"],
  ["SocketErrorCode : TimedOut", "10060"],
  ["SocketError.AccessDenied", "10013"],
];

describe("recognised:", () => {
  test.each([...ALONE, ...BASES, ...NAMES, ...WITH_NUMBERS, ...EVENTS, ...RENDERED_EVENTS, ...MESSAGES, ...SPECIAL])(
    "%j",
    (text, ...codes) => {
      expect(codesOf(text)).toEqual(codes);
    },
  );
});
