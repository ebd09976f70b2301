/**
 * Programs that make networks of their own beside the machine's, by the services and processes that run: they reserve blocks of
 * ports, and have connections that the machine's own tables do not show.
 */
import type { Snapshot, SnapshotProcess } from "../../artifacts/snapshot.ts";

export type VirtualNetworkKind = "hns" | "wsl" | "docker" | "hyper-v";

export interface VirtualNetwork {
  readonly kind: VirtualNetworkKind;
  readonly processId: number;
  /** The service or image that tells of it. */
  readonly sign: string;
}

/** Host Network Service; Windows Subsystem for Linux (of the Store, inbox); Docker's engine and desktop; Hyper-V's machines. */
const SERVICES: Readonly<Record<string, VirtualNetworkKind>> = {
  hns: "hns",
  wslservice: "wsl",
  lxssmanager: "wsl",
  docker: "docker",
  "com.docker.service": "docker",
  vmms: "hyper-v",
};

const IMAGES: Readonly<Record<string, VirtualNetworkKind>> = {
  "wslservice.exe": "wsl",
  "dockerd.exe": "docker",
  "com.docker.backend.exe": "docker",
  "containerd.exe": "docker",
  "vmms.exe": "hyper-v",
  "vmwp.exe": "hyper-v",
};

const signsOf = ([processId, { name, services }]: [number, SnapshotProcess]): readonly VirtualNetwork[] => {
  const byService = services.flatMap((sign) => {
    const kind = SERVICES[sign.toLowerCase()];
    return kind === undefined ? [] : [{ kind, processId, sign }];
  });
  const kind = name === null ? undefined : IMAGES[name.toLowerCase()];
  return name === null || kind === undefined ? byService : [...byService, { kind, processId, sign: name }];
};

/** One sign of each kind. */
export const virtualNetworks = ({ processes }: Snapshot): readonly VirtualNetwork[] => {
  const all = [...processes].flatMap(signsOf);
  return all.filter(({ kind }, index) => all.findIndex((each) => each.kind === kind) === index);
};

export const runs = (snapshot: Snapshot, kind: VirtualNetworkKind): boolean =>
  virtualNetworks(snapshot).some((network) => network.kind === kind);
