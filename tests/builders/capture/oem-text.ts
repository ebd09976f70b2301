// Text as a Windows console writes it into a pipe: carriage returns, and the OEM code page 850 of western Europe, where
// letters with accents are other bytes than in any other code page. Source of the bytes: Unicode's CP850.TXT.

const CODE_PAGE_850: Readonly<Record<string, number>> = {
  ü: 0x81,
  é: 0x82,
  ä: 0x84,
  è: 0x8a,
  Ä: 0x8e,
  É: 0x90,
  ö: 0x94,
  Ö: 0x99,
  ß: 0xe1,
};

const QUESTION_MARK = 0x3f;

const byteOf = (character: string): number => {
  const code = character.codePointAt(0) ?? QUESTION_MARK;
  return code < 0x80 ? code : (CODE_PAGE_850[character] ?? QUESTION_MARK);
};

export const oemBytes = (lines: readonly string[]): Uint8Array =>
  Uint8Array.from(
    lines.flatMap((line) => [...line, "\r", "\n"]),
    byteOf,
  );
