// Knows: how to write a large trace quickly, for the benchmark only (tests use the writer in tests/builders, which says
// what it writes in words). About 30 % of the records are Winsock-AFD, 5 % TCPIP, the rest captured packets; 205 bytes a
// record on average; eight processors, buffers of 512 KB as `netsh trace stop` writes them.

import { closeSync, openSync, writeSync } from "node:fs";

const BUFFER_SIZE = 0x80000;
const PROCESSORS = 8;
const HEADER = 0x48;
const START_TICKS = 5_000_000_000n;
const START_FILETIME = 133_770_000_000_000_000n;

const AFD = [0xe53c6823, 0x44bb7bb8, 0x863fdc90, 0xa6480d09];
const TCPIP = [0x2f07e2ee, 0x40f115db, 0x7b9def90, 0x8a1882a2];
const PACKETS = [0x2ed6006e, 0x46094729, 0xe73e23b4, 0xef78d6bc];

/** A small generator of repeatable pseudo-random numbers (mulberry32), so that two runs measure the same file. */
const createRandom = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

const createBuffer = (processor) => {
  const bytes = Buffer.alloc(BUFFER_SIZE, 0xff);
  return { processor, bytes, view: new DataView(bytes.buffer, bytes.byteOffset, BUFFER_SIZE), at: HEADER, sequence: 0 };
};

const writeBufferHeader = ({ view, at, processor, sequence }, type, ticks) => {
  for (let offset = 0; offset < HEADER; offset += 4) view.setUint32(offset, 0, true);
  view.setUint32(0x00, BUFFER_SIZE, true);
  view.setUint32(0x04, at, true);
  view.setBigInt64(0x10, START_TICKS + BigInt(ticks), true);
  view.setBigInt64(0x18, BigInt(sequence), true);
  view.setUint16(0x28, processor, true);
  view.setUint32(0x2c, 3, true);
  view.setUint32(0x30, at, true);
  view.setUint16(0x34, 0x20, true);
  view.setUint16(0x36, type, true);
};

const writeLogHeader = (file, buffersWritten) => {
  const buffer = createBuffer(0);
  const { view } = buffer;
  const size = 0x20 + 0x118 + 4;
  for (let offset = HEADER; offset < HEADER + size + 8; offset += 4) view.setUint32(offset, 0, true);
  view.setUint32(HEADER, 0xc0020002, true);
  view.setUint16(HEADER + 4, size, true);
  view.setBigInt64(HEADER + 16, START_TICKS, true);
  const payload = HEADER + 0x20;
  view.setUint32(payload, BUFFER_SIZE, true);
  view.setUint32(payload + 0x04, 0x0501000a, true);
  view.setUint32(payload + 0x08, 26100, true);
  view.setUint32(payload + 0x0c, PROCESSORS, true);
  view.setBigInt64(payload + 0x10, START_FILETIME + 6_000_000_000n, true);
  view.setUint32(payload + 0x20, 0x00010001, true);
  view.setUint32(payload + 0x24, buffersWritten, true);
  view.setUint32(payload + 0x2c, 8, true);
  view.setBigInt64(payload + 0x100, 10_000_000n, true);
  view.setBigInt64(payload + 0x108, START_FILETIME, true);
  view.setUint32(payload + 0x110, 1, true);
  buffer.at = HEADER + ((size + 7) & ~7);
  writeBufferHeader(buffer, 4, 0);
  writeSync(file, buffer.bytes, 0, BUFFER_SIZE, 0);
};

/** The steps of one connection, as AFD logs them: [id, EnterExit]. */
const STEPS = [
  [1000, 0],
  [1000, 1],
  [1030, 0],
  [1030, 1],
  [1021, 0],
  [1020, 1],
  [1003, 0],
  [1003, 1],
  [1004, 0],
  [1004, 1],
  [1003, 0],
  [1003, 1],
  [1004, 0],
  [1004, 1],
  [1002, 0],
  [1002, 1],
  [1001, 0],
  [1001, 1],
];
const OPEN_CONNECTIONS = 2000;
const PORTS = 16_384;

/** Payload bytes behind EnterExit, Location, Process and Endpoint. */
const AFD_TAIL = { 1000: 24, 1001: 4, 1002: 4, 1003: 20, 1004: 20, 1020: 4, 1021: 36, 1030: 24 };
const SOCKADDR = 16;

const writeSockaddr = (view, at, address, port) => {
  view.setUint32(at, SOCKADDR, true);
  view.setUint16(at + 4, 2, true);
  view.setUint16(at + 6, port, false);
  view.setUint32(at + 8, address, false);
  view.setBigUint64(at + 12, 0n, true);
};

