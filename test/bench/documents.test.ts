import { expect, it } from "vitest";
import { publishedDocuments, REDIRECTS } from "./documents.mjs";

it("measures documents as short as published ones, with every kind of redirect URI", () => {
  const documents = publishedDocuments();
  const sizes = documents.map((text) => Buffer.byteLength(text)).sort((a, b) => a - b);
  expect(sizes).toHaveLength(40);
  expect(sizes[0]).toBeLessThan(150);
  expect(sizes[20]).toBeGreaterThan(400);
  expect(sizes[20]).toBeLessThan(550);
  expect(sizes[35]).toBeLessThan(700);
  expect(sizes[39]).toBeGreaterThan(4500);
  expect(sizes[39]).toBeLessThan(5500);
  for (const redirect of Object.values(REDIRECTS)) {
    const start = redirect(0).slice(0, 15);
    expect(documents.filter((text) => text.includes(start)).length, start).toBeGreaterThan(2);
  }
});
