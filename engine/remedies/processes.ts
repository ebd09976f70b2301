/** What remedies may say of processes and how they are named in commands. */
import { isKernelOrNobody } from "../model/process.ts";
import type { RemedyCase } from "./case.ts";

/** It can be ended or restarted: it is seen to run, and is not the kernel. */
export const isRunning = ({ capture }: RemedyCase, processId: number): boolean =>
  !isKernelOrNobody(processId) && capture !== null && capture.snapshot.processes.has(processId);

/** In single quotes, of which PowerShell takes nothing as a variable. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
