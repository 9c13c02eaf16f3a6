// The bytes of a file as text, whichever program wrote them.

/** How a file was written. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** Why bytes are no text that could be read. */
export type NoText = "empty" | "workbook" | "binary";

export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
}

const workbooks = [
  Buffer.from([0x50, 0x4b, 0x03, 0x04]), // xlsx and ods are zip files
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), // xls
];

const beginsWith = (bytes: Buffer, start: Buffer) => bytes.subarray(0, start.length).equals(start);

function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

/** The text without its byte order mark. What is not UTF is taken for Windows-1252, in which Excel saves a CSV file. */
export function decode(bytes: Buffer): Decoded | NoText {
  if (workbooks.some((start) => beginsWith(bytes, start))) return "workbook";
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) return "binary";
  return text.trim() === "" ? "empty" : { text, encoding };
}
