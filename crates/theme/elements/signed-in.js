import { drop, keep } from "./storage.js";

/**
 * Remembers on this device that somebody signed in here, so that parts for members are asked for. It is a hint and gives no right:
 * the server decides by the session. The account page says yes, the page after signing out says no.
 */
export class SignedIn extends HTMLElement {
  connectedCallback() {
    if (this.getAttribute("value") === "no") drop("signedIn");
    else keep("signedIn", "1");
  }
}

customElements.define("signed-in", SignedIn);
