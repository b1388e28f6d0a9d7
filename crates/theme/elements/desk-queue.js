import { findPart, page } from "./pages.js";
import { drop, keep, kept } from "./storage.js";
import { fill } from "./words.js";

/** How many cases are fetched before somebody asks for them. */
const AHEAD = 6;
/** How few rows are left when the next page of the list is fetched. */
const FEW = 12;
/** How many decisions travel together. */
const AT_ONCE = 50;
const OFF = "desk-keys-off";
const DESK = "/desk/moderation";

/** @typedef {{ key: string, act: "stand" | "refuse", clause: string, reason: string, row: HTMLElement | undefined, until: number, form: HTMLFormElement }} Held */

/**
 * One key for each decision. The next cases are fetched ahead, so that they are there when they are wanted. A decision is held
 * for some seconds in which it can be undone, and sent when they are over, or at once when the page is left; until then the case
 * stays with whoever decided. Without this element every form works by itself, at once.
 */
export class DeskQueue extends HTMLElement {
  /** @type {AbortController | undefined} */ #life;
  /** @type {Map<string, Promise<Document | undefined>>} */ #ahead = new Map();
  /** @type {Held[]} */ #held = [];
  /** @type {string | undefined} */ #shown;
  /** @type {Promise<void> | undefined} */ #more;
  #ticking = 0;

  connectedCallback() {
    this.#life = new AbortController();
    const signal = this.#life.signal;
    this.#shown = this.#part("case")?.dataset.key;
    this.addEventListener("submit", (event) => this.#submitted(event), { signal });
    this.addEventListener("click", (event) => this.#clicked(event), { signal });
    this.addEventListener("change", (event) => this.#changed(event), { signal });
    document.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    addEventListener("pagehide", () => this.#send(this.#held.splice(0), true), { signal });
    const on = this.#switch();
    if (on) on.checked = kept(OFF) !== "1";
    this.#ticking = window.setInterval(() => this.#tick(), 500);
    this.#lookAhead();
    if (!this.#shown) void this.#show(this.#next(undefined));
  }

  disconnectedCallback() {
    this.#life?.abort();
    clearInterval(this.#ticking);
  }

  /** @param {string} name @returns {HTMLElement | null} */
  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  /** @returns {HTMLInputElement | null} */
  #switch() {
    return this.querySelector("[data-do=switch]");
  }

  /** The rows that can be decided: not held by somebody else, not decided a moment ago. @returns {HTMLElement[]} */
  #rows() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-part=list] li[data-key]")]).filter((row) => !row.dataset.held && !row.hidden);
  }

  /** @param {string | undefined} key @returns {HTMLElement | undefined} */
  #row(key) {
    return key ? /** @type {HTMLElement | null} */ (this.querySelector(`[data-part=list] li[data-key="${CSS.escape(key)}"]`)) ?? undefined : undefined;
  }

  /** @param {HTMLElement | undefined} row */
  #next(row) {
    const rows = this.#rows();
    return row ? rows[rows.indexOf(row) + 1] ?? rows.filter((other) => other !== row).at(-1) : rows[0];
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.defaultPrevented || event.altKey || event.metaKey) return;
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    const types = target.matches("textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable]");
    if (event.ctrlKey) {
      if (event.key === "Enter" && types) this.#do(event, () => this.#refuse());
      return;
    }
    if (types || this.querySelector("dialog[open]") || this.#switch()?.checked === false) return;
    const row = this.#row(this.#shown);
    const rows = this.#rows();
    const at = row ? rows.indexOf(row) : -1;
    if (/^[1-9]$/.test(event.key)) return this.#do(event, () => this.#choose(Number(event.key) - 1));
    switch (event.key) {
      case "j": return this.#do(event, () => this.#show(rows[at + 1]));
      case "k": return this.#do(event, () => this.#show(rows[at - 1]));
      case "f": return this.#do(event, () => this.#stand());
      case "d": return this.#do(event, () => this.#refuse());
      case "u": return this.#do(event, () => this.#undo());
      case "t": return this.#do(event, () => this.#nextQueue());
      case "z": return this.#do(event, () => this.classList.toggle("concentrated"));
      case "?": return this.#do(event, () => this.#keys());
      default:
    }
  }

  /** @param {Event} event @param {() => unknown} act */
  #do(event, act) {
    event.preventDefault();
    void act();
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = event.target instanceof Element ? event.target : undefined;
    const button = /** @type {HTMLElement | null | undefined} */ (target?.closest("[data-do]"));
    if (button?.dataset.do === "keys") return this.#keys();
    if (button?.dataset.do === "undo") return this.#undo();
    const link = target?.closest("[data-part=list] li[data-key] > a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const row = /** @type {HTMLElement} */ (link.parentElement);
    if (!row.dataset.held) this.#do(event, () => this.#show(row));
  }

  /** @param {Event} event */
  #changed(event) {
    const field = event.target instanceof HTMLInputElement ? event.target : undefined;
    if (field?.dataset.do === "switch") return field.checked ? drop(OFF) : void keep(OFF, "1");
    if (field?.name === "clause") this.#prepare(field);
  }

  /** The text prepared for a clause, unless somebody has typed their own. @param {HTMLInputElement} clause */
  #prepare(clause) {
    const reason = clause.form?.querySelector("textarea");
    const others = /** @type {HTMLInputElement[]} */ ([...(clause.form?.querySelectorAll("[name=clause]") ?? [])]);
    const untouched = !reason?.value.trim() || others.some((other) => other.dataset.reason === reason.value);
    if (reason && untouched) reason.value = clause.dataset.reason ?? "";
  }

