/**
 * A text as it is searched: on one line, since consoles and logs break lines where they like, with one kind of apostrophe, and once
 * more in small letters of the same length, so that a place in one is the same place in the other.
 */

export interface PlainText {
  readonly shown: string;
  readonly folded: string;
}

export const plainText = (text: string): PlainText => {
  // The one letter whose small form is longer: a capital I with a dot, of Turkish.
  const shown = text.normalize("NFC").replace(/\s+/g, " ").replace(/[’‘]/g, "'").replaceAll("İ", "I").trim();
  return { shown, folded: shown.toLowerCase() };
};

/** An entry's text in the same form. */
export const folded = (text: string): string => plainText(text).folded;
