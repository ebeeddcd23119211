// Longer than other files: one recursive descent, whose parts share the scanner and its place in the text.

import { createScanner } from "jsonc-parser";
import { say } from "../localisation/say.js";
import {
  type ArrayNode,
  type JsonNode,
  Member,
  type ObjectNode,
  type StringNode,
  type SyntaxFault,
  type SyntaxFaultKind,
  type SyntaxTree,
} from "./syntaxTree.js";
import { isComment, isWhiteSpace, ScanError, Token } from "./tokens.js";

/** Objects and arrays nested deeper than this stop the parser: no text may exhaust a stack. */
export const MAX_DEPTH = 256;
/** Faults beyond this are not kept: a broken file is broken enough. */
const MAX_FAULTS = 1000;

/**
 * Reads a text as strict JSON (RFC 8259) and never gives up before the end: what can be read is in the
 * tree, what cannot is a fault with its range.
 *
 * @param text the document, as a UTF-16 string
 * @returns the tree and its faults in text order; never throws
 */
export function parse(text: string): SyntaxTree {
  return new Parser(text).parse();
}

const LITERALS_OF_OTHER_LANGUAGES = /^[-+]?(NaN|Infinity|\.\d|0[xXoObB]|\d)/;

/** Unquoted text up to what can follow a value. */
const BARE = /[^,}\]"\r\n]*/y;
const SINGLE_QUOTED = /'[^'\r\n]*'?/y;

class Parser {
  readonly #text: string;
  readonly #scanner;
  readonly #faults: SyntaxFault[] = [];
  /** The current token, which is neither white space nor a comment: its kind, and where it starts and ends. */
  #token: number = Token.Unknown;
  #offset = 0;
  #end = 0;
  #depth = 0;
  #tooDeep = false;

  constructor(text: string) {
    this.#text = text;
    this.#scanner = createScanner(text);
  }

