import { afterEach, describe, expect, it } from "vitest";
import { exportedHtml } from "../../client/src/preview/exportHtml.js";
import { pageHtml } from "../../client/src/webview/pageHtml.js";
import { setMessages } from "../../server/src/localisation/messages.js";
import { viewOf } from "../preview/view.js";

const HOSTILE = "</script><script>alert(1)</script><!--";

afterEach(() => setMessages(undefined));

describe("a page that is not in English", () => {
  const html = pageHtml("n", "page.js", "page.css", "Vorschau", {
    language: "de",
    messages: { Preview: "Vorschau", Hostile: HOSTILE },
  });

  it("names its language", () => {
    expect(html).toContain('<html lang="de">');
  });

  it("has its texts as data that runs nothing, whatever they hold", () => {
    const blocks = [...html.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)];
    expect(blocks.map(([, attributes]) => attributes)).toEqual([
      ' type="application/json" id="texts"',
      ' nonce="n" src="page.js"',
    ]);
    expect(JSON.parse(blocks[0]?.[2] ?? "")).toEqual({ Preview: "Vorschau", Hostile: HOSTILE });
  });
});

describe("an exported preview", () => {
  it("is in the language of the editor", async () => {
    const view = viewOf({ client_id: "https://notes.example.com/client.json", client_name: "Notes" });
    const frame = { documentName: "client.cimd.json", locked: false, view };
    const messages = { "What a careful person checks": "Was eine sorgfältige Person prüft" };
    setMessages(messages);
    const html = await exportedHtml(frame, "", "de");
    expect(html).toContain('<html lang="de">');
    expect(html).toContain("Was eine sorgfältige Person prüft");
    expect(html).not.toContain("What a careful person checks");
  });
});
