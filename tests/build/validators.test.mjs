// The generated validators: each kind of record meets its own schema, and a problem is said with its place.

import { describe, expect, test } from "@jest/globals";
import { validateRecord } from "../../engine/generated/validators.mjs";

const failureRow = {
  time: "2026-11-24T03:00:00.0000001Z",
  processId: 4711,
  processName: null,
  operation: "bind",
  protocol: "tcp",
  local: null,
  remote: null,
  status: "0xC0000209",
  name: "STATUS_TOO_MANY_ADDRESSES",
  isExhaustion: true,
  meaning: "No port was free.",
  witnesses: ["afd"],
};

describe("validateRecord", () => {
  test("accepts records that keep the contract", () => {
    expect(validateRecord({ kind: "hello", engine: "1.0.0", contract: 1 })).toEqual([]);
    expect(validateRecord({ kind: "end", status: "done" })).toEqual([]);
    expect(validateRecord({ kind: "rows", of: "failure", rows: [failureRow] })).toEqual([]);
  });

  test("says what is wrong and where", () => {
    const row = { ...failureRow, status: "0xc0000209" };
    expect(validateRecord({ kind: "rows", of: "failure", rows: [failureRow, row] })).toEqual([
      expect.stringMatching(/^rows:failure\/rows\/1\/status /),
    ]);
    expect(validateRecord({ kind: "hello", engine: "1.0.0" })).toEqual([expect.stringMatching(/contract/)]);
  });

  test("refuses names that the contract does not have", () => {
    expect(validateRecord({ kind: "end", status: "done", more: 1 })).toHaveLength(1);
  });

  test.each([[{ kind: "unheard-of" }], [{ kind: "rows", of: "unheard-of", rows: [] }], [{}], [null], ["hello"]])(
    "refuses %j, which is no record",
    (record) => {
      expect(validateRecord(record)).toHaveLength(1);
    },
  );
});
