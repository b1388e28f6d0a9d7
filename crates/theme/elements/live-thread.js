import { page, putInPlace } from "./pages.js";
import { drop, keep } from "./storage.js";
import { fill, number } from "./words.js";

/** The longest wait between two tries to hear the house, and the longest moment many readers' questions are spread over; in ms. */
const LONGEST_WAIT = 60_000;
const SPREAD = 800;
/** The most changed comments that are asked for one by one because they stand on no page we have. */
const SINGLY = 5;

/**
 * Keeps a thread up to date while somebody reads it: new comments wait behind a button, changed ones change in place, and opening
 * or closing is seen at once. Votes are cast without leaving the page. The page is the same for everybody; whoever is signed in gets
 * what is theirs (votes, draft, what they can do) as parts of another page, which is asked for once the talk comes into view.
 *
 * Attributes: data-live (the event stream), data-page (the thread's page), data-own (the page is its reader's alone), data-framed (it
 * stands in a frame of another site, where nothing is anybody's own), data-one and data-many (the button's sentence for one
 * new comment and for {n}), data-lost (when a vote did not arrive). In the thread, a comment is an element with the id c{number}
 * whose replies stand in .replies; what depends on the opening hours stands in parts whose data-part begins with "opening".
 */
export class LiveThread extends HTMLElement {
  /** @type {AbortController | undefined} */ #life;
  /** @type {EventSource | undefined} */ #source;
  #tries = 0;
  #missed = false;
  #retry = 0;
  /** Comments that are in the thread but not on the page yet. @type {Set<string>} */ #waiting = new Set();
  #latest = 0;
  #asking = 0;
  /** Comments said to have changed since the last look. @type {Set<string>} */ #changed = new Set();

