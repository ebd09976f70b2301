/** The process that holds the ports runs one service: its sockets are closed when it stops. */
import type { RemedyRule } from "./remedy-rule.ts";
import { isRunning, quoted } from "./processes.ts";

export const restartService: RemedyRule = {
  id: "restart-service",
  title: "Restart the service that holds the ports",
  phase: "Now",
  risk: "Medium",
  reboot: false,
  reversible: false,
  willNotFix: ["The leak itself: the ports will be used up again, as fast as before."],
  sources: [
    "https://learn.microsoft.com/troubleshoot/windows-client/networking/tcp-ip-port-exhaustion-troubleshooting",
    "https://learn.microsoft.com/powershell/module/microsoft.powershell.management/restart-service",
  ],
  tell: ({ processId, processName, services, summary }, seen) => {
    const [service] = services;
    if (processId === null || service === undefined || services.length > 1 || !isRunning(seen, processId)) return null;
    return {
      title: `Restart the service ${service}`,
      reason: summary,
      commands: [`Restart-Service -Name ${quoted(service)} -Force`],
      advice: [],
      consequence: `${processName ?? "The process"} (${processId}) ends and closes its sockets, and the service starts anew; services that depend on it are restarted too. Windows frees the ports at once, those of its open connections after TIME_WAIT.`,
      undo: [],
      checkFirst: [
        `Get-Service -Name ${quoted(service)} -DependentServices`,
        "New-PortSnapshot, so that the maker of the program gets the evidence that the restart destroys.",
      ],
    };
  },
};
