import { drop, dropAll, keep } from "./storage.js";

/**
 * Remembers on this device that somebody signed in here, so that parts for members are asked for. It is a hint and gives no right:
 * the server decides by the session. The account page says yes, the page after signing out says no: then what was typed here
 * and has not arrived goes too, since the next person at this device may be another.
 */
export class SignedIn extends HTMLElement {
  connectedCallback() {
    if (this.getAttribute("value") !== "no") return void keep("signedIn", "1");
    drop("signedIn");
    dropAll("draft:");
  }
}

customElements.define("signed-in", SignedIn);
