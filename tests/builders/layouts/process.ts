// Events that give PIDs their names: sections 3.3 and 3.4 of the etl-format reference.

/** MSNT_SystemTrace Process: `types | version | name | fields` with offsets as in the reference's columns.
 * wbemSid is a single zero u32, or TOKEN_USER (two pointers) and then the SID. */
export const PROCESS_LAYOUTS = `
1,2,3,4,39 | 2 | Process | UniqueProcessKey:ptr@0/0, ProcessId:u32@8/4, ParentId:u32@12/8, SessionId:u32@16/12, ExitStatus:i32@20/16, UserSID:wbemSid@24/20, ImageFileName:AnsiString@after UserSID, CommandLine:wstr0@after UserSID
1,2,3,4,39 | 3 | Process | UniqueProcessKey:ptr@0/0, ProcessId:u32@8/4, ParentId:u32@12/8, SessionId:u32@16/12, ExitStatus:i32@20/16, DirectoryTableBase:ptr@24/20, UserSID:wbemSid@32/24, ImageFileName:AnsiString@after UserSID, CommandLine:wstr0@after UserSID
1,2,3,4,39 | 4 | Process | UniqueProcessKey:ptr@0/0, ProcessId:u32@8/4, ParentId:u32@12/8, SessionId:u32@16/12, ExitStatus:i32@20/16, DirectoryTableBase:ptr@24/20, Flags:u32@32/24, UserSID:wbemSid@36/28, ImageFileName:AnsiString@after UserSID, CommandLine:wstr0@after UserSID, PackageFullName:wstr0@after UserSID, ApplicationId:wstr0@after UserSID
39 | 5 | Process | UniqueProcessKey:ptr@0/0, ProcessId:u32@8/4, ParentId:u32@12/8, SessionId:u32@16/12, ExitStatus:i32@20/16, DirectoryTableBase:ptr@24/20, Flags:u32@32/24, UserSID:wbemSid@36/28, ImageFileName:AnsiString@after UserSID, CommandLine:wstr0@after UserSID, PackageFullName:wstr0@after UserSID, ApplicationId:wstr0@after UserSID, ExitTime:u64@after UserSID
`;

/** Microsoft-Windows-Kernel-Process. The reference breaks off behind ImageName in the sequence-number
 * versions; the same four fields as in version 2 follow there (OTRF/OSSEM data dictionary, event 1 v3 and
 * 15 v1), then what 24H2 and 26H1 added. The fields of Stop are from the same dictionary (event 2 v1, v2);
 * its version 0 is version 1 without the counters. */
export const KERNEL_PROCESS_LAYOUTS = `
1 | 0 | ProcessStart | ProcessID:u32@0/0, CreateTime:u64@4/4, ParentProcessID:u32@12/12, SessionID:u32@16/16, ImageName:wstr0@20/20
1 | 1 | ProcessStart | ProcessID:u32@0/0, CreateTime:u64@4/4, ParentProcessID:u32@12/12, SessionID:u32@16/16, Flags:u32@20/20, ImageName:wstr0@24/24
1,15:0 | 2 | ProcessStart | ProcessID:u32@0/0, CreateTime:u64@4/4, ParentProcessID:u32@12/12, SessionID:u32@16/16, Flags:u32@20/20, ImageName:wstr0@24/24, ImageChecksum:u32@after ImageName, TimeDateStamp:u32@after ImageName, PackageFullName:wstr0@after ImageName, PackageRelativeAppId:wstr0@after ImageName
1,15:1 | 3 | ProcessStart | ProcessID:u32@0/0, ProcessSequenceNumber:u64@4/4, CreateTime:u64@12/12, ParentProcessID:u32@20/20, ParentProcessSequenceNumber:u64@24/24, SessionID:u32@32/32, Flags:u32@36/36, ProcessTokenElevationType:u32@40/40, ProcessTokenIsElevated:u32@44/44, MandatoryLabel:sid@48/48, ImageName:wstr0@after MandatoryLabel, ImageChecksum:u32@after MandatoryLabel, TimeDateStamp:u32@after MandatoryLabel, PackageFullName:wstr0@after MandatoryLabel, PackageRelativeAppId:wstr0@after MandatoryLabel
1,15:2 | 4 | ProcessStart | ProcessID:u32@0/0, ProcessSequenceNumber:u64@4/4, CreateTime:u64@12/12, ParentProcessID:u32@20/20, ParentProcessSequenceNumber:u64@24/24, SessionID:u32@32/32, Flags:u32@36/36, ProcessTokenElevationType:u32@40/40, ProcessTokenIsElevated:u32@44/44, MandatoryLabel:sid@48/48, ImageName:wstr0@after MandatoryLabel, ImageChecksum:u32@after MandatoryLabel, TimeDateStamp:u32@after MandatoryLabel, PackageFullName:wstr0@after MandatoryLabel, PackageRelativeAppId:wstr0@after MandatoryLabel, SecurityMitigations:u32@after MandatoryLabel
1,15:3 | 5 | ProcessStart | ProcessID:u32@0/0, ProcessSequenceNumber:u64@4/4, CreateTime:u64@12/12, ParentProcessID:u32@20/20, ParentProcessSequenceNumber:u64@24/24, SessionID:u32@32/32, Flags:u32@36/36, ProcessTokenElevationType:u32@40/40, ProcessTokenIsElevated:u32@44/44, MandatoryLabel:sid@48/48, ImageName:wstr0@after MandatoryLabel, ImageChecksum:u32@after MandatoryLabel, TimeDateStamp:u32@after MandatoryLabel, PackageFullName:wstr0@after MandatoryLabel, PackageRelativeAppId:wstr0@after MandatoryLabel, SecurityMitigations:u32@after MandatoryLabel, PartitionID:u32@after MandatoryLabel, ProcessMachine:u16@after MandatoryLabel
2 | 0 | ProcessStop | ProcessID:u32, CreateTime:u64, ExitTime:u64, ExitCode:u32, TokenElevationType:u32, HandleCount:u32, CommitCharge:u64, CommitPeak:u64, ImageName:AnsiString
2 | 1 | ProcessStop | ProcessID:u32, CreateTime:u64, ExitTime:u64, ExitCode:u32, TokenElevationType:u32, HandleCount:u32, CommitCharge:u64, CommitPeak:u64, CPUCycleCount:u64, ReadOperationCount:u32, WriteOperationCount:u32, ReadTransferKiloBytes:u32, WriteTransferKiloBytes:u32, HardFaultCount:u32, ImageName:AnsiString
2 | 2 | ProcessStop | ProcessID:u32, ProcessSequenceNumber:u64, CreateTime:u64, ExitTime:u64, ExitCode:u32, TokenElevationType:u32, HandleCount:u32, CommitCharge:u64, CommitPeak:u64, CPUCycleCount:u64, ReadOperationCount:u32, WriteOperationCount:u32, ReadTransferKiloBytes:u32, WriteTransferKiloBytes:u32, HardFaultCount:u32, ImageName:AnsiString
5 | 0 | ImageLoad | ImageBase:ptr, ImageSize:ptr, ProcessID:u32, ImageCheckSum:u32, TimeDateStamp:u32, DefaultBase:ptr, ImageName:wstr0
`;
