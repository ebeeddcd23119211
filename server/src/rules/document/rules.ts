import type { Rule } from "../rule.js";
import { bom } from "./bom.js";
import { comment } from "./comment.js";
import { duplicateKey } from "./duplicate-key.js";
import { emptyString } from "./empty-string.js";
import { encoding } from "./encoding.js";
import { invalidNumber, invalidString } from "./invalid.js";
import { jsonSyntax } from "./json-syntax.js";
import { leadingTrailingSpace } from "./leading-trailing-space.js";
import { loneSurrogate } from "./lone-surrogate.js";
import { notObject } from "./not-object.js";
import { nullValue } from "./null-value.js";
import { placeholder } from "./placeholder.js";
import { refusedByAll } from "./refused-by-all.js";
import { size } from "./size.js";
import { tooDeep } from "./too-deep.js";
import { trailingComma } from "./trailing-comma.js";
import { wrongType } from "./wrong-type.js";

/** What the parser says about the text itself. */
export const syntaxRules: readonly Rule[] = [
  jsonSyntax,
  comment,
  trailingComma,
  invalidNumber,
  invalidString,
  loneSurrogate,
  bom,
  tooDeep,
];

/** The rules `document/…`, in the order of the documentation. */
export const documentRules: readonly Rule[] = [
  ...syntaxRules,
  encoding,
  notObject,
  duplicateKey,
  size,
  nullValue,
  emptyString,
  wrongType,
  placeholder,
  refusedByAll,
  leadingTrailingSpace,
];
