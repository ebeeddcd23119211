import { describe, expect, it } from "vitest";
import { goTarget, parseGoAddress } from "../../server/src/servers/behaviours/goAddress.js";

describe("an IP address as Go's net/netip reads it", () => {
  it.each([
    ["127.0.0.1", [0x7f00, 1]],
    ["255.255.255.255", [0xffff, 0xffff]],
    ["::1", [0, 0, 0, 0, 0, 0, 0, 1]],
    ["::", [0, 0, 0, 0, 0, 0, 0, 0]],
    ["1::", [1, 0, 0, 0, 0, 0, 0, 0]],
    ["0:0::1", [0, 0, 0, 0, 0, 0, 0, 1]],
    ["1:2:3:4:5:6:7:8", [1, 2, 3, 4, 5, 6, 7, 8]],
    ["1:2:3:4:5:6:7::", [1, 2, 3, 4, 5, 6, 7, 0]],
    ["64:ff9b::10.0.0.1", [0x64, 0xff9b, 0, 0, 0, 0, 0x0a00, 1]],
    ["::ffff:127.0.0.1", [0x7f00, 1]],
    ["::FFFF:7f00:1", [0x7f00, 1]],
    ["fe80::1%eth0", [0xfe80, 0, 0, 0, 0, 0, 0, 1]],
    ["::ffff:127.0.0.1%1", [0, 0, 0, 0, 0, 0xffff, 0x7f00, 1]],
  ])("%s", (text, groups) => {
    expect(parseGoAddress(text)).toEqual({ groups, zoned: text.includes("%") });
  });

  it.each([
    ...["", "1", "127.1", "127.0.0.01", "0x7f.0.0.1", "127.0.0.1.", "256.0.0.1", "127.0.0.1%1"],
    ...["1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8::", "1::2::3", ":::", "1:", ":1", "::12345", "::g", "::1%", "%1"],
    ...["::127.0.0.01", "1:2:3:4:5:6:7:127.0.0.1", "127.0.0.1::"],
  ])("no address: %s", (text) => {
    expect(parseGoAddress(text)).toBeUndefined();
  });

  it.each([
    ["app.example.com", "name"],
    ["app.example.com.", "name"],
    ["a_b", "name"],
    ["bücher.example".replace("ü", "\u00c3\u00bc"), "name"],
    ["", "nowhere"],
    ["a..b", "nowhere"],
    ["-a.example", "nowhere"],
    ["a-.example", "nowhere"],
    ["127.1", "nowhere"],
    ["a b", "nowhere"],
    [`${"a".repeat(64)}.example`, "nowhere"],
  ])("%s is %s", (host, target) => {
    expect(goTarget(host)).toBe(target);
  });

  it("knows localhost", () => {
    expect(goTarget("LocalHost")).toEqual({ groups: [0x7f00, 1], zoned: false });
  });
});