  #keys() {
    /** @type {HTMLDialogElement | null} */ (this.querySelector("dialog.keys"))?.showModal();
  }

  #nextQueue() {
    const tabs = /** @type {HTMLAnchorElement[]} */ ([...this.querySelectorAll(".queues a")]);
    const at = tabs.findIndex((tab) => tab.hasAttribute("aria-current"));
    tabs[(at + 1) % tabs.length]?.click();
  }

  /** @param {"stand" | "refuse"} act @returns {HTMLFormElement | null} */
  #form(act) {
    return this.querySelector(`[data-part=decision] form[data-act="${act}"]`);
  }

  #stand() {
    const form = this.#form("stand");
    if (form?.querySelector("button")) this.#hold(form, "stand");
  }

  /** The first time it opens the reason, the second time it decides. */
  #refuse() {
    const form = this.#form("refuse");
    if (!form) return;
    const chosen = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=clause]:checked"));
    if (chosen && form.reportValidity()) return this.#hold(form, "refuse");
    /** @type {HTMLElement | null} */ (form.querySelector("fieldset"))?.focus();
  }

  /** @param {number} at */
  #choose(at) {
    const form = this.#form("refuse");
    const clause = /** @type {HTMLInputElement | undefined} */ (form?.querySelectorAll("[name=clause]")[at]);
    if (!clause) return;
    clause.checked = true;
    this.#prepare(clause);
  }

  /** @param {SubmitEvent} event */
  #submitted(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const act = form.dataset.act;
    if (act === "stand" || act === "refuse") this.#do(event, () => this.#hold(form, act));
  }

  /** Shows the next case at once and keeps the decision for as long as it can be undone. @param {HTMLFormElement} form @param {"stand" | "refuse"} act */
  #hold(form, act) {
    const said = new FormData(form);
    const text = (/** @type {string} */ name) => String(said.get(name) ?? "");
    const row = this.#row(this.#shown);
    const next = this.#next(row);
    const until = performance.now() + Number(this.dataset.hold) * 1000;
    this.#held.push({ key: text("case"), act, clause: text("clause"), reason: text("reason"), row, until, form });
    if (row) row.hidden = true;
    void this.#show(next, true);
    this.#tick();
  }

  #undo() {
    const last = this.#held.pop();
    if (!last) return;
    if (last.row) last.row.hidden = false;
    void this.#show(last.row);
    this.#tick();
    this.#say(this.dataset.lineUndone ?? "");
  }

  /** Sends what can no longer be undone, and says how long the latest still can. */
  #tick() {
    const now = performance.now();
    const over = this.#held.filter((held) => held.until <= now);
    this.#held = this.#held.filter((held) => held.until > now);
    if (over.length) void this.#send(over, false);
    const last = this.#held.at(-1);
    const undo = /** @type {HTMLElement | null} */ (this.querySelector("[data-do=undo]"));
    if (undo) undo.hidden = !last;
    if (last) this.#say(fill(last.act === "stand" ? this.dataset.lineStand : this.dataset.lineRefuse, { seconds: Math.ceil((last.until - now) / 1000) }));
    else if (over.length) this.#say("");
  }

  /** @param {string} words */
  #say(words) {
    const line = this.querySelector("[data-line=held]");
    if (line && line.textContent !== words) line.textContent = words;
  }

  /** Decisions that say the same travel together. @param {Held[]} held @param {boolean} leaving */
  async #send(held, leaving) {
    /** @type {Map<string, Held[]>} */ const alike = new Map();
    for (const one of held) {
      let kind = JSON.stringify([one.act, one.clause, one.reason]);
      while ((alike.get(kind)?.length ?? 0) >= AT_ONCE) kind += "+";
      alike.set(kind, [...(alike.get(kind) ?? []), one]);
    }
    // All at once: a page that is being left starts what it starts now.
    await Promise.all([...alike.values()].map((group) => this.#sendAlike(group, leaving)));
  }

  /** @param {Held[]} group @param {boolean} leaving */
  async #sendAlike(group, leaving) {
    const [{ act, clause, reason }] = /** @type {[Held]} */ (/** @type {unknown} */ (group));
    const body = new URLSearchParams(group.map(({ key }) => ["case", key]));
    body.append("act", act);
    if (act === "refuse") {
      body.append("clause", clause);
      body.append("reason", reason);
    }
    const answer = await fetch(`${DESK}/decisions`, { method: "POST", body, redirect: "manual", keepalive: leaving }).catch(() => undefined);
    // Sent on to the desk: everything was decided.
    if (answer?.type === "opaqueredirect" || leaving) for (const { row } of group) row?.remove();
    else await this.#refused(group, answer);
  }

  /** What was not decided comes back, with the reason. @param {Held[]} group @param {Response | undefined} answer */
  async #refused(group, answer) {
    const said = answer?.headers.get("content-type")?.startsWith("text/html") ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined;
    const undecided = /** @type {HTMLElement[]} */ ([...(said?.querySelectorAll("[data-undecided]") ?? [])]);
    const list = this.#part("list");
    for (const { key, row } of group) {
      const why = undecided.find((line) => line.dataset.undecided === key);
      if (undecided.length && !why) {
        row?.remove();
        continue;
      }
      if (why) list?.querySelector("h2")?.after(document.importNode(why, true));
      else if (row) row.hidden = false;
    }
    if (!undecided.length) this.#say(this.dataset.lineFailed ?? "");
  }

  /** @param {HTMLElement | undefined} row @param {boolean} [decided] whether the case before it is decided about, and so not let go of */
  async #show(row, decided = false) {
    if (!row?.dataset.key) {
      if (decided) await this.#end();
      return;
    }
    const before = this.#shown;
    const key = (this.#shown = row.dataset.key);
    const found = await this.#fetched(row);
    if (this.#shown !== key) return;
    if (!found || !this.#put(found)) return void location.assign(row.querySelector("a")?.href ?? DESK);
    for (const other of this.querySelectorAll("[data-part=list] li.current")) {
      other.classList.remove("current");
      other.querySelector("a")?.removeAttribute("aria-current");
    }
    row.classList.add("current");
    row.querySelector("a")?.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
    this.dispatchEvent(new CustomEvent("case-shown", { detail: { key }, bubbles: true }));
    this.#lookAhead();
    void this.#take(key, decided ? undefined : before);
  }

  /** The list is done: the next page, or the sentence that nothing is left. */
  async #end() {
    this.#shown = undefined;
    await this.#more;
    const row = this.#next(undefined);
    if (row) return this.#show(row);
    for (const name of ["case", "decision"]) this.#part(name)?.replaceChildren();
    const done = document.createElement("p");
    done.className = "notice";
    done.textContent = this.dataset.lineNone ?? "";
    this.#part("case")?.append(done);
    return undefined;
  }

  /** @param {Document} found */
  #put(found) {
    const panes = this.querySelector(".panes");
    const parts = ["case", "decision"].map((name) => findPart(found, name, ""));
    if (!panes || parts.some((part) => !part)) return false;
    panes.classList.remove("no-case");
    panes.querySelector(":scope > .hint")?.remove();
    for (const part of parts) {
      const copy = document.importNode(/** @type {HTMLElement} */ (part), true);
      for (const hint of /** @type {NodeListOf<HTMLElement>} */ (copy.querySelectorAll("[data-scripts]"))) hint.hidden = false;
      const old = this.#part(copy.dataset.part ?? "");
      if (old) old.replaceWith(copy);
      else panes.append(copy);
    }
    if (document.activeElement === document.body) this.querySelector("#case")?.scrollIntoView({ block: "nearest" });
    return true;
  }

  /** Tells the others who has the case, and that the one before is free again. @param {string} key @param {string | undefined} before */
  async #take(key, before) {
    const send = (/** @type {string} */ path) => fetch(path, { method: "POST", body: new URLSearchParams(), redirect: "manual", keepalive: true }).catch(() => undefined);
    if (before && before !== key && !this.#held.some((held) => held.key === before)) {
      void send(`${DESK}/cases/${before}/release`);
      this.#mark(before, this.dataset.lineFree);
    }
    const answer = await send(`${DESK}/cases/${key}/claim`);
    if (answer?.ok && this.#shown === key) this.#mark(key, this.dataset.lineMine);
    if (answer?.status !== 409 || this.#shown !== key) return;
    // Somebody was faster: their name stands where the decision would be.
    const row = this.#row(key);
    if (row) row.dataset.held = "1";
    this.#put(new DOMParser().parseFromString(await answer.text(), "text/html"));
  }

  /** Says in the list who has a case. @param {string} key @param {string | undefined} words */
  #mark(key, words) {
    const line = this.#row(key)?.querySelector(".held");
    if (line) line.textContent = words ?? "";
  }

  /** @param {HTMLElement} row @returns {Promise<Document | undefined>} */
  #fetched(row) {
    const { key = "", ahead = "" } = row.dataset;
    const known = this.#ahead.get(key);
    if (known) return known;
    const asked = page(ahead).then((found) => (found?.response.ok ? found.document : undefined));
    this.#ahead.set(key, asked);
    return asked;
  }

  #lookAhead() {
    const rows = this.#rows();
    const row = this.#row(this.#shown);
    const at = row ? rows.indexOf(row) : -1;
    const wanted = rows.slice(Math.max(at - 1, 0), at + 1 + AHEAD);
    const keys = new Set(wanted.map((row) => row.dataset.key));
    for (const key of this.#ahead.keys()) if (!keys.has(key) && key !== this.#shown) this.#ahead.delete(key);
    for (const row of wanted) void this.#fetched(row);
    if (rows.length - at < FEW) this.#more ??= this.#fetchMore().finally(() => (this.#more = undefined));
  }

  /** The rows of the next page, below those that are here. */
  async #fetchMore() {
    const list = this.#part("list");
    const next = /** @type {HTMLAnchorElement | null | undefined} */ (list?.querySelector(".pager [rel=next]"));
    if (!next) return;
    const found = await page(next.href);
    const more = found?.response.ok ? findPart(found.document, "list", "") : null;
    if (!more) return;
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (more.querySelectorAll("li[data-key]"))) {
      if (!this.#row(row.dataset.key)) list?.querySelector("ol")?.append(document.importNode(row, true));
    }
    const further = /** @type {HTMLAnchorElement | null} */ (more.querySelector(".pager [rel=next]"));
    if (further) next.href = further.href;
    else next.remove();
    this.#lookAhead();
  }
}

customElements.define("desk-queue", DeskQueue);
