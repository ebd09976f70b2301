// Events of Microsoft-Windows-Winsock-AFD, as the provider's manifest has them: section 4.1 of the
// etl-format reference, same notation. A row is `id | version | name | fields`, a field
// `name:type@offset in 64-bit records/offset in 32-bit records`, or `@after X` behind a field of variable length.
// Text in a module rather than a text file, so that it is there in whatever the builders are bundled into.

/** Windows 7 and later. */
export const AFD_LAYOUTS = `
1000 | 0 | AfdCreate | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, AddressFamily:u32@24/16, SocketType:u32@28/20, Protocol:u32@32/24, ProcessId:ptr@36/28, Status:u32@44/32
1001 | 0 | AfdClose | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Status:u32@24/16
1002 | 0 | AfdCleanup | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Status:u32@24/16
1003 | 0 | AfdSend | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, BufferCount:u32@24/16, Buffer:ptr@28/20, BufferLength:u32@36/24, Status:u32@40/28
1004 | 0 | AfdReceive | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, BufferCount:u32@24/16, Buffer:ptr@28/20, BufferLength:u32@36/24, Status:u32@40/28
1005 | 0 | AfdSendTo | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, BufferCount:u32@24/16, Buffer:ptr@28/20, BufferLength:u32@36/24, Status:u32@40/28
1006 | 0 | AfdReceiveFrom | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, BufferCount:u32@24/16, Buffer:ptr@28/20, BufferLength:u32@36/24, Status:u32@40/28
1007 | 0 | AfdSendToWithAddress | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, BufferCount:u32@24/16, Buffer:ptr@28/20, BufferLength:u32@36/24, Status:u32@40/28, AddressLen:u32@44/32, Address:bytes@48/36
1009 | 0 | AfdReceiveFromWithAddress | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, BufferCount:u32@24/16, Buffer:ptr@28/20, BufferLength:u32@36/24, Status:u32@40/28, AddressLen:u32@44/32, Address:bytes@48/36
1011 | 0 | AfdSendMessage | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, BufferCount:u32@24/16, Buffer:ptr@28/20, BufferLength:u32@36/24, Status:u32@40/28
1012 | 0 | AfdReceiveMessage | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, BufferCount:u32@24/16, Buffer:ptr@28/20, BufferLength:u32@36/24, Status:u32@40/28
1013 | 0 | AfdSendMessageWithAddress | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, BufferCount:u32@24/16, Buffer:ptr@28/20, BufferLength:u32@36/24, Status:u32@40/28, AddressLen:u32@44/32, Address:bytes@48/36
1015 | 0 | AfdReceiveMessageWithAddress | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, BufferCount:u32@24/16, Buffer:ptr@28/20, BufferLength:u32@36/24, Status:u32@40/28, AddressLen:u32@44/32, Address:bytes@48/36
1017 | 0 | AfdConnect | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Status:u32@24/16
1018 | 0 | AfdConnectWithAddress | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Buffer:ptr@24/16, BufferLength:u32@32/20, Status:u32@36/24, AddressLen:u32@40/28, Address:bytes@44/32
1020 | 0 | AfdConnectEx | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Status:u32@24/16
1021 | 0 | AfdConnectExWithAddress | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Buffer:ptr@24/16, BufferLength:u32@32/20, Status:u32@36/24, AddressLen:u32@40/28, Address:bytes@44/32
1023 | 0 | AfdAccept | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Status:u32@24/16
1024 | 0 | AfdAcceptWithAddress | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Buffer:ptr@24/16, BufferLength:u32@32/20, Status:u32@36/24, AddressLen:u32@40/28, Address:bytes@44/32, AcceptEndpoint:ptr@after Address, CurrentBacklog:u32@after Address
1026 | 0 | AfdAcceptEx | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Status:u32@24/16
1027 | 0 | AfdAcceptExWithAddress | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Buffer:ptr@24/16, BufferLength:u32@32/20, Status:u32@36/24, AddressLen:u32@40/28, Address:bytes@44/32, AcceptEndpoint:ptr@after Address, CurrentBacklog:u32@after Address
1029 | 0 | AfdBind | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Status:u32@24/16
1030 | 0 | AfdBindWithAddress | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Status:u32@24/16, AddressLen:u32@28/20, Address:bytes@32/24
1032 | 0 | AfdAbort | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Reason:u32@24/16
1033 | 0 | AfdDatagramDropWithAddress | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Buffer:ptr@24/16, BufferLength:u32@32/20, AddressLen:u32@36/24, Address:bytes@40/28, Reason:u32@after Address
1035 | 0 | AfdOption | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Option:u32@24/16, Value:u32@28/20, Status:u32@32/24
1036 | 0 | AfdWaitForListen | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Status:u32@24/16
1037 | 0 | AfdListen | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Backlog:u32@24/16, Status:u32@28/20
3000 | 0 | AfdConnectIndication | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Status:u32@24/16
3001 | 0 | AfdConnectIndicationWithAddress | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Status:u32@24/16, AddressLen:u32@28/20, Address:bytes@32/24, CurrentBacklog:u32@after Address
3003 | 0 | AfdDataIndication | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Buffer:ptr@24/16, BufferLength:u32@32/20
3004 | 0 | AfdDataIndicationWithAddress | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Buffer:ptr@24/16, BufferLength:u32@32/20, AddressLen:u32@36/24, Address:bytes@40/28
3006 | 0 | AfdDisconnect | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, Status:u32@24/16
3007 | 0 | AfdSendBackLog | EnterExit:u32@0/0, Location:u32@4/4, Process:ptr@8/8, Endpoint:ptr@16/12, SendBacklog:u32@24/16
`;