  connectedCallback() {
    this.#life = new AbortController();
    const signal = this.#life.signal;
    this.#latest = Math.max(0, ...this.#numbers(this));
    this.addEventListener("submit", (event) => this.#vote(event), { signal });
    this.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("[data-do=show-new]")) this.#show();
    }, { signal });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#hush() : this.#listen()), { signal });
    this.#listen();
    this.#ownParts();
  }

  disconnectedCallback() {
    this.#hush();
    clearTimeout(this.#asking);
    this.#asking = 0;
    this.#life?.abort();
  }

  #listen() {
    const address = this.dataset.live;
    if (!address || this.#source || document.hidden) return;
    const source = new EventSource(address);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#tries = 0;
      // What was said while nobody listened is seen on the page itself.
      if (this.#missed) this.#askSoon();
      this.#missed = false;
    });
    source.addEventListener("thread", (event) => this.#hear(event, ({ ids }) => this.#announce(ids ?? [])));
    source.addEventListener("hours", () => this.#askSoon());
    source.addEventListener("changed", (event) => this.#hear(event, ({ id }) => {
      this.#changed.add(`c${id}`);
      this.#askSoon();
    }));
    source.addEventListener("error", () => {
      this.#missed = true;
      // The browser tries again by itself as long as the house answers at all.
      if (source.readyState !== EventSource.CLOSED) return;
      this.#source = undefined;
      const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** this.#tries) * (0.5 + Math.random() / 2);
      this.#tries += 1;
      this.#retry = window.setTimeout(() => this.#listen(), wait);
    });
  }

  #hush() {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = undefined;
    this.#missed = true;
  }

  /**
   * @param {Event} event
   * @param {(told: { ids?: number[], id?: number }) => void} then
   */
  #hear(event, then) {
    try {
      then(JSON.parse(/** @type {MessageEvent<string>} */ (event).data));
    } catch {
      // Words from a newer edition that this page does not understand; it still can be read.
    }
  }

  /** Asks for the page once for all that changed in a moment, and not in the same instant as everybody else. */
  #askSoon() {
    if (this.#asking) return;
    this.#asking = window.setTimeout(async () => {
      this.#asking = 0;
      const signal = this.#life?.signal;
      const now = await page(location.href, { signal });
      if (now?.response.ok && !signal?.aborted) this.#compare(now.document);
    }, Math.random() * SPREAD);
  }

  /** @param {Document} now */
  #compare(now) {
    for (const comment of this.#comments(this)) {
      const fresh = now.getElementById(comment.id);
      if (fresh) renew(comment, fresh);
    }
    this.#swapOpening(now);
    this.#announce(this.#numbers(now).filter((id) => id > this.#latest));
    const elsewhere = [...this.#changed].filter((id) => this.querySelector(`#${id}`) && !now.getElementById(id));
    this.#changed.clear();
    // On its own page a comment has forms, which in a frame would be sent by nobody.
    if (this.hasAttribute("data-framed")) return;
    for (const id of elsewhere.slice(0, SINGLY)) this.#askFor(id);
  }

  /** @param {string} id */
  async #askFor(id) {
    const alone = await page(`/comments/${id.slice(1)}`, { signal: this.#life?.signal });
    const [comment, fresh] = [this.querySelector(`#${id}`), alone?.document.getElementById(id)];
    if (comment && fresh) renew(comment, fresh);
  }

  /**
   * What only somebody signed in sees: their votes, what they can do with a comment, the name they write under, their draft.
   * The answer to everybody else is empty, and nothing is kept for them.
   * @param {Element[]} [some] comments that have just arrived; without them, all and the form
   */
  async #ownParts(some) {
    // A page for one reader alone came with all of it.
    if (this.hasAttribute("data-framed") || (!some && this.hasAttribute("data-own"))) return;
    const ids = (some ?? this.#comments(this)).map((comment) => comment.id.slice(1));
    const mine = await page(`${this.dataset.page}/mine?part=${ids.join(",")}`, { signal: this.#life?.signal });
    if (!mine || this.#life?.signal.aborted) return;
    if (mine.response.status === 204 || mine.response.redirected) return drop("signedIn");
    if (!mine.response.ok) return;
    keep("signedIn", "1");
    for (const own of mine.document.querySelectorAll("li[id]")) {
      const acts = own.querySelector("form.acts");
      const action = acts?.getAttribute("action");
      for (const form of this.querySelectorAll(`form[action="${action}"]`)) {
        if (!acts) break;
        const copy = document.importNode(acts, true);
        // A chosen comment leads to its place in the thread; it is reported there.
        const place = form.querySelector("a.i-link");
        if (place) copy.querySelector("a.i-flag")?.replaceWith(place);
        form.replaceWith(copy);
      }
      const comment = this.querySelector(`#${own.id}`);
      const line = own.getAttribute("data-ignored");
      if (comment && line) fold(comment, line);
    }
    if (some) return;
    const account = document.querySelector("header a.i-person");
    const ownAccount = mine.document.querySelector("[data-part=account]");
    if (account && ownAccount) account.replaceWith(document.importNode(ownAccount, true));
    for (const selector of ["comment-form", "[data-part=follow]"]) {
      const [here, own] = [this.querySelector(selector), mine.document.querySelector(selector)];
      if (here && own) putInPlace(here, own);
    }
  }

  /** @param {ParentNode} root @returns {Element[]} */
  #comments(root) {
    return Array.from(root.querySelectorAll("[id^=c]")).filter((element) => /^c\d+$/.test(element.id));
  }

  /** @param {ParentNode} root */
  #numbers(root) {
    return this.#comments(root).map((comment) => Number(comment.id.slice(1)));
  }

  /** @param {number[]} ids */
  #announce(ids) {
    for (const id of ids) if (!document.getElementById(`c${id}`)) this.#waiting.add(`c${id}`);
    const bar = this.#bar;
    if (!bar || !this.#waiting.size) return;
    const n = this.#waiting.size;
    bar.textContent = fill(n === 1 ? this.dataset.one : this.dataset.many, { n: number(n) });
    bar.hidden = false;
  }

  /** The button that new comments wait behind. @returns {HTMLElement | null} */
  get #bar() {
    return this.querySelector("[data-do=show-new]");
  }

  async #show() {
    const thread = this.dataset.page ?? "";
    const now = await page(thread, { signal: this.#life?.signal });
    const bar = this.#bar;
    if (!now?.response.ok || !bar) return;
    const arrived = this.#insert(now.document);
    this.#latest = Math.max(this.#latest, ...this.#numbers(now.document));
    this.#waiting.clear();
    const [title, newTitle] = [this.querySelector("#thread-head"), now.document.getElementById("thread-head")];
    if (title && newTitle) title.textContent = newTitle.textContent;
    bar.hidden = true;
    // Nobody should lose their place: the first new comment takes the focus, and the page stays where it is.
    const first = arrived[0];
    if (!(first instanceof HTMLElement)) return location.assign(thread);
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    if (first.getBoundingClientRect().top > innerHeight) first.scrollIntoView({ block: "nearest" });
  }

  /** @param {Document} now @returns {Element[]} */
  #insert(now) {
    const arrived = [];
    for (const fresh of this.#comments(now)) {
      if (document.getElementById(fresh.id)) continue;
      const above = fresh.parentElement?.closest("[id^=c]");
      const parent = above && /^c\d+$/.test(above.id) ? document.getElementById(above.id) : this.querySelector("ol.comments");
      if (!parent) continue;
      const list = above && /^c\d+$/.test(above.id) ? this.#replies(parent, fresh) : parent;
      const copy = document.importNode(fresh, true);
      copy.classList.add("is-new");
      list.insertBefore(copy, this.#after(fresh, list));
      arrived.push(copy);
    }
    for (const copy of arrived) copy.dispatchEvent(new Event("part-arrived", { bubbles: true }));
    if (arrived.length) void this.#ownParts(arrived);
    return arrived;
  }

  /**
   * The list of answers under a comment, made if this is the first.
   * @param {Element} parent
   * @param {Element} fresh
   */
  #replies(parent, fresh) {
    const list = Array.from(parent.children).find((child) => child.matches("ol.replies"));
    if (list) return list;
    const made = document.importNode(/** @type {Element} */ (fresh.parentElement), false);
    parent.append(made);
    return made;
  }

  /** What stands after it there and is here already. @param {Element} fresh @param {Element} list @returns {Element | null} */
  #after(fresh, list) {
    for (let next = fresh.nextElementSibling; next; next = next.nextElementSibling) {
      const here = next.id ? document.getElementById(next.id) : null;
      if (here?.parentElement === list) return here;
    }
    return Array.from(list.children).find((child) => !child.id) ?? null;
  }

  /** Notice, badge and form as they are now, with the words typed so far. @param {Document} now */
  #swapOpening(now) {
    for (const part of this.querySelectorAll("[data-part^=opening]")) {
      const fresh = now.querySelector(`[data-part="${part.getAttribute("data-part")}"]`);
      // Only the state decides: a form that differs in what was typed or counted is the same form.
      if (!fresh || fresh.getAttribute("data-state") === part.getAttribute("data-state")) continue;
      putInPlace(part, fresh);
      this.#ownParts();
    }
  }

  /** @param {Event} event */
  async #vote(event) {
    const form = event.target;
    const button = /** @type {SubmitEvent} */ (event).submitter;
    if (!(form instanceof HTMLFormElement) || !form.matches("form[action$='/votes']")) return;
    // A button with an address of its own is no vote, and leads to a page that says what it did.
    if (button?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, button)) body.append(name, String(value));
    const answer = await page(form.action, { method: "POST", body });
    form.ariaBusy = null;
    const action = form.getAttribute("action");
    const counted = answer?.document.querySelector(`form[action="${action}"]`);
    if (answer && !counted) return location.assign(answer.response.url);
    const refused = answer?.response.ok ? "" : answer?.document.querySelector("main .notice")?.textContent?.trim();
    this.#say(form, refused ?? this.dataset.lost ?? "");
    if (!counted) return;
    // A comment chosen by the desk stands on the page twice.
    for (const same of this.querySelectorAll(`form[action="${action}"]`)) takeVotes(same, counted, true);
  }

  /**
   * Says beside a comment why a vote was not counted.
   * @param {HTMLFormElement} form
   * @param {string} words
   */
  #say(form, words) {
    const status = this.querySelector("[data-status]");
    if (status) status.textContent = words;
    const before = form.nextElementSibling?.matches(".vote-note") ? form.nextElementSibling : undefined;
    before?.remove();
    if (!words) return;
    const note = document.createElement("p");
    note.className = "vote-note";
    note.textContent = words;
    form.after(note);
  }
}

