// Objects and the handles to them. An object lives as long as somebody has a handle to it; a copy of a handle, inherited or
// duplicated, is another handle to the same object. Handle values are multiples of 4 (handles reference, sections 1 and 3).

import type { KernelObject, Machine, Process } from "../machine.ts";

const nextValue = (box: Machine, processId: number): number => {
  const value = (box.handleValues.get(processId) ?? 0) + 4;
  box.handleValues.set(processId, value);
  return value;
};

export const addHandle = (box: Machine, object: KernelObject, { processId }: Process): void => {
  object.handles.push({ processId, value: nextValue(box, processId) });
};

const ADDRESSES = { 4: 0x8640_0000n, 8: 0xffff_e20a_1c00_0000n } as const;

/** An object in non-paged pool, where file objects lie 0x180 bytes apart or more. */
export const newObject = (
  box: Machine,
  owner: Process | null,
  kind: KernelObject["kind"],
  device = "\\Device\\Afd",
): KernelObject => {
  box.made += 1;
  const address = ADDRESSES[box.options.pointerSize] + BigInt(box.made) * 0x180n;
  const object: KernelObject = { address, kind, device, handles: [] };
  if (owner !== null) addHandle(box, object, owner);
  return object;
};

const repeat = (count: number, turn: () => void): void => {
  for (let index = 0; index < count; index += 1) turn();
};

/** AFD handles of event loops (Mio, wepoll) and of mswsock: no sockets. */
export const helpers = (box: Machine, process: Process, count: number, device = "\\Device\\Afd\\Mio"): void =>
  repeat(count, () => box.objects.push(newObject(box, process, "helper", device)));

/** Handles of type File that are no sockets: files, pipes, devices. */
export const files = (box: Machine, process: Process, count: number): void =>
  repeat(count, () => box.objects.push(newObject(box, process, "file")));

/** Events, keys, threads. */
export const otherHandles = (box: Machine, process: Process, count: number): void =>
  repeat(count, () => box.objects.push(newObject(box, process, "other")));

/** A second handle to each, in the process that has the first or in another one. */
export const shares = (box: Machine, sockets: readonly { readonly object: KernelObject }[], to: Process): void => {
  for (const { object } of sockets) addHandle(box, object, to);
};

/** All sockets that `from` has, as a child that inherits handles gets them. */
export const inherits = (box: Machine, child: Process, from: Process): void =>
  shares(
    box,
    box.sockets.filter(({ object }) => object.handles.some(({ processId }) => processId === from.processId)),
    child,
  );
