// Lines of CSV, quoted by Export-Csv or not.

import { describe, expect, test } from "@jest/globals";
import { csvHeaderOf, splitCsv } from "../../../../engine/artifacts/text/csv.ts";

describe("a line", () => {
  test.each([
    ["a,b,c", ["a", "b", "c"]],
    ['"a","b"', ["a", "b"]],
    ['"a ""b"", c",2', ['a "b", c', "2"]],
    ['"",""', ["", ""]],
    [" a , b ", ["a", "b"]],
    ['a,"b', ["a", "b"]],
    ["", [""]],
    ["a,", ["a", ""]],
    ['5" disk,2', ['5" disk', "2"]],
  ])("%j is %j", (line, cells) => {
    expect(splitCsv(line, ",")).toEqual(cells);
  });
});

test("a header is told by the column it must have, whatever parts it", () => {
  expect(csvHeaderOf('"A";"LocalPort"', "localport")).toEqual({ separator: ";", names: ["a", "localport"] });
  expect(csvHeaderOf("A\tLocalPort", "localport")).toEqual({ separator: "\t", names: ["a", "localport"] });
  expect(csvHeaderOf("LocalPort", "localport")).toBeNull();
  expect(csvHeaderOf("A,LocalPortRange", "localport")).toBeNull();
});
