/** Owners of ports and of AFD handles -> rows of the contract. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import { formatFiletime } from "../bytes/filetime.ts";
import type { AfdOwner, PortOwner } from "../generated/records.ts";
import type { Accounts, ProtocolAccounts } from "../pools/accounts.ts";
import type { Owner } from "../pools/owners.ts";
import { processNameOf, servicesOf } from "../verdict/capture/names.ts";

type Named = Pick<PortOwner, "processName" | "services">;

const NOBODY: Named = { processName: null, services: [] };

const named = (snapshot: Snapshot, processId: number | null): Named =>
  processId === null
    ? NOBODY
    : { processName: processNameOf(snapshot, processId), services: servicesOf(snapshot, processId) };

const portOwner = (snapshot: Snapshot, { protocol, pools }: ProtocolAccounts, owner: Owner): PortOwner => {
  const used = pools.reduce((sum, { pool }) => sum + pool.used, 0);
  const { processId, creator, ports, byClass, oldest, holder, likelyTimeWait } = owner;
  const isPresent = creator !== "ended" && creator !== "recycled" && processId !== 0;
  return {
    processId,
    ...(isPresent ? named(snapshot, processId) : NOBODY),
    protocol,
    ports,
    share: used === 0 ? 0 : Math.min(1, ports / used),
    ...byClass,
    likelyTimeWait,
    oldest: oldest === null ? null : formatFiletime(oldest),
    creator,
    holder: holder === null ? null : { ...holder, ...named(snapshot, holder.processId) },
  };
};

export const portOwnerRows = (snapshot: Snapshot, { tcp, udp }: Accounts): readonly PortOwner[] =>
  [tcp, udp]
    .flatMap((accounts) => accounts.owners.map((owner) => portOwner(snapshot, accounts, owner)))
    .sort((a, b) => b.ports - a.ports || (a.processId ?? -1) - (b.processId ?? -1));

const listedName = ({ listedHandles }: Snapshot, processId: number | null): string | null =>
  listedHandles.find((listed) => listed.processId === processId)?.processName ?? null;

export const afdOwnerRows = (snapshot: Snapshot, { afdOwners }: Accounts): readonly AfdOwner[] => {
  const all = afdOwners.reduce((sum, { handles }) => sum + handles, 0);
  return afdOwners.map(({ processId, handles, ...counts }) => {
    const { processName, services } = named(snapshot, processId);
    const name = processName ?? listedName(snapshot, processId);
    return { processId, processName: name, services, handles, ...counts, share: all === 0 ? 0 : handles / all };
  });
};
