import { describe, expect, it } from "vitest";
import { parseShare, partWords, percentWords, shareWords, targetShareWords } from "./share.ts";

const plain = (text: string) => text.replace("\u00a0", " ");

describe("a share in words", () => {
  it.each([
    [0.9625, "96,3 %"],
    [1, "100,0 %"],
    [2499 / 2500, "99,96 %"],
    [99_999 / 100_000, "99,999 %"],
    [1 / 2500, "0,04 %"],
    [0, "0,0 %"],
  ])("%d: %s", (share, words) => {
    expect(plain(shareWords(share))).toBe(words);
  });

  it("as the server says it", () => {
    expect(plain(percentWords("89.96"))).toBe("89,96 %");
    expect(plain(percentWords("90"))).toBe("90 %");
  });

  it("of a part and a whole, also when there is no whole", () => {
    expect(plain(partWords(1n, 8n))).toBe("12,5 %");
    expect(plain(partWords(2499n, 2500n))).toBe("99,96 %");
    expect(partWords(0n, 0n)).toBe("–");
  });

  it("of a target, with the decimals that it has", () => {
    expect(plain(targetShareWords(0.9))).toBe("90 %");
    expect(plain(targetShareWords(0.975))).toBe("97,5 %");
  });
});

describe("a share that is typed", () => {
  it.each([
    ["95 %", 0.95],
    ["95\u00a0%", 0.95],
    ["95", 0.95],
    ["97,5%", 0.975],
    ["99,9 %", 0.999],
    ["0.95", 0.95],
    ["0,5 %", 0.005],
    ["100 %", undefined],
    ["veel", undefined],
    ["", undefined],
  ])("%s", (typed, share) => {
    expect(parseShare(typed)).toBe(share);
  });
});
