/**
 * A text as it is searched: on one line, since consoles and logs break lines where they like, with one kind of apostrophe, and once
 * more in small letters of the same length, so that a place in one is the same place in the other.
 */

export interface PlainText {
  readonly shown: string;
  readonly folded: string;
}

/** Marks that part nothing: directions of writing, as Arabic and Hebrew logs have them around numbers, soft hyphens, widths of zero. */
const UNSEEN = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** Letters, digits and signs of ASCII in the width of a Chinese one. */
const WIDE = /[\uff01-\uff5e]/g;
const WIDTH = 0xfee0;

const narrow = (wide: string): string => String.fromCharCode(wide.charCodeAt(0) - WIDTH);

export const plainText = (text: string): PlainText => {
  const shown = text
    .normalize("NFC")
    .replace(UNSEEN, "")
    .replace(WIDE, narrow)
    .replace(/\s+/g, " ")
    .replace(/[’‘]/g, "'")
    // The one letter whose small form is longer: a capital I with a dot, of Turkish.
    .replaceAll("İ", "I")
    .trim();
  return { shown, folded: shown.toLowerCase() };
};

/** An entry's text in the same form. */
export const folded = (text: string): string => plainText(text).folded;
