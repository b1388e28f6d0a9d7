/* Which pages there are, for walks that go through all of them. */

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
    "/search?q=Donau", "/report", "/rules", "/imprint", "/privacy", "/login", "/register", "/comments/1", "/nothing-here",
    "/games", "/games/word", "/games/quiz", "/games/sudoku/medium", "/games/sudoku/hard/archive", "/games/sudoku/easy/2026-11-19/sheet",
    "/benefits", "/benefits?region=Donautal", "/benefits/akt-sieben", "/benefits/wintercheck", "/benefits/akt-sieben/terms",
    "/benefits/draws/lichterfahrt", "/benefits/terms",
  ];
}

/** Pages only somebody signed in sees, by who. */
export const STAFF_PAGES = {
  leser: ["/games/own", "/account", "/benefits/akt-sieben/mine", "/benefits/draws/lichterfahrt/mine", "/benefits/card"],
  partner: ["/benefits/partner", "/benefits/partner/akt-sieben"],
  moderator: ["/desk/moderation", "/desk/moderation?comment=1"],
  redakteur: ["/desk/games", "/desk/games/sudoku/hard/2026-11-21", "/desk/games/quiz/-/2026-11-16", "/desk/articles", "/desk/articles/new", "/desk/articles/1", "/desk/benefits", "/desk/benefits/offers/3", "/desk/benefits/draws/1", "/desk/benefits/draws/new", "/desk/benefits/terms"],
  chefin: ["/desk/mail", "/desk/jobs", "/desk/benefits", "/desk/benefits/members"],
};
