/** Port numbers. Windows' default dynamic range since Vista: 16,384 ports from 49152 on, per transport (KB929851). */

export const PORTS = 65_536;
export const DEFAULT_DYNAMIC_START = 49_152;
export const DEFAULT_DYNAMIC_PORTS = 16_384;
/** Windows refuses to set fewer (netsh int ipv4 set dynamicport): a smaller range was misread or cut. */
export const SMALLEST_DYNAMIC_PORTS = 255;

export const swapBytes = (port: number): number => ((port & 0xff) << 8) | (port >>> 8);
