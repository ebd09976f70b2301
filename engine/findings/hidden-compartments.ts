/** Containers and machines inside this one have networks of their own, whose ports the tables here do not show. */
import { type VirtualNetworkKind, virtualNetworks } from "../verdict/capture/virtual-networks.ts";
import type { CaptureCase } from "./case.ts";
import { CAPTURE_NEEDS } from "./needs.ts";
import { NOBODY, type Rule, type Sighting } from "./rule.ts";

const WHAT: Readonly<Record<VirtualNetworkKind, string>> = {
  hns: "Host Network Service",
  wsl: "WSL",
  docker: "Docker or containerd",
  "hyper-v": "Hyper-V",
};

const seeCapture = ({ snapshot }: CaptureCase): readonly Sighting[] => {
  const found = virtualNetworks(snapshot);
  if (found.length === 0) return [];
  return [
    {
      severity: "Information",
      protocol: null,
      summary: `${found.map(({ kind }) => WHAT[kind]).join(", ")} ${found.length === 1 ? "runs" : "run"} here: ports that are used inside containers or virtual machines are not among those counted.`,
      evidence: [
        `Seen by: ${found.map(({ sign, processId }) => `${sign} (${processId})`).join(", ")}.`,
        "Whether a container runs now was not asked.",
      ],
      process: NOBODY,
    },
  ];
};

export const hiddenCompartments: Rule = {
  id: "hidden-compartments",
  title: "Networks that are not seen here",
  why: "A Windows container has a network compartment of its own, a virtual machine or WSL a network stack of its own: ports can run out inside it while this machine has plenty.",
  advice: "Where a program in a container fails, look at the ports inside that container or machine.",
  capture: { needs: [CAPTURE_NEEDS.processes], see: seeCapture },
};
