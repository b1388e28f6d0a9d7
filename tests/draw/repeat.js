/*
 * Repeats a prize draw from what the paper published, knowing nothing of its program (docs/benefits.md):
 *   node repeat.js COMMITMENT TERMS SEED LIST_HASH PLACES < entries.txt
 * Prints the numbers of the tickets in the order of the draw, or says what is not right.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const sha256 = (/** @type {string} */ text) => createHash("sha256").update(text).digest("hex");
const fail = (/** @type {string} */ why) => { console.error(why); process.exit(1); };

const [commitment, terms, seed, listHash, places] = process.argv.slice(2);
const list = readFileSync(0, "utf8");
if (sha256(`${seed}\n${terms}`) !== commitment) fail("the seed or the terms are not what was committed to");
if (sha256(list) !== listHash) fail("the list is not the one that was frozen");
const numbers = list.trimEnd().split("\n").map((line) => line.split(" ")[0]);
const drawn = numbers.map((number) => ({ number, key: sha256(`${seed}:${listHash}:${number}`) }));
drawn.sort((one, other) => (one.key < other.key ? -1 : 1));
for (const { number } of drawn.slice(0, Number(places))) console.log(number);