  parse(): SyntaxTree {
    if (this.#text.charCodeAt(0) === 0xfeff) {
      this.#fault(
        "bom",
        0,
        1,
        say`The file starts with a byte order mark, which JSON senders must not add (RFC 8259 §8.1). Save it as UTF-8 without BOM.`,
      );
      this.#scanner.setPosition(1);
    }
    this.#next();
    let root: JsonNode | undefined;
    if (this.#at(Token.End)) {
      this.#fault("json-syntax", 0, this.#text.length, say`The document is empty. Start with \`{\`.`);
    } else {
      root = this.#value();
      if (!this.#at(Token.End) && !this.#tooDeep) {
        this.#fault(
          "json-syntax",
          this.#offset,
          this.#text.length,
          say`Text after the end of the JSON value. Delete it, or move it inside the braces.`,
        );
        this.#collectCommentsToEnd();
      }
    }
    this.#faults.sort((a, b) => a.offset - b.offset);
    return { root, faults: this.#faults };
  }

  #fault(kind: SyntaxFaultKind, offset: number, end: number, message: string): void {
    if (this.#faults.length < MAX_FAULTS) this.#faults.push({ kind, offset, end, message });
  }

  /** Moves to the next token that is neither white space nor a comment. */
  #next(): void {
    for (;;) {
      const token: number = this.#scanner.scan();
      if (isWhiteSpace(token)) continue;
      this.#token = token;
      this.#offset = this.#scanner.getTokenOffset();
      // Behind a comment that is not closed, the scanner may stand past the end.
      this.#end = Math.min(this.#scanner.getPosition(), this.#text.length);
      if (!isComment(token)) return;
      this.#fault(
        "comment",
        this.#offset,
        this.#end,
        say`JSON has no comments (RFC 8259 §2), so servers refuse the file. Delete the comment.`,
      );
    }
  }

  #collectCommentsToEnd(): void {
    while (!this.#at(Token.End)) this.#next();
  }

  /** Reads one value. The caller has made sure that the current token can start one, or wants a fault. */
  #value(): JsonNode {
    const [token, offset, end] = [this.#token, this.#offset, this.#end];
    switch (token) {
      case Token.OpenBrace:
        return this.#object();
      case Token.OpenBracket:
        return this.#array();
      case Token.String:
        return this.#string();
      case Token.Number:
        return this.#number();
      case Token.True:
      case Token.False:
        this.#next();
        return { type: "boolean", offset, end, value: token === Token.True };
      case Token.Null:
        this.#next();
        return { type: "null", offset, end };
      default:
        return this.#invalidValue();
    }
  }

  #at(token: number): boolean {
    return this.#token === token;
  }

  #string(): StringNode {
    const [offset, end] = [this.#offset, this.#end];
    const value = this.#scanner.getTokenValue();
    const error: number = this.#scanner.getTokenError();
    this.#next();
    if (error !== ScanError.None) this.#stringFault(error, offset, end);
    else if (!value.isWellFormed()) {
      this.#fault(
        "lone-surrogate",
        offset,
        end,
        say`The string holds half of a surrogate pair, which cannot be written as UTF-8 (RFC 8259 §8.2). Replace the character.`,
      );
    }
    return { type: "string", offset, end, value };
  }

  #stringFault(error: number, offset: number, end: number): void {
    switch (error) {
      case ScanError.UnexpectedEndOfString:
        this.#fault("json-syntax", offset, end, say`The string is not closed. Add the missing \`"\`.`);
        return;
      case ScanError.InvalidUnicode:
      case ScanError.InvalidEscapeCharacter:
        this.#fault(
          "invalid-string",
          offset,
          end,
          say`The string holds an escape that JSON does not know (RFC 8259 §7). Allowed are \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hex digits.`,
        );
        return;
      default:
        this.#fault(
          "invalid-string",
          offset,
          end,
          say`The string holds a raw control character (RFC 8259 §7). Write it as an escape such as \\t, or delete it.`,
        );
    }
  }

  #number(): JsonNode {
    const [offset, end] = [this.#offset, this.#end];
    const error: number = this.#scanner.getTokenError();
    this.#next();
    // `01` and `0x1f` arrive as two tokens with nothing between them.
    const glued = this.#offset === end && (this.#at(Token.Number) || this.#at(Token.Unknown));
    if (error !== ScanError.None || glued) {
      const last = glued ? this.#takeGlued(end) : end;
      this.#numberFault(offset, last);
      return { type: "invalid", offset, end: last };
    }
    return { type: "number", offset, end, value: Number(this.#text.slice(offset, end)) };
  }

  #numberFault(offset: number, end: number): void {
    this.#fault(
      "invalid-number",
      offset,
      end,
      say`This is not a JSON number (RFC 8259 §6): no leading zeros, no hex, no NaN or Infinity. Write plain decimal digits.`,
    );
  }

  /** Takes the tokens that follow without a gap; returns the end of the last. */
  #takeGlued(end: number): number {
    let last = end;
    while (this.#offset === last && (this.#at(Token.Unknown) || this.#at(Token.Number))) {
      last = this.#end;
      this.#next();
    }
    return last;
  }

  #invalidValue(): JsonNode {
    const offset = this.#offset;
    if (!this.#at(Token.Unknown)) {
      // A token that belongs to the surrounding object or array stays for it.
      this.#fault("json-syntax", offset, this.#end, say`A value is missing here. Add a JSON value.`);
      return { type: "invalid", offset, end: offset };
    }
    const end = this.#endOfBareText(offset);
    this.#scanner.setPosition(end);
    this.#next();
    const word = this.#text.slice(offset, end);
    if (LITERALS_OF_OTHER_LANGUAGES.test(word)) this.#numberFault(offset, end);
    else {
      this.#fault(
        "json-syntax",
        offset,
        end,
        word.startsWith("'")
          ? say`JSON strings need double quotes (RFC 8259 §7). Replace the single quotes by \`"\`.`
          : say`This is not a JSON value. Put text into double quotes; only true, false, null and numbers go without.`,
      );
    }
    return { type: "invalid", offset, end };
  }

  /** Where text without quotes ends: `'…'` at its quote, `https://…` before what can follow a value, or the line. */
  #endOfBareText(offset: number): number {
    const bare = this.#text.charCodeAt(offset) === 0x27 ? SINGLE_QUOTED : BARE;
    bare.lastIndex = offset;
    const found = bare.exec(this.#text)?.[0] ?? "";
    return offset + Math.max(1, found.trimEnd().length);
  }

  #enter(offset: number): boolean {
    if (this.#depth < MAX_DEPTH) {
      this.#depth++;
      return true;
    }
    if (!this.#tooDeep) {
      this.#tooDeep = true;
      this.#fault(
        "too-deep",
        offset,
        offset + 1,
        say`Values are nested deeper than ${MAX_DEPTH} levels, more than servers read. Flatten the document; nothing past this point was checked.`,
      );
    }
    this.#scanner.setPosition(this.#text.length);
    this.#next();
    return false;
  }

  #object(): ObjectNode {
    const offset = this.#offset;
    const node: ObjectNode = { type: "object", offset, end: this.#end, members: [], closed: false };
    if (!this.#enter(offset)) return node;
    this.#next();
    let comma = -1;
    for (;;) {
      if (this.#at(Token.CloseBrace)) {
        if (comma >= 0) this.#trailingComma(comma, "}");
        node.end = this.#end;
        node.closed = true;
        this.#next();
        break;
      }
      if (this.#at(Token.End) || this.#at(Token.CloseBracket)) {
        this.#unclosed("object", offset);
        break;
      }
      if (this.#at(Token.String) || this.#at(Token.Unknown)) {
        if (comma < 0 && node.members.length > 0) this.#missingComma(node.end);
        const member = this.#name();
        if (this.#hasValue(member)) member.value = this.#value();
        node.members.push(member);
        node.end = member.end;
        comma = this.#comma();
      } else {
        this.#fault(
          "json-syntax",
          this.#offset,
          this.#end,
          say`A member name in double quotes is expected here. Delete this, or write \`"name": value\`.`,
        );
        comma = this.#skipStray();
      }
    }
    this.#depth--;
    return node;
  }

  /** Steps over a token that has no business where it is; a nested value is read and dropped whole. */
  #skipStray(): number {
    if (this.#at(Token.OpenBrace) || this.#at(Token.OpenBracket)) this.#value();
    else if (this.#at(Token.Comma)) return this.#comma();
    else this.#next();
    return this.#comma();
  }

  /** A member without its value. */
  #name(): Member {
    let key: StringNode;
    if (this.#at(Token.String)) key = this.#string();
    else {
      const offset = this.#offset;
      const end = this.#takeGlued(offset);
      this.#fault(
        "json-syntax",
        offset,
        end,
        say`Member names need double quotes (RFC 8259 §4). Put the name into double quotes.`,
      );
      key = { type: "string", offset, end, value: this.#text.slice(offset, end).replace(/^'|'$/g, "") };
    }
    return new Member(key);
  }

  /** Takes the colon. Whether a value follows; its absence is a fault. */
  #hasValue(member: Member): boolean {
    const { key } = member;
    if (!this.#at(Token.Colon)) {
      this.#fault(
        "json-syntax",
        key.offset,
        key.end,
        say`The member has no value. Add \`: value\` after its name.`,
      );
      return false;
    }
    member.colonOffset = this.#offset;
    this.#next();
    if (this.#at(Token.Comma) || this.#at(Token.CloseBrace) || this.#at(Token.End)) {
      this.#fault(
        "json-syntax",
        key.offset,
        member.end,
        say`The member has no value. Add one after the colon.`,
      );
      return false;
    }
    return true;
  }

  #array(): ArrayNode {
    const offset = this.#offset;
    const node: ArrayNode = { type: "array", offset, end: this.#end, items: [], closed: false };
    if (!this.#enter(offset)) return node;
    this.#next();
    let comma = -1;
    for (;;) {
      if (this.#at(Token.CloseBracket)) {
        if (comma >= 0) this.#trailingComma(comma, "]");
        node.end = this.#end;
        node.closed = true;
        this.#next();
        break;
      }
      if (this.#at(Token.End) || this.#at(Token.CloseBrace) || this.#at(Token.Colon)) {
        this.#unclosed("array", offset);
        if (this.#at(Token.Colon)) this.#next();
        break;
      }
      if (this.#at(Token.Comma)) {
        this.#fault(
          "json-syntax",
          this.#offset,
          this.#end,
          say`A value is missing before this comma. Delete the comma.`,
        );
        comma = this.#comma();
        continue;
      }
      if (comma < 0 && node.items.length > 0) this.#missingComma(node.end);
      const item = this.#value();
      node.items.push(item);
      node.end = item.end;
      comma = this.#comma();
    }
    this.#depth--;
    return node;
  }

  /** Takes a comma if there is one; returns its offset or -1. */
  #comma(): number {
    if (!this.#at(Token.Comma)) return -1;
    const offset = this.#offset;
    this.#next();
    return offset;
  }

  #missingComma(after: number): void {
    this.#fault(
      "json-syntax",
      Math.max(0, after - 1),
      after,
      say`A comma is missing after this value. Add \`,\`.`,
    );
  }

  #trailingComma(offset: number, closer: string): void {
    this.#fault(
      "trailing-comma",
      offset,
      offset + 1,
      say`JSON allows no comma before \`${closer}\` (RFC 8259 §${closer === "}" ? 4 : 5}). Delete it.`,
    );
  }

  #unclosed(what: "object" | "array", offset: number): void {
    if (this.#tooDeep) return;
    this.#fault(
      "json-syntax",
      offset,
      offset + 1,
      what === "object"
        ? say`This object is not closed. Add the missing \`}\`.`
        : say`This array is not closed. Add the missing \`]\`.`,
    );
  }
}
