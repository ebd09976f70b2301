/**
 * Exceptions of .NET and of SQL Server's client, which tell only that a connect failed; the SocketException inside tells why. Texts of the
 * classic procedure, in the languages that a public source shows.
 */
import { entry, type Entry, said } from "./entry.ts";
import { RUN } from "./next.ts";
import { remoteServerPage, SOURCE } from "./sources.ts";

const INNER = "The SocketException inside decides: 10055 and 10048 can be a lack of ports, 10060 and 10061 are not.";

const CONNECT_FAILURE = entry("WebException: ConnectFailure", "Program", {
  sayings: [
    said("Unable to connect to the remote server"),
    said("Die Verbindung mit dem Remoteserver kann nicht hergestellt werden", remoteServerPage("de-de")),
    said("Impossible de se connecter au serveur distant", remoteServerPage("fr-fr")),
    said("No es posible conectar con el servidor remoto", remoteServerPage("es-es")),
    said("Impossibile effettuare la connessione al server remoto", remoteServerPage("it-it")),
    said("リモート サーバーに接続できません", remoteServerPage("ja-jp")),
    said("无法连接到远程服务器", SOURCE.chineseConnect),
  ],
  isOuter: true,
  meaning: "A request of .NET (or Invoke-WebRequest) could not connect.",
  exhaustion: "Maybe",
  when: `A server that is down, a proxy or a firewall ends in it too. ${INNER}`,
  next: [RUN.innerExceptions, RUN.test, RUN.portEvents],
  sources: [SOURCE.classicProcedure, SOURCE.cosmosBind],
});

const SEND_FAILURE = entry("WebException: SendFailure", "Program", {
  sayings: [
    said("The underlying connection was closed: An unexpected error occurred on a send"),
    said("Die zugrunde liegende Verbindung wurde geschlossen: Unerwarteter Fehler beim Senden", SOURCE.germanSend),
  ],
  isOuter: true,
  meaning: "A request of .NET could not be sent.",
  exhaustion: "Maybe",
  when: "Microsoft's procedure names it among the symptoms. A server or a proxy that closes the connection ends in it too. The inner exceptions tell which.",
  next: [RUN.innerExceptions, RUN.test, RUN.portEvents],
  sources: [SOURCE.classicProcedure, SOURCE.germanSend],
});

const REQUEST_FAILED = entry("HttpRequestException", "Program", {
  sayings: [said("An error occurred while sending the request")],
  isOuter: true,
  meaning: "A request of HttpClient failed before an answer came.",
  exhaustion: "Maybe",
  when: `Whatever fails before an answer ends in it. ${INNER}`,
  next: [RUN.innerExceptions, RUN.test],
  sources: [SOURCE.cosmosBind],
});

const SQL_CONNECT = entry("TCP Provider, error: 0", "Program", {
  sayings: [said("TCP Provider, error: 0")],
  isOuter: true,
  meaning:
    "The client of SQL Server could not connect by TCP. The number 0 says nothing; the sentence after it is the error.",
  exhaustion: "Maybe",
  when: "With the text of 10048 or 10055 after it, this machine (not the SQL Server) ran out of ports, at least for that server: mostly a program that does not pool or not close its connections.",
  next: [RUN.test, RUN.owners, RUN.timeWait],
  sources: [SOURCE.sqlPooling],
});

export const DOTNET: readonly Entry[] = [CONNECT_FAILURE, SEND_FAILURE, REQUEST_FAILED, SQL_CONNECT];
