/**
 * `cimd/byteOrderMark`: whether a document's file starts with a byte order mark, which VS Code leaves out of the text. It is
 * sent before the document is opened, and again when that changes.
 */
export const BYTE_ORDER_MARK = "cimd/byteOrderMark";

/** The parameters of {@link BYTE_ORDER_MARK}. */
export interface ByteOrderMarkParams {
  readonly uri: string;
  readonly present: boolean;
}
