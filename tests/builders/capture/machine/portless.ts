// Sockets that hold no port, and look like any other to who counts handles (handles reference, section 2).

import type { Machine, PortlessKind, Process } from "../machine.ts";
import { newObject } from "./handles.ts";

export const opensPortless = (box: Machine, owner: Process, count: number, kind: PortlessKind): void => {
  for (let index = 0; index < count; index += 1) box.portless.push({ kind, object: newObject(box, owner, "socket") });
};
