/*
 * Just enough of the template language and of Fluent to show the player as readers get it: the fixtures use the paper's real
 * template and words, so they cannot drift from them.
 */
import { readFileSync } from "node:fs";

const theme = new URL("../../crates/theme/", import.meta.url);

/** @param {string} path under crates/theme */
export function themeFile(path) {
  return readFileSync(new URL(path, theme));
}

/**
 * @param {string} language
 * @returns {(key: string, values?: Record<string, unknown>) => string}
 */
export function words(language) {
  const known = new Map(themeFile(`words/speech.${language}.ftl`).toString().split("\n")
    .map((line) => /** @type {[string, string]} */ (line.split(/ = (.*)/s)))
    .filter(([key, text]) => /^[\w-]+$/.test(key) && text));
  return (key, values = {}) => {
    const text = known.get(key);
    if (text === undefined) throw new Error(`no word ${key} in ${language}`);
    return text.replace(/\{ \$(\w+) \}/g, (_, name) => String(values[name]));
  };
}

/** @param {unknown} value */
const escape = (value) => String(value ?? "").replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

/** @param {string} source an expression @returns {string} the same for JavaScript */
function expression(source) {
  return source.replace(/\bt\("([\w-]+)"(?:, ([^)]*))?\)/g, (_, key, rest) => `t("${key}"${rest ? `, {${rest.replace(/(\w+)=/g, "$1:")}}` : ""})`)
    .replace(/(.*) \/\/ (\d+)/, "Math.floor(($1) / $2)").replace(/ or /g, " || ").replace(/ and /g, " && ").replace(/\bnot /g, "!");
}

/**
 * @param {string} template
 * @param {Record<string, unknown>} given
 */
export function render(template, given) {
  const code = ['let out = "";'];
  const names = [];
  for (const piece of template.replace(/\{#.*?#\}/gs, "").split(/(\{%.*?%\}|\{\{.*?\}\})/s)) {
    const inside = piece.slice(2, -2).trim();
    const [word, ...rest] = inside.split(" ");
    const tail = expression(rest.join(" "));
    if (piece.startsWith("{{")) code.push(`out += escape(${expression(inside)});`);
    else if (!piece.startsWith("{%")) code.push(`out += ${JSON.stringify(piece)};`);
    else if (word === "if") code.push(`if (${tail}) {`);
    else if (word === "elif") code.push(`} else if (${tail}) {`);
    else if (word === "else") code.push("} else {");
    else if (word === "for") code.push(`for (const ${tail.replace(" in ", " of ")}) {`);
    else if (word === "set" && rest[1] === "=") code.push(`var ${rest[0]} = ${expression(rest.slice(2).join(" "))};`);
    else if (word === "set") (code.push(`var before_${tail} = out; out = "";`), names.push(tail));
    else if (word === "endset") {
      const name = names.pop();
      code.push(`var ${name} = out; out = before_${name};`);
    } else code.push("}");
  }
  return new Function("given", "escape", `with (given) { ${code.join("\n")} return out; }`)(given, escape);
}
