import { describe, expect, it } from "vitest";
import { classifyAddress, classifyHost } from "../../server/src/hosted/addresses.js";

/** Every spelling that a resolver, a URL parser or a gateway turns into an address that servers must not connect to. */
const SPECIAL: readonly (readonly [text: string, kind: string])[] = [
  ["127.0.0.1", "a loopback address"],
  ["127.255.255.254", "a loopback address"],
  ["127.1", "a loopback address"],
  ["0x7f.1", "a loopback address"],
  ["0x7f000001", "a loopback address"],
  ["0177.0.0.1", "a loopback address"],
  ["2130706433", "a loopback address"],
  ["017700000001", "a loopback address"],
  ["::1", "a loopback address"],
  ["0:0:0:0:0:0:0:1", "a loopback address"],
  ["::ffff:127.0.0.1", "a loopback address"],
  ["::ffff:7f00:1", "a loopback address"],
  ["::ffff:10.0.0.1", "a private address"],
  ["10.0.0.1", "a private address"],
  ["172.16.0.1", "a private address"],
  ["172.31.255.255", "a private address"],
  ["192.168.1.1", "a private address"],
  ["169.254.169.254", "a link-local address"],
  ["0xa9fea9fe", "a link-local address"],
  ["fe80::1", "a link-local address"],
  ["fe80::5efe:7f00:1", "a link-local address"],
  ["100.64.0.1", "a carrier-grade NAT address"],
  ["100.127.255.255", "a carrier-grade NAT address"],
  ["0.0.0.0", "an unspecified address"],
  ["0", "an unspecified address"],
  ["::", "an unspecified address"],
  ["224.0.0.1", "a multicast address"],
  ["ff02::1", "a multicast address"],
  ["255.255.255.255", "the broadcast address"],
  ["fd00::1", "a unique local address"],
  ["fec0::1", "a site-local address"],
  ["64:ff9b::7f00:1", "a NAT64 address"],
  ["64:ff9b::8.8.8.8", "a NAT64 address"],
  ["64:ff9b:1::1", "a NAT64 address"],
  ["2002:7f00:1::", "a 6to4 address"],
  ["2001:0:4136:e378:8000:63bf:3fff:fdd2", "a Teredo address"],
  ["2606:4700::5efe:7f00:1", "an ISATAP address"],
  ["2606:4700:0:0:200:5efe:a00:1", "an ISATAP address"],
  ["::ffff:0:127.0.0.1", "an IPv4-translated address"],
  ["100::1", "a discard-only address"],
  ["4000::1", "an unallocated address"],
  ["192.0.2.1", "a reserved address"],
  ["198.51.100.1", "a reserved address"],
  ["203.0.113.1", "a reserved address"],
  ["198.18.0.1", "a reserved address"],
  ["240.0.0.1", "a reserved address"],
  ["2001:db8::1", "a reserved address"],
  ["2001:2::1", "a benchmarking address"],
];

describe("classifyAddress", () => {
  for (const [text, kind] of SPECIAL) {
    it(`knows ${text} as ${kind}`, () => {
      expect(classifyAddress(text)).toMatchObject({ isPublic: false, kind });
    });
  }

  for (const text of [
    "1.1.1.1",
    "93.184.215.14",
    "100.63.255.255",
    "100.128.0.1",
    "2606:4700:4700::1111",
    "::ffff:1.1.1.1",
  ]) {
    it(`knows ${text} as public`, () => {
      expect(classifyAddress(text)).toMatchObject({ isPublic: true });
    });
  }

  it("knows names from addresses", () => {
    for (const text of ["acme.dev", "127.0.0.1.nip.io", "0x7g", "", "::g", "1.2.3.4.5"]) {
      expect(classifyAddress(text)).toBeUndefined();
    }
  });
});

describe("classifyHost", () => {
  it("reads what a URL parser makes of the host", () => {
    for (const host of [
      "0x7f.1",
      "2130706433",
      "127.1",
      "0177.0.0.1",
      "[::ffff:127.0.0.1]",
      "127.0.0.1.",
      "１２７.0.0.1",
      "%31%32%37.0.0.1",
      "127。0。0。1",
    ]) {
      const { hostname } = new URL(`https://${host}/client.json`);
      expect(classifyHost(hostname)).toMatchObject({ kind: "address", address: { isPublic: false } });
    }
  });

  it("knows the names that always mean this machine", () => {
    for (const name of ["localhost", "LOCALHOST", "localhost.", "app.localhost", "a.b.localhost."]) {
      expect(classifyHost(name).kind).toBe("special-use-name");
    }
    expect(classifyHost("localhost.acme.dev")).toEqual({ kind: "name", name: "localhost.acme.dev" });
    expect(classifyHost("notlocalhost.dev").kind).toBe("name");
  });
});
