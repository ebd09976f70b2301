/**
 * Words in front of a number that make an error's code of it, in the languages that Windows is mostly used in. "Error" does whatever
 * stands before it; "code" and "status" alone do not, as there are area codes, opcodes, bar codes and the status of an order.
 */

/** At the end of which a code begins, also as the end of a longer word: SocketError, Socketfehler. */
const ERROR_END =
  /(?:error(?:[ _.-]?(?:code|id|no))?|errno|exception|fehler(?:code|nummer)?|hresult|ошибк[аиу]|エラー(?: ?コード| ?番号)?|终止代码|错误(?:代码|码|号|编号)?|錯誤(?:代碼|碼)?|오류(?: ?코드| ?번호)?|에러(?: ?코드)?|خطأ|שגיאה)$/;

/** Only as words. */
const ERROR_WORD =
  /(?<![\p{L}\d_])(?:err|erreur|errore|erro|hata|hiba|fout|fel|feil|fejl|lỗi|σφάλμα|błąd|błędu|chyba|virhe|winsock|wsa|win32|(?:failed|exited|ended) with|(?<=\()os|(?:bind|connect|connectex|listen|accept|send|sendto|recv|recvfrom|select|socket|wsa[a-z]+)(?:\(\))? failed)$/u;

/** A code or a status that by its own name is that of a call or a program. */
const QUALIFIED =
  /(?<![\p{L}\d])(?:err|native|socket|exit|return|result|os|system|win32|wsa|winsock|failure|fault|reason|response|status|nt|last|completion|rückgabe)[ _.-]?(?:code|status)$/u;
const QUALIFIED_ELSEWHERE =
  /(?:status\.code|終了コード|退出代码|返回(?:代码|码|值)|結束代碼|종료 ?코드|код возврата|код завершения)$/;

const BARE = /(?:code|código|codigo|codice|kod|kód|код|コード|代码|代碼|코드|status|hr|rc)$/;
/** Joined to something: barcode, postal-code, 股票代码. */
const JOINED = /[\p{L}\d_.-]$/u;
/** A word in front that does not say of what it is the code. */
const PLAIN_WORD = /(?<!\p{L})(?:with|got|has|had|gave|get|the|and|a|its|return|returned|returns|mit|avec|con|com|с)$/u;

/** "errors: 10055" counts them; "errors 10048 and 10055" names them. */
const PLURAL = /(?<!\p{L})(?:error|exception|fehlercode|code|error code)s$/u;
const COUNTED = /(?:total|number of|count of|all)(?: of)? \S+$/;

/** A query returns rows, a call a code. */
const RETURNED = /(?<!\p{L})returned$/u;
const MORE_WORDS = /^ \p{L}/u;

const isErrorEnd = (label: string): boolean => ERROR_END.test(label) || ERROR_WORD.test(label);

const isBareCode = (label: string): boolean => {
  const bare = BARE.exec(label);
  if (bare === null) return false;
  const before = label.slice(0, bare.index);
  if (JOINED.test(before)) return false;
  const trimmed = before.trimEnd();
  return !/\p{L}$/u.test(trimmed) || PLAIN_WORD.test(trimmed) || isErrorEnd(trimmed);
};

/** `after`: what follows the number. */
export const isErrorLabel = (label: string, isListed: boolean, after: string): boolean => {
  if (PLURAL.test(label)) return isListed && !COUNTED.test(label);
  if (RETURNED.test(label)) return !MORE_WORDS.test(after);
  return isErrorEnd(label) || QUALIFIED.test(label) || QUALIFIED_ELSEWHERE.test(label) || isBareCode(label);
};