/** Writes a trace of about `sizeBytes` to `path`; returns how many records of each kind it has. */
export const makeTrace = (path, sizeBytes) => {
  const file = openSync(path, "w");
  const random = createRandom(20_261_124);
  const buffers = Array.from({ length: PROCESSORS }, (_, processor) => createBuffer(processor));
  const connections = Array.from({ length: OPEN_CONNECTIONS }, (_, index) => ({ step: 0, serial: index }));
  const counts = { afd: 0, tcpip: 0, packets: 0 };
  let position = BUFFER_SIZE;
  let ticks = 0;
  let serial = OPEN_CONNECTIONS;
  let sequence = 0;

  const flush = (buffer) => {
    buffer.bytes.fill(0xff, buffer.at);
    buffer.sequence = sequence;
    sequence += 1;
    writeBufferHeader(buffer, 0, ticks);
    writeSync(file, buffer.bytes, 0, BUFFER_SIZE, position);
    position += BUFFER_SIZE;
    buffer.at = HEADER;
  };

  /** Header of a record; returns where and in which view its payload begins. */
  const begin = (guid, id, payloadSize, processId) => {
    const size = 0x50 + payloadSize;
    const buffer = buffers[Math.floor(random() * PROCESSORS)];
    if (buffer.at + size + 8 > BUFFER_SIZE) flush(buffer);
    const { view, at } = buffer;
    ticks += 1 + Math.floor(random() * 20);
    view.setUint32(at, 0xc0130000 | size, true);
    view.setUint32(at + 4, 0, true);
    view.setUint32(at + 8, 4000 + buffer.processor, true);
    view.setUint32(at + 12, processId, true);
    view.setBigInt64(at + 16, START_TICKS + BigInt(ticks), true);
    for (let word = 0; word < 4; word += 1) view.setUint32(at + 24 + word * 4, guid[word], true);
    view.setUint32(at + 40, id, true);
    for (let offset = 44; offset < 0x50; offset += 4) view.setUint32(at + offset, 0, true);
    buffer.at = at + ((size + 7) & ~7);
    return { view, at: at + 0x50 };
  };

  const afd = () => {
    counts.afd += 1;
    const connection = connections[Math.floor(random() * OPEN_CONNECTIONS)];
    const [id, enterExit] = STEPS[connection.step];
    const processId = 1000 + (connection.serial % 40) * 4;
    const port = 49_152 + (connection.serial % PORTS);
    const { view, at } = begin(AFD, id, 24 + AFD_TAIL[id], processId);
    view.setUint32(at, enterExit, true);
    view.setUint32(at + 4, 7000 + connection.step, true);
    view.setBigUint64(at + 8, 0xffff_a000_0000_0000n + BigInt(processId) * 0x1000n, true);
    view.setBigUint64(at + 16, 0xffff_b000_0000_0000n + BigInt(connection.serial % 50_000) * 0x400n, true);
    for (let offset = 24; offset < 24 + AFD_TAIL[id]; offset += 4) view.setUint32(at + offset, 0, true);
    if (id === 1000) {
      view.setUint32(at + 24, 2, true);
      view.setUint32(at + 28, 1, true);
      view.setUint32(at + 32, 6, true);
      view.setUint32(at + 36, processId, true);
    }
    if (id === 1030) writeSockaddr(view, at + 28, 0, enterExit === 0 ? 0 : port);
    if (id === 1021) writeSockaddr(view, at + 40, 0x0a000000 + (connection.serial % 500), 443);
    connection.step += 1;
    if (connection.step < STEPS.length) return;
    connection.step = 0;
    connection.serial = serial;
    serial += 1;
  };

  const tcpip = () => {
    counts.tcpip += 1;
    const id = counts.tcpip % 2 === 0 ? 1191 : 1193;
    const { view, at } = begin(TCPIP, id, 22, 0);
    view.setBigUint64(at, 0xffff_c000_0000_0000n, true);
    view.setUint16(at + 8, 49_152 + ((counts.tcpip >> 1) % PORTS), false);
    view.setUint32(at + 10, 0, true);
    view.setBigUint64(at + 14, 0n, true);
  };

  const packet = () => {
    counts.packets += 1;
    const length = 60 + Math.floor(random() * 190);
    const { view, at } = begin(PACKETS, 1001, 12 + length, 0);
    view.setUint32(at + 8, length, true);
  };

  while (position + PROCESSORS * BUFFER_SIZE < sizeBytes) {
    const share = random();
    if (share < 0.3) afd();
    else if (share < 0.35) tcpip();
    else packet();
  }
  for (const buffer of buffers) flush(buffer);
  writeLogHeader(file, position / BUFFER_SIZE);
  closeSync(file);
  return { ...counts, records: counts.afd + counts.tcpip + counts.packets, sizeBytes: position };
};
