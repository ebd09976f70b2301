/** Format-List: "Name : value", one property a line, a blank line between objects, which may be lost in a paste. */

import { CORE, isPropertyName, type PropertyRecord } from "./property-record.ts";
import type { Transport } from "../../model/socket-row.ts";

export interface ListReader {
  /** True where the line was a property of an object that is read here. */
  readonly line: (line: string, number: number, mention: Transport | null) => boolean;
  readonly end: () => void;
}

interface Open {
  readonly line: number;
  readonly protocol: Transport | null;
  readonly values: Map<string, string>;
}

/** Properties that other objects do not have: a service has a State too. */
const OWN: readonly string[] = ["localport", "localaddress", "remoteport", "remoteaddress"];

interface Property {
  readonly name: string;
  readonly value: string;
}

const propertyOf = (line: string): Property | null => {
  const colon = line.indexOf(":");
  if (colon <= 0) return null;
  const name = line.slice(0, colon).trim();
  const value = line.slice(colon + 1);
  return isPropertyName(name) && /^(\s|$)/.test(value) ? { name: name.toLowerCase(), value: value.trim() } : null;
};

export const createListReader = (keep: (record: PropertyRecord) => void): ListReader => {
  let open: Open | null = null;

  const end = (): void => {
    const values = open?.values;
    if (open !== null && OWN.some((name) => values?.has(name))) keep(open);
    open = null;
  };

  return {
    end,
    line: (line, number, mention) => {
      if (line.trim() === "") end();
      const property = propertyOf(line);
      if (property === null) return false;
      if (open?.values.has(property.name)) end();
      if (open === null && !CORE.has(property.name)) return false;
      open ??= { line: number, protocol: mention, values: new Map() };
      open.values.set(property.name, property.value);
      return true;
    },
  };
};