/**
 * Makes a comment what it is now, without its replies.
 * @param {Element} comment
 * @param {Element} fresh
 */
function renew(comment, fresh) {
  // What its reader does not want to see need not be seen anew.
  if (comment.querySelector(":scope > details.ignored")) return;
  const own = (/** @type {Element} */ of) => Array.from(of.children).filter((child) => !child.matches(".replies"));
  const [forms, freshForms] = [own(comment), own(fresh)].map((children) => children.find((child) => child.matches("form")));
  const words = (/** @type {Element} */ of) => own(of).filter((child) => !child.matches("form, .vote-note")).map((child) => child.textContent).join();
  if (words(comment) !== words(fresh)) {
    // The list it stood in may be folded or open here, and stays so; the words are new.
    const isNew = comment.classList.contains("is-new");
    comment.className = fresh.className;
    comment.classList.toggle("is-new", isNew);
    for (const child of own(comment)) child.remove();
    comment.prepend(...own(fresh).map((child) => document.importNode(child, true)));
  } else if (forms && freshForms) {
    takeVotes(forms, freshForms, false);
  }
}

/**
 * Folds a comment into one line, without its replies.
 * @param {Element} comment
 * @param {string} line
 */
function fold(comment, line) {
  if (comment.querySelector(":scope > details.ignored")) return;
  const [details, summary] = [document.createElement("details"), document.createElement("summary")];
  details.className = "ignored";
  summary.textContent = line;
  details.append(summary, ...Array.from(comment.children).filter((child) => !child.matches(".replies")));
  comment.prepend(details);
}

/**
 * @param {Element} form
 * @param {Element} counted the same form with the votes as they are now
 * @param {boolean} personal whether it also knows this reader's own vote
 */
function takeVotes(form, counted, personal) {
  const fresh = counted.querySelectorAll("button[aria-label]");
  form.querySelectorAll("button[aria-label]").forEach((button, at) => {
    const now = fresh[at];
    if (!now) return;
    button.textContent = now.textContent;
    // The label of one's own comment also says why there is no vote.
    const names = personal ? ["aria-label", "aria-pressed", "value"] : button.hasAttribute("disabled") ? [] : ["aria-label"];
    for (const name of names) {
      const value = now.getAttribute(name);
      if (value === null) button.removeAttribute(name);
      else button.setAttribute(name, value);
    }
  });
}

customElements.define("live-thread", LiveThread);
