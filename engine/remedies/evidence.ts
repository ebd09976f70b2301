/** What is done beside any remedy: keep what shows the cause, and be told the next time. */
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";

export const collectEvidence: RemedyRule = {
  id: "collect-evidence",
  title: "Save the evidence of this moment",
  phase: "Investigate",
  risk: "Low",
  reboot: false,
  reversible: true,
  willNotFix: ["The shortage: it keeps what shows the cause."],
  sources: [SOURCES.portExhaustion],
  tell: ({ summary }) => ({
    reason: summary,
    commands: ["New-PortSnapshot", "Start-PortTrace -Until Event"],
    advice: [
      "The snapshot tells who holds ports now. The trace tells whose calls fail, and which process opens sockets without closing them; it ends by itself when Windows logs that it has no port.",
    ],
    consequence:
      "The trace records events of sockets, no packets, into a file of 256 MB at most unless -MaxSizeMB says otherwise. Both files tell which programs talk to whom.",
    undo: ["Stop-PortTrace"],
    checkFirst: ["Get-PortTrace, which tells whether a trace runs already."],
  }),
};

export const measureGrowth: RemedyRule = {
  id: "measure-growth",
  title: "Measure who takes ports, and how fast",
  phase: "Investigate",
  risk: "None",
  reboot: false,
  reversible: true,
  willNotFix: ["The shortage: it tells who grows, and when the ports are used up."],
  sources: [SOURCES.portExhaustion],
  tell: ({ summary }) => ({
    reason: summary,
    commands: ["Measure-PortChurn"],
    advice: [
      "A slow leak shows over hours only: take a snapshot with New-PortSnapshot now and then, and give all of them to Compare-PortSnapshot.",
    ],
    consequence: "Reads only, some times in a minute.",
    undo: [],
    checkFirst: [],
  }),
};

export const watchIt: RemedyRule = {
  id: "watch-it",
  title: "Be told before the ports are used up again",
  phase: "Lasting",
  risk: "Low",
  reboot: false,
  reversible: true,
  willNotFix: ["The cause: it tells when it is back, and keeps evidence of that moment."],
  sources: [SOURCES.portExhaustion],
  tell: ({ summary }) => ({
    reason: summary,
    commands: ["Register-PortWatch"],
    advice: ["Get-PortWatch tells its state and history; -OnBreach says what is done when a pool fills up."],
    consequence:
      "A scheduled task of SYSTEM takes a sample every few minutes and keeps a history; at a breach it saves a snapshot and writes an event.",
    undo: ["Unregister-PortWatch"],
    checkFirst: ["Get-PortWatch, which tells whether a watch is registered already."],
  }),
};
