import { describe, expect, it } from "vitest";
import { WorkspaceFolders } from "../../server/src/lsp/workspaceFolders.js";

const folder = (uri: string): { uri: string; name: string } => ({ uri, name: uri });

describe("WorkspaceFolders", () => {
  const folders = new WorkspaceFolders([
    folder("file:///work/app"),
    folder("file:///work/app/packages/web/"),
  ]);

  it.each([
    ["file:///work/app/public/client.json", "public/client.json"],
    ["file:///work/app/packages/web/client.json", "client.json"],
    ["file:///work/app/a%20b/%C3%BC.json", "a b/ü.json"],
    ["file:///work/apple/client.json", undefined],
    ["untitled:Untitled-1", undefined],
    ["file:///work/app/%E0%A4%A", undefined],
  ])("says where %s is in its folder", (uri, path) => {
    expect(folders.relativePath(uri)).toBe(path);
  });

  it("follows folders that come and go", () => {
    const changing = new WorkspaceFolders([folder("file:///a")]);
    changing.change([folder("file:///b")], [folder("file:///a")]);
    expect(changing.relativePath("file:///a/x")).toBeUndefined();
    expect(changing.relativePath("file:///b/x")).toBe("x");
  });
});
