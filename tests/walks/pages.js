/* Which pages there are, for walks that go through all of them, and what is wrong with one. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The kinds of public page, one or two of each.
 * @param {import("./paper.js").Paper} news
 */
export async function publicPages(news) {
  const articles = await news.articles();
  const english = articles.find((/** @type {string} */ path) => path.startsWith("/english/")) ?? articles[1];
  const section = `/${articles[0].split("/")[1]}`;
  return [
    "/", section, articles[0], articles[3], english, `${articles[0]}/comments`, `${articles[0]}/comments?sort=oldest`,
    "/search?q=Donau", "/report", "/report?comment=1", "/rules", "/imprint", "/privacy", "/login", "/register", "/comments/1", "/comments/1/revisions", "/nothing-here",
    "/games", "/games/word", "/games/quiz", "/games/sudoku/medium", "/games/sudoku/hard/archive", "/games/sudoku/easy/2026-11-19/sheet",
    "/benefits", "/benefits?region=Donautal", "/benefits/akt-sieben", "/benefits/wintercheck", "/benefits/akt-sieben/terms",
    "/benefits/draws/lichterfahrt", "/benefits/terms",
    "/games/arrows", "/games/arrows/archive", "/games/arrows/2026-11-19/sheet", "/games/crossword/2", "/games/crossword/2/sheet",
  ];
}

/** Pages only somebody signed in sees, by who. */
export const STAFF_PAGES = {
  leser: ["/games/own", "/games/sudoku/medium/2026-11-20/play", "/games/arrows/2026-11-19/play/grid", "/account", "/account/passkeys", "/account/data", "/account/departure", "/benefits/akt-sieben/mine", "/benefits/draws/lichterfahrt/mine", "/benefits/card"],
  partner: ["/benefits/partner", "/benefits/partner/akt-sieben"],
  moderator: ["/desk/moderation", "/desk/moderation?queue=latest", "/desk/moderation?queue=reported", "/desk/moderation/cases/c2", "/desk/moderation/reasons", "/desk/moderation/hours", "/desk/moderation/brake", "/account/second-factor", "/desk/moderation?comment=1"],
  redakteur: ["/desk/games", "/desk/games/letters", "/desk/games/sudoku/hard/2026-11-21", "/desk/games/quiz/-/2026-11-16", "/desk/articles", "/desk/articles/new", "/desk/articles/1", "/desk/benefits", "/desk/benefits/offers/3", "/desk/benefits/draws/1", "/desk/benefits/draws/new", "/desk/benefits/terms"],
  chefin: ["/desk/mail", "/desk/jobs", "/desk/benefits", "/desk/benefits/members"],
};

/**
 * What stands in the way of people who read otherwise on this page; nothing, it is hoped. Waits for no script of the page.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>}
 */
export async function troubles(page) {
  await page.evaluate(await readFile(join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js"), "utf8"));
  // @ts-expect-error axe is a global of the page
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map((/** @type {{ id: string, nodes: { html: string }[] }} */ it) => `${it.id}: ${it.nodes[0]?.html}`);
}
