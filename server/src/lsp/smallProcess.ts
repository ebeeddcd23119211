import { setFlagsFromString } from "node:v8";
import { compileOnce } from "../compileOnce.js";

/*
 * Imported first, because memory that has been taken stays taken: makes this process take less of it for the same work.
 * Each check of a document leaves garbage, and V8 would rather let both of its generations grow than collect it; with 200
 * open documents that was half of the resident memory.
 *
 * - The young generation keeps the size it starts with: larger ones are for programs whose new objects live longer.
 * - The old generation is collected when it has grown by more than half, instead of by up to three times.
 * - A function becomes machine code once, and after twice as many calls as usual.
 *
 * All are read by V8 whenever it decides about them, so they may be set while it runs; one that a future V8 does not know
 * changes nothing. Source: https://github.com/v8/v8/blob/13.6.233/src/flags/flag-definitions.h.
 */
setFlagsFromString("--semi-space-growth-factor=1");
setFlagsFromString("--heap-growing-percent=60");
setFlagsFromString("--invocation-count-for-maglev=800");
compileOnce();
