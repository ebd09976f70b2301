/** Every entry, in the order of docs/errors.md. */
import { DOTNET } from "./dotnet.ts";
import type { Entry } from "./entry.ts";
import { NTSTATUS } from "./ntstatus.ts";
import { PROGRAMS } from "./programs.ts";
import { WIN32 } from "./win32.ts";
import { WINDOWS_EVENTS } from "./windows-events.ts";
import { WINSOCK } from "./winsock.ts";

export const ENTRIES: readonly Entry[] = [...WINSOCK, ...NTSTATUS, ...WINDOWS_EVENTS, ...WIN32, ...DOTNET, ...PROGRAMS];
