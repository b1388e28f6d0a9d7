/**
 * Calls once, when an element comes near the window while the page is in front.
 * @param {Element} element
 * @param {AbortSignal} signal ends the wait
 * @param {() => void} then
 * @param {string} [margin] how near is near enough
 */
export function whenVisible(element, signal, then, margin = "200px") {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    if (!signal.aborted) then();
  }, { rootMargin: margin });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect());
}
