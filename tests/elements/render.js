/*
 * Shows the player as readers get it: the fixtures use the paper's real template and words, so they cannot drift from them.
 */
import { readFileSync, readdirSync } from "node:fs";
import nunjucks from "nunjucks";

const theme = new URL("../../crates/theme/", import.meta.url);

/** @param {string} path under crates/theme */
export function themeFile(path) {
  return readFileSync(new URL(path, theme));
}

/**
 * Enough of Fluent for sentences without a plural.
 * @param {string} language
 * @returns {(key: string, values?: Record<string, unknown>) => string}
 */
function words(language) {
  const known = new Map(themeFile(`words/speech.${language}.ftl`).toString().split("\n")
    .map((line) => /** @type {[string, string]} */ (line.split(/ = (.*)/s)))
    .filter(([key, text]) => /^[\w-]+$/.test(key) && text));
  return (key, values = {}) => {
    const text = known.get(key);
    if (text === undefined) throw new Error(`no word ${key} in ${language}`);
    return text.replace(/\{ \$(\w+) \}/g, (_, name) => String(values[name]));
  };
}

/**
 * @param {string} template a path in templates/
 * @param {string} language
 * @param {Record<string, unknown>} given
 */
export function render(template, language, given) {
  const env = new nunjucks.Environment(null, { trimBlocks: true, lstripBlocks: true });
  nunjucks.installJinjaCompat();
  env.addGlobal("t", words(language));
  env.addFilter("minutes", (ms) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}`);
  return env.renderString(themeFile(`templates/${template}`).toString(), given);
}

/** The paper's icons, as its style sheet has them. */
export function icons() {
  return readdirSync(new URL("icons/", theme)).map((file) => {
    const drawn = encodeURIComponent(themeFile(`icons/${file}`).toString().trim());
    return `.i-${file.replace(".svg", "")} { --i: url("data:image/svg+xml,${drawn}") }`;
  }).join("\n");
}
