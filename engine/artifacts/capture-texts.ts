/**
 * Texts of a capture that a report repeats, cut to what its lines can hold (Windows PowerShell 5.1 takes a megabyte). No
 * Windows makes names as long; a reason may be any message in any language. Process names are cut where images are named.
 */
import type { Capture } from "../generated/records.ts";

/** As printed: what is not ASCII takes six characters. */
const NAME_LENGTH = 600;
const REASON_LENGTH = 900;
const ESCAPED = 6;

const isPlain = (code: number): boolean => code >= 0x20 && code < 0x7f && code !== 0x22 && code !== 0x5c;

const cut = (text: string, length: number): string => {
  let printed = 0;
  for (let index = 0; index < text.length; index += 1) {
    printed += isPlain(text.charCodeAt(index)) ? 1 : ESCAPED;
    if (printed > length) return `${text.slice(0, index)}...`;
  }
  return text;
};

export const withShortTexts = (capture: Capture): Capture => ({
  ...capture,
  machine: { ...capture.machine, name: cut(capture.machine.name, NAME_LENGTH) },
  artifacts: capture.artifacts.map((artifact) => ({
    ...artifact,
    name: cut(artifact.name, NAME_LENGTH),
    reason: artifact.reason === null ? null : cut(artifact.reason, REASON_LENGTH),
  })),
  services: capture.services.map((service) => ({ ...service, name: cut(service.name, NAME_LENGTH) })),
});
