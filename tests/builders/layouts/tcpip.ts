// Events of Microsoft-Windows-TCPIP, as the provider's manifests have them: section 4.3 of the etl-format
// reference, same notation. A row is `id | version | name | first seen in | fields in order`; LA and RA are
// LocalAddressLength:u32, LocalAddress:bytes and RemoteAddressLength:u32, RemoteAddress:bytes.
// Left open by the reference and settled where a value is written: the byte order of ports that stand alone.
// `bool` takes 4 bytes, as InType 13 does.

export const TCPIP_LAYOUTS = `
1001 | 0 | TcpEndpointCreation | Win7 | Status:u32, Endpoint:ptr, AddressFamily:u32, Pid:u32
1002 | 0 | TcpRequestConnect | Win7 | Tcb:ptr, LA, RA, NewState:u32, RexmitCount:u32
1003 | 0 | TcpInspectConnectComplete | Win7 | Tcb:ptr, Status:u32, AddressFamily:u32
1005 | 0 | TcpBindEndpointResolutionFailure | Win7 | LA, Status:u32
1005 | 1 | TcpBindEndpointResolutionFailure | W11-21H2 | Endpoint:ptr, LA, Status:u32
1006 | 0 | TcpBindEndpointPortFailure | Win7 | LA, Status:u32
1006 | 1 | TcpBindEndpointPortFailure | W11-21H2 | Endpoint:ptr, LA, Status:u32
1007 | 0 | TcpBindEndpointInspectionFailure | Win7 | LA, Status:u32
1007 | 1 | TcpBindEndpointInspectionFailure | W11-21H2 | Endpoint:ptr, LA, Status:u32
1008 | 0 | TcpBindEndpointComplete | Win7 | LA, Status:u32
1008 | 1 | TcpBindEndpointComplete | W11-21H2 | Endpoint:ptr, LA, Status:u32
1009 | 0 | TcpCloseEndpoint | Win7 | LA, Status:u32
1009 | 1 | TcpCloseEndpoint | W11-21H2 | Endpoint:ptr, LA, Status:u32
1010 | 0 | TcpCreateEndpointAfFailure | Win7 | LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1010 | 1 | TcpCreateEndpointAfFailure | 2004 | LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1011 | 0 | TcpCreateEndpointCompartmentFailure | Win7 | LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1011 | 1 | TcpCreateEndpointCompartmentFailure | 2004 | LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1012 | 0 | TcpCreateEndpointInspectionFailure | Win7 | LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1012 | 1 | TcpCreateEndpointInspectionFailure | 2004 | LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1013 | 0 | TcpCreateEndpointComplete | Win7 | LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1013 | 1 | TcpCreateEndpointComplete | 2004 | LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1013 | 2 | TcpCreateEndpointComplete | W11-21H2 | Endpoint:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1014 | 0 | TcpAccpetListenerRouteLookupFailure | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1014 | 1 | TcpAccpetListenerRouteLookupFailure | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1015 | 0 | TcpAcceptListenerInsertionFailure | Win7 | Tcb:ptr, LA, RA, NewState:u32, RexmitCount:u32
1016 | 0 | TcpAcceptListenerRejected | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1016 | 1 | TcpAcceptListenerRejected | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1017 | 0 | TcpAcceptListenerComplete | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1017 | 1 | TcpAcceptListenerComplete | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1018 | 0 | TcpConnectTcbFailedAf | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1018 | 1 | TcpConnectTcbFailedAf | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1020 | 0 | TcpConnectTcbFailedInspect | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1020 | 1 | TcpConnectTcbFailedInspect | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1021 | 0 | TcpConnectTcbFailedRoute | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1021 | 1 | TcpConnectTcbFailedRoute | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1029 | 0 | TcpConnectTcbCancel | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1029 | 1 | TcpConnectTcbCancel | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1030 | 0 | TcpConnectTcbFailInsertion | Win7 | Tcb:ptr, LA, RA, NewState:u32, RexmitCount:u32
1031 | 0 | TcpConnectTcbProceeding | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1031 | 1 | TcpConnectTcbProceeding | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1032 | 0 | TcpConnectTcbRateLimitCancel | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1032 | 1 | TcpConnectTcbRateLimitCancel | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1033 | 0 | TcpConnectTcbComplete | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1033 | 1 | TcpConnectTcbComplete | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1034 | 0 | TcpConnectTcbFailure | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1034 | 1 | TcpConnectTcbFailure | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1035 | 0 | TcpConnectTcbFailInspectConnectComplete | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1035 | 1 | TcpConnectTcbFailInspectConnectComplete | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1036 | 0 | TcpConnectTcbFailSessionState | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1036 | 1 | TcpConnectTcbFailSessionState | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1037 | 0 | TcpConnectTcbFailDontFragment | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1037 | 1 | TcpConnectTcbFailDontFragment | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1038 | 0 | TcpCloseTcbRequest | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1038 | 1 | TcpCloseTcbRequest | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1039 | 0 | TcpAbortTcbRequest | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1039 | 1 | TcpAbortTcbRequest | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1040 | 0 | TcpAbortTcbComplete | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1040 | 1 | TcpAbortTcbComplete | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1041 | 0 | TcpDisconnectTcbInjectFailed | Win7 | Tcb:ptr, Delivery:ptr, Request:ptr, NumBytes:ptr, RequestFlags:u32, Length:ptr, RequestStatus:u32, IsUrgentDelivery:u32, FullySatisfiedORDelayedPush:u32, RcvNxt:u32
1042 | 0 | TcpDisconnectTcbRequest | Win7 | Length:ptr, Timeout:u64, Injected:wstr0
1043 | 0 | TcpDisconnectTcbComplete | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1043 | 1 | TcpDisconnectTcbComplete | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1043 | 2 | TcpDisconnectTcbComplete | W11-24H2 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64, Inspect:bool
1044 | 0 | TcpShutdownTcb | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1044 | 1 | TcpShutdownTcb | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1045 | 0 | TcpConnectTcbTimeout | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1045 | 1 | TcpConnectTcbTimeout | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1046 | 0 | TcpDisconnectTcbRtoTimeout | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1046 | 1 | TcpDisconnectTcbRtoTimeout | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1047 | 0 | TcpDisconnectTcbKeepaliveTimeout | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1047 | 1 | TcpDisconnectTcbKeepaliveTimeout | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1048 | 0 | TcpDisconnectTcbTimeout | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1048 | 1 | TcpDisconnectTcbTimeout | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1049 | 0 | TcpConnectTcbEstatsFailed | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1049 | 1 | TcpConnectTcbEstatsFailed | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1050 | 0 | TcpConnectFailedPortAcquire | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1050 | 1 | TcpConnectFailedPortAcquire | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1051 | 0 | TcpTcbStateChange | Win7 | OldState:u32, NewState:u32, SndNxt:u32, Tcb:ptr
1052 | 0 | TcpEndpointAcquirePortReservation | Win7 | ProcessId:u32, Status:u32, StartPort:u16, NumberOfPorts:u16
1052 | 1 | TcpEndpointAcquirePortReservation | 2004 | ProcessId:u32, Status:u32, StartPort:u16, NumberOfPorts:u16, ProcessStartKey:u64
1053 | 0 | TcpEndpointFailedPortReservation | Win7 | ProcessId:u32, Status:u32, StartPort:u16, NumberOfPorts:u16
1053 | 1 | TcpEndpointFailedPortReservation | 2004 | ProcessId:u32, Status:u32, StartPort:u16, NumberOfPorts:u16, ProcessStartKey:u64
1054 | 0 | TcpGlobalPortReservation | Win7 | ProcessId:u32, Status:u32, StartPort:u16, NumberOfPorts:u16
1054 | 1 | TcpGlobalPortReservation | 2004 | ProcessId:u32, Status:u32, StartPort:u16, NumberOfPorts:u16, ProcessStartKey:u64
1055 | 0 | TcpGlobalSynAttackEntry | Win7 | SynAttacksDetected:u32, ReassemblyLimitViolations:u32, ConnectionRateLimitBacklog:u32, ConnectionRateLimitViolations:u32, LandAttackSegmentsDropped:u32, ConnectionRateLimitDepth:u32
1056 | 0 | TcpGlobalReassemblyLimitViolation | Win7 | SynAttacksDetected:u32, ReassemblyLimitViolations:u32, ConnectionRateLimitBacklog:u32, ConnectionRateLimitViolations:u32, LandAttackSegmentsDropped:u32, ConnectionRateLimitDepth:u32
1057 | 0 | TcpGlobalConnectionRateLimitViolation | Win7 | SynAttacksDetected:u32, ReassemblyLimitViolations:u32, ConnectionRateLimitBacklog:u32, ConnectionRateLimitViolations:u32, LandAttackSegmentsDropped:u32, ConnectionRateLimitDepth:u32
1058 | 0 | TcpGlobalLandAttackSegmentDrop | Win7 | SynAttacksDetected:u32, ReassemblyLimitViolations:u32, ConnectionRateLimitBacklog:u32, ConnectionRateLimitViolations:u32, LandAttackSegmentsDropped:u32, ConnectionRateLimitDepth:u32
1059 | 0 | TcpGlobalIsbBeginThrottle | Win7 | HighMemoryEvent:u32, HighPagedPoolEvent:u32, LowMemoryEvent:u32, LowPagedPoolEvent:u32
1060 | 0 | TcpGlobalIsbEndThrottle | Win7 | HighMemoryEvent:u32, HighPagedPoolEvent:u32, LowMemoryEvent:u32, LowPagedPoolEvent:u32
1089 | 0 | TcpConnectTcbFailedActiveConnect | Win7 | Tcb:ptr, Status:u32, AddressFamily:u32
1090 | 0 | TcpReleaseIndication | Win7 | NBL:ptr
1106 | 0 | TcpMediaDisconnect | Win7 | InterfaceIndex:u32, TraceString:AnsiString
1106 | 1 | TcpMediaDisconnect | 1703 | InterfaceIndex:u32, TraceString:AnsiString, CompartmentId:u32
1117 | 0 | TcpListenerActivationFailedAf | Win7 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1117 | 1 | TcpListenerActivationFailedAf | 2004 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1118 | 0 | TcpListenerActivationFailedCompartment | Win7 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1118 | 1 | TcpListenerActivationFailedCompartment | 2004 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1119 | 0 | TcpListenerActivationFailedInspection1 | Win7 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1119 | 1 | TcpListenerActivationFailedInspection1 | 2004 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1120 | 0 | TcpListenerActivationFailedInspection2 | Win7 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1120 | 1 | TcpListenerActivationFailedInspection2 | 2004 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1121 | 0 | TcpListenerBindFailedResolution | Win7 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1121 | 1 | TcpListenerBindFailedResolution | 2004 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1122 | 0 | TcpListenerBindFailedPort | Win7 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1122 | 1 | TcpListenerBindFailedPort | 2004 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1123 | 0 | TcpListenerActivated | Win7 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1123 | 1 | TcpListenerActivated | 2004 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1124 | 0 | TcpListenerUnbound | Win7 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1124 | 1 | TcpListenerUnbound | 2004 | Listener:ptr, LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1169 | 0 | UdpEndpointSendMessages | Win7 | Endpoint:ptr, NumMessages:u32, NumBytes:u32, LA, RA, Pid:u32
1169 | 1 | UdpEndpointSendMessages | W11-23H2 | Endpoint:ptr, NumMessages:u32, NumBytes:u32, LA, RA, Pid:u32, ProcessStartKey:u64
1170 | 0 | UdpEndpointReceiveMessages | Win7 | Endpoint:ptr, NumMessages:u32, NumBytes:u32, LA, RA, Pid:u32
1170 | 1 | UdpEndpointReceiveMessages | W11-23H2 | Endpoint:ptr, NumMessages:u32, NumBytes:u32, LA, RA, Pid:u32, ProcessStartKey:u64
1182 | 0 | TcpInitiateSynRstValidation | Win7 | Tcb:ptr, LA, RA, NewState:u32, RexmitCount:u32
1183 | 0 | TcpConnectTcbFailedRcvdRst | Win7 | Tcb:ptr, LA, RA, NewState:u32, RexmitCount:u32
1184 | 0 | TcpConnectionTerminatedRcvdRst | Win7 | Tcb:ptr, LA, RA, NewState:u32, RexmitCount:u32
1185 | 0 | TcpConnectionTerminatedRcvdSyn | Win7 | Tcb:ptr, LA, RA, NewState:u32, RexmitCount:u32
1186 | 0 | TcpConnectRestransmit | Win7 | Tcb:ptr, LA, RA, NewState:u32, RexmitCount:u32
1187 | 0 | TcpDataTransferRestransmit | Win7 | Tcb:ptr, LA, RA, NewState:u32, RexmitCount:u32
1191 | 0 | TcpAcquirePort | Win7 | PortAcquirer:ptr, PortNumber:u16, WeakReference:u32, OriginalAcquirer:ptr
1192 | 0 | TcpAcquireWeakRefPort | Win7 | PortAcquirer:ptr, PortNumber:u16, WeakReference:u32, OriginalAcquirer:ptr
1193 | 0 | TcpReleasePort | Win7 | PortAcquirer:ptr, PortNumber:u16, WeakReference:u32, OriginalAcquirer:ptr
1194 | 0 | TcpReplacePort | Win7 | PortAcquirer:ptr, PortNumber:u16, WeakReference:u32, OriginalAcquirer:ptr
1195 | 0 | TcpAssignedWeakReferencePort | Win7 | PortAcquirer:ptr, PortNumber:u16, WeakReference:u32, OriginalAcquirer:ptr
1200 | 0 | TcpDisconnectTcbZeroWindowTimeout | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1200 | 1 | TcpDisconnectTcbZeroWindowTimeout | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1201 | 0 | TcpDisconnectTcbFinWait2Timeout | Win7 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1201 | 1 | TcpDisconnectTcbFinWait2Timeout | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1300 | 0 | TcpConnectionRundown | Win7 | Tcb:ptr, LA, RA, State:u32, Pid:u32
1300 | 1 | TcpConnectionRundown | 2004 | Tcb:ptr, LA, RA, State:u32, Pid:u32, ProcessStartKey:u64
1300 | 2 | TcpConnectionRundown | W11-21H2 | Tcb:ptr, LA, RA, State:u32, Pid:u32, ProcessStartKey:u64, SendTrackerEnabled:u32
1300 | 3 | TcpConnectionRundown | W11-24H2 | Tcb:ptr, LA, RA, State:u32, Pid:u32, ProcessStartKey:u64, SendTrackerEnabled:u32, RcvBufSet:u32
1356 | 0 | TcpRtcPortRangeAssignment | 10240 | AssignedFromRtcRange:u32, Port:u16
1364 | 0 | TcpInsertConnectionTuple | 10240 | Tcb:ptr, LA, RA, NewState:u32, RexmitCount:u32
1365 | 0 | TcpRemoveConnectionTuple | 10240 | Tcb:ptr, LA, RA, NewState:u32, RexmitCount:u32
1366 | 0 | TcpDeferPortSelection | 10240 | LA, Status:u32
1382 | 0 | TcpInspectConnectWithNameResContext | 1607 | LA, RA, Tcb:ptr, NameResContext:ptr, DnsName:wstr0, Status:u32
1389 | 0 | UdpCreateEndpointAfFailure | 1607 | Endpoint:ptr, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1389 | 1 | UdpCreateEndpointAfFailure | 2004 | Endpoint:ptr, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1390 | 0 | UdpCreateEndpointCompartmentFailure | 1607 | Endpoint:ptr, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1390 | 1 | UdpCreateEndpointCompartmentFailure | 2004 | Endpoint:ptr, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1391 | 0 | UdpCreateEndpointComplete | 1607 | Endpoint:ptr, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1391 | 1 | UdpCreateEndpointComplete | 2004 | Endpoint:ptr, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1392 | 0 | UdpCreateEndpointInspectionFailure | 1607 | Endpoint:ptr, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32
1392 | 1 | UdpCreateEndpointInspectionFailure | 2004 | Endpoint:ptr, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1393 | 0 | UdpBindEndpointResolutionFailure | 1607 | LA, Status:u32, Endpoint:ptr
1394 | 0 | UdpBindEndpointPortFailure | 1607 | LA, Status:u32, Endpoint:ptr
1395 | 0 | UdpBindEndpointInspectionFailure | 1607 | LA, Status:u32, Endpoint:ptr
1396 | 0 | UdpBindEndpointComplete | 1607 | LA, Status:u32, Endpoint:ptr
1396 | 1 | UdpBindEndpointComplete | W11-23H2 | LA, Status:u32, Endpoint:ptr, Pid:u32, ProcessStartKey:u64
1397 | 0 | UdpCloseEndpointBound | 1607 | LA, Status:u32, Endpoint:ptr
1398 | 0 | UdpCloseEndpointUnBound | 1607 | LA, Status:u32, Endpoint:ptr
1468 | 0 | TcpSystemAbortTcb | 1803 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr
1468 | 1 | TcpSystemAbortTcb | 2004 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1468 | 2 | TcpSystemAbortTcb | W11-24H2 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64, Reason:u32
1470 | 0 | TcpBindEndpointWakeFailure | 1809 | LA, Status:u32
1470 | 1 | TcpBindEndpointWakeFailure | W11-21H2 | Endpoint:ptr, LA, Status:u32
1471 | 0 | UdpBindEndpointWakeFailure | 1809 | LA, Status:u32, Endpoint:ptr
1472 | 0 | InetWakeAcquirePort | 1809 | AcquireType:u32, Port:u16, AddressFamily:u32, Interface:u32, Compartment:u32
1479 | 0 | TcpRstSend | 1903 | Tcb:ptr, IPTransportProtocol:u32, AddressFamily:u32, LA, RA, Reason:u32
1480 | 0 | TcpRecentConnectionFailure | 1903 | Status:u32, LA, RA, TcpState:u32, ProcessId:u32, Hour:u16, Minute:u16, Second:u16, Reason:u32
1480 | 1 | TcpRecentConnectionFailure | 2004 | Status:u32, LA, RA, TcpState:u32, ProcessId:u32, Hour:u16, Minute:u16, Second:u16, Reason:u32, ProcessStartKey:u64
1519 | 0 | TcpGlobalPortReservation1519 | W11-21H2 | ProcessId:u32, Status:u32, ReservationType:u32, IPTransportProtocol:u32, StartPort:u16, NumberOfPorts:u16, ProcessSequenceNumber:u64
1531 | 0 | RawEndpoint1531 | W11-21H2 | Endpoint:ptr, AddressFamily:u32, IPTransportProtocol:u32, Compartment:u32, ProcessId:u32, ProcessSequenceNumber:u64, Reason:u32, Status:u32
1532 | 0 | RawEndpoint1532 | W11-21H2 | Endpoint:ptr, AddressFamily:u32, IPTransportProtocol:u32, Compartment:u32, ProcessId:u32, ProcessSequenceNumber:u64, Reason:u32, Status:u32
1533 | 0 | RawEndpoint1533 | W11-21H2 | Endpoint:ptr, IPTransportProtocol:u32, LA, Reason:u32, Status:u32
1534 | 0 | RawEndpoint1534 | W11-21H2 | Endpoint:ptr, IPTransportProtocol:u32, LA, Reason:u32, Status:u32
1535 | 0 | RawEndpoint1535 | W11-21H2 | Endpoint:ptr
1555 | 0 | TcpConnectionTerminatedByNsi | W11-21H2 | Tcb:ptr, State:u32, Pid:u32, ProcessStartKey:u64, Shutdown:u32
1562 | 0 | TcpCreateEndpointAccessFailure | W11-21H2 | LA, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1563 | 0 | UdpCreateEndpointAccessFailure | W11-21H2 | Endpoint:ptr, Status:u32, ProcessId:u32, CompartmentId:u32, AddressFamily:u32, ProcessStartKey:u64
1564 | 0 | TcpConnectTcbFailedAccess | W11-21H2 | LA, RA, Status:u32, ProcessId:u32, Compartment:u32, Tcb:ptr, ProcessStartKey:u64
1603 | 0 | TcpDisconnect | W11-24H2 | Tcb:ptr, State:u32, Injected:wstr0, DataLength:u64
`;