/** The events of Vista, still in every later manifest. Left open by the reference and settled here: a binary
 * Address has no length field and takes the 16 bytes of an IPv6 address. */
export const AFD_VISTA_LAYOUTS = `
1 | 0 | task_0 | Process:ptr@0/0, Endpoint:ptr@8/4, AddressFamily:u32@16/8, SocketType:u32@20/12, Protocol:u32@24/16, UserModePid:ptr@28/20
2 | 0 | task_02 | Process:ptr@0/0, Endpoint:ptr@8/4, Address:u32@16/8, Port:u16@20/12, Status:u32@22/14
3 | 0 | task_03 | Process:ptr@0/0, Endpoint:ptr@8/4, Address:bytes@16/8, Port:u16@after Address, Status:u32@after Address
4 | 0 | task_04 | Process:ptr@0/0, Endpoint:ptr@8/4, Address:u32@16/8, Port:u16@20/12
5 | 0 | task_05 | Process:ptr@0/0, Endpoint:ptr@8/4, Address:bytes@16/8, Port:u16@after Address
6 | 0 | task_06 | Process:ptr@0/0, Endpoint:ptr@8/4, Error:u32@16/8
7 | 0 | task_07 | Process:ptr@0/0, Endpoint:ptr@8/4, Reason:i32@16/8
8 | 0 | task_08 | Process:ptr@0/0, Endpoint:ptr@8/4, Reason:i32@16/8
9 | 0 | task_09 | Process:ptr@0/0, Endpoint:ptr@8/4, Error:u32@16/8
10 | 0 | task_010 | Process:ptr@0/0, Endpoint:ptr@8/4, Error:u32@16/8
11 | 0 | task_011 | Process:ptr@0/0, Endpoint:ptr@8/4, Error:u32@16/8
12 | 0 | task_012 | Process:ptr@0/0, Endpoint:ptr@8/4, Error:u32@16/8
13 | 0 | task_013 | Process:ptr@0/0, Endpoint:ptr@8/4, Error:u32@16/8
14 | 0 | task_014 | Process:ptr@0/0, Endpoint:ptr@8/4, Error:u32@16/8
15 | 0 | task_015 | Process:ptr@0/0, Endpoint:ptr@8/4, Address:u32@16/8, Port:u16@20/12, Status:u32@22/14
16 | 0 | task_016 | Process:ptr@0/0, Endpoint:ptr@8/4, Address:bytes@16/8, Port:u16@after Address, Status:u32@after Address
17 | 0 | task_017 | Process:ptr@0/0, Endpoint:ptr@8/4, Error:u32@16/8
18 | 0 | task_018 | Process:ptr@0/0, Endpoint:ptr@8/4, FastPath:bool32@16/8, BufferCount:i32@20/12, Buffer:ptr@24/16, BufferLength:u32@32/20
19 | 0 | task_019 | Process:ptr@0/0, Endpoint:ptr@8/4, FastPath:bool32@16/8, BufferCount:i32@20/12, Buffer:ptr@24/16, BufferLength:u32@32/20
20 | 0 | task_020 | Process:ptr@0/0, Endpoint:ptr@8/4, FastPath:bool32@16/8, BufferCount:i32@20/12, Buffer:ptr@24/16, BufferLength:u32@32/20
21 | 0 | task_021 | Process:ptr@0/0, Endpoint:ptr@8/4, FastPath:bool32@16/8, BufferCount:i32@20/12, Buffer:ptr@24/16, BufferLength:u32@32/20, Address:u32@36/24, Port:u16@40/28
22 | 0 | task_022 | Process:ptr@0/0, Endpoint:ptr@8/4, FastPath:bool32@16/8, BufferCount:i32@20/12, Buffer:ptr@24/16, BufferLength:u32@32/20, Address:bytes@36/24, Port:u16@after Address
23 | 0 | task_023 | Process:ptr@0/0, Endpoint:ptr@8/4, Buffer:ptr@16/8, BufferLength:u32@24/12
24 | 0 | task_024 | Process:ptr@0/0, Endpoint:ptr@8/4, Buffer:ptr@16/8, BufferLength:u32@24/12
25 | 0 | task_025 | Process:ptr@0/0, Endpoint:ptr@8/4, Buffer:ptr@16/8, BufferLength:u32@24/12
26 | 0 | task_026 | Process:ptr@0/0, Endpoint:ptr@8/4, BufferCount:i32@16/8, Buffer:ptr@20/12, BufferLength:u32@28/16, Address:u32@32/20, Port:u16@36/24
27 | 0 | task_027 | Process:ptr@0/0, Endpoint:ptr@8/4, BufferCount:i32@16/8, Buffer:ptr@20/12, BufferLength:u32@28/16, Address:bytes@32/20, Port:u16@after Address
28 | 0 | task_028 | Process:ptr@0/0, Endpoint:ptr@8/4, Buffer:ptr@16/8, BufferLength:u32@24/12
29 | 0 | task_029 | Process:ptr@0/0, Endpoint:ptr@8/4, Option:u32@16/8, Value:u32@20/12
30 | 0 | task_030 | Process:ptr@0/0, HandleCount:i32@8/4, Timeout:i32@12/8
31 | 0 | task_031 | Process:ptr@0/0, Endpoint:ptr@8/4, Error:u32@16/8
32 | 0 | task_032 | Process:ptr@0/0, Endpoint:ptr@8/4, EventMask:u32@16/8
33 | 0 | task_033 | Process:ptr@0/0, Endpoint:ptr@8/4, PacketSize:i32@16/8, Address:u32@20/12, Port:u16@24/16, Reason:i32@26/18
34 | 0 | task_034 | Process:ptr@0/0, Endpoint:ptr@8/4, PacketSize:i32@16/8, Address:bytes@20/12, Port:u16@after Address, Reason:i32@after Address
35 | 0 | task_035 | Process:ptr@0/0, ListenEndpoint:ptr@8/4, Address:u32@16/8, Port:u16@20/12
36 | 0 | task_036 | Process:ptr@0/0, ListenEndpoint:ptr@8/4, Address:bytes@16/8, Port:u16@after Address
37 | 0 | task_037 | Process:ptr@0/0, Endpoint:ptr@8/4, BytesIndicated:i32@16/8
38 | 0 | task_038 | Process:ptr@0/0, Endpoint:ptr@8/4, Address:u32@16/8, Port:u16@20/12, BytesIndicated:i32@22/14
39 | 0 | task_039 | Process:ptr@0/0, Endpoint:ptr@8/4, Address:bytes@16/8, Port:u16@after Address, BytesIndicated:i32@after Address
40 | 0 | task_040 | Process:ptr@0/0, Endpoint:ptr@8/4, Error:u32@16/8
41 | 0 | task_041 | Process:ptr@0/0, Endpoint:ptr@8/4
`;
