/** The pages that entries rest on, each named once. */

const LEARN = "https://learn.microsoft.com";

export const SOURCE = {
  winsock: `${LEARN}/windows/win32/winsock/windows-sockets-error-codes-2`,
  connect: `${LEARN}/windows/win32/api/winsock2/nf-winsock2-connect`,
  ntstatus: `${LEARN}/openspecs/windows_protocols/ms-erref/596a1078-e883-4972-9bbc-49e60bebca55`,
  systemErrors0: `${LEARN}/windows/win32/debug/system-error-codes--0-499-`,
  systemErrors1700: `${LEARN}/windows/win32/debug/system-error-codes--1700-3999-`,
  rpcErrors: `${LEARN}/troubleshoot/windows-client/networking/rpc-errors-troubleshooting`,
  portExhaustion: `${LEARN}/troubleshoot/windows-client/networking/tcp-ip-port-exhaustion-troubleshooting`,
  /** The classic procedure: netsh trace, Network Monitor, Process Explorer, and the exceptions of .NET to begin with. */
  classicProcedure: `${LEARN}/archive/blogs/arudell/windows-networking-identifying-port-exhaustion-on-windows-server-2008vista-operating-systems`,
  networkDirect: `${LEARN}/windows-hardware/drivers/ddi/ndkpi/nc-ndkpi-ndk_fn_connect`,
  netlogonAtBoot: `${LEARN}/troubleshoot/windows-server/group-policy/netlogon-event-id-5719-or-group-policy-event-1129`,
  sqlPooling: `${LEARN}/archive/blogs/spike/provider-tcp-provider-error-0-only-one-usage-of-each-socket-address-protocolnetwork-addressport-is-normally-permitted`,
  socketError: `${LEARN}/dotnet/api/system.net.sockets.socketerror`,
  externalException: `${LEARN}/dotnet/api/system.runtime.interopservices.externalexception`,
  azureSnat: `${LEARN}/azure/app-service/troubleshoot-intermittent-outbound-connection-errors`,
  ntToWin32: "https://github.com/reactos/reactos/blob/master/sdk/lib/rtl/error.c",
  cosmosBind: "https://github.com/Azure/azure-cosmos-dotnet-v2/issues/772",
  icmpNoBuffers: "https://github.com/fujiapple852/trippy/issues/870",
  fewSockets: "https://github.com/nanomsg/nanomsg/issues/1063",
  /** Windows Firewall that blocks what no rule allows: connect ends in "Permission denied". */
  firewall: "https://github.com/microsoft/WSL/issues/722",
  excludedRange: "https://github.com/docker/for-win/issues/3171",
  eventsStop: "https://github.com/microsoft/WSL/issues/3311",
  udpEvent: "https://dimitri.janczak.net/2017/10/24/windows-2016-remote-desktop-cannot-verify-identity/",
  nodeStatus: "https://github.com/libuv/libuv/blob/v1.x/src/win/winsock.c",
  nodeNumbers: "https://github.com/libuv/libuv/blob/v1.x/include/uv/errno.h",
  nodeInUse: "https://github.com/joyent/libuv/pull/824",
  nodeProtractor: "https://github.com/nodejs/help/issues/434",
  linuxConnect: "https://man7.org/linux/man-pages/man2/connect.2.html",
  chromiumMap: "https://github.com/chromium/chromium/blob/main/net/base/net_errors_win.cc",
  chromiumList: "https://github.com/chromium/chromium/blob/main/net/base/net_error_list.h",
  javaTexts: "https://github.com/openjdk/jdk/blob/master/src/java.base/windows/native/libnet/net_util_md.c",
  javaConnect: "https://github.com/openjdk/jdk/pull/8759",
  javaTests: "https://github.com/openjdk/jdk/pull/11634",
  javaNio: "https://github.com/jetty/jetty.project/issues/8681",
  javaSelector: "https://github.com/elastic/elasticsearch/issues/22014",
  javaUdp: "https://github.com/ribasco/async-gamequery-lib/issues/59",
  goConnect: "https://github.com/go-gitea/gitea/issues/7411",
  goStress: "https://github.com/link1st/go-stress-testing/issues/53",
  chineseNoBuffers: "https://github.com/shadowsocks/shadowsocks-windows/issues/2139",
  spanishNoBuffers: "https://github.com/BinPar/eBooks/issues/18",
  germanInUse: "https://github.com/dotnet/MQTTnet/issues/769",
  chineseInUse: "https://github.com/NewLifeX/NewLife.Redis/issues/54",
  germanSend: "https://github.com/duplicati/duplicati/issues/3817",
  chineseConnect: "https://github.com/SDchao/AutoVsCEnv_WPF/issues/53",
} as const;

/** Microsoft's page on connections of Entra Connect, which quotes what PowerShell says where a server cannot be reached. */
export const remoteServerPage = (locale: "de-de" | "fr-fr" | "es-es" | "it-it" | "ja-jp"): string =>
  `${LEARN}/${locale}/entra/identity/hybrid/connect/tshoot-connect-connectivity`;

/** Constants of netevent.h, as Microsoft publishes them for Rust. */
export const eventConstantPage = (symbol: string): string =>
  `https://microsoft.github.io/windows-docs-rs/doc/windows/Win32/NetworkManagement/NetManagement/constant.${symbol}.html`;
