// The page's own behaviour: show the turns, open sources beside them, copy. No state outside the page itself.
"use strict";

window.hjemmel = (() => {
  const WIDE = window.matchMedia("(min-width: 60rem)");
  const TOUCH = window.matchMedia("(pointer: coarse)");
  let opener = null; // the button that opened the source now shown

  const turns = () => document.querySelector(".hj-turns");
  const panel = () => document.querySelector(".hj-panel");
  const field = () => document.querySelector("#hj-question textarea");
  const texts = () => turns().dataset;

  const make = (name, className, text = "") => {
    const element = document.createElement(name);
    element.className = className;
    element.textContent = text;
    return element;
  };

  const say = (text) => {
    document.querySelector(".hj-said").textContent = text;
  };

  // ---- turns ----

  // Show what was asked; returns the earlier questions, oldest first, for those that lean on them.
  function asked(question) {
    drop();
    const before = [...turns().querySelectorAll(".hj-asked")].map((words) => words.textContent).filter(Boolean);
    const turn = make("div", "hj-turn hj-waiting");
    const words = make("p", "hj-question");
    words.append(make("span", "hj-hidden", `${texts().youAsked}: `), make("span", "hj-asked", question.trim()));
    words.hidden = question.trim() === "";
    turn.append(words, make("p", "hj-looking", texts().looking));
    turns().append(turn);
    document.body.classList.add("hj-talking");
    if (TOUCH.matches) field().blur(); // else the keyboard on the screen hides the answer
    reveal(turn);
    setTimeout(check, 3000, turn, 10);
    return before.slice(-3);
  }

  // Say so when the server is gone: gradio itself only goes on trying.
  async function check(turn, times) {
    if (!turn.isConnected || !turn.classList.contains("hj-waiting")) return;
    const reached = await fetch("hjemmel/icon.svg", { cache: "no-store" }).then((answer) => answer.ok, () => false);
    if (reached && times > 0) setTimeout(check, 3000, turn, times - 1);
    else failed();
  }

  // A turn that never got its card makes room for the next one.
  function drop() {
    for (const turn of turns().querySelectorAll(".hj-waiting")) turn.remove();
  }

  // Fill the waiting turn; returns what the question field shall hold now.
  function answered(reply) {
    const turn = turns().querySelector(".hj-waiting");
    if (!turn) return "";
    const question = turn.querySelector(".hj-asked").textContent;
    if (reply.shown) turn.querySelector(".hj-asked").textContent = reply.shown;
    turn.classList.remove("hj-waiting");
    turn.querySelector(".hj-looking").remove();
    turn.insertAdjacentHTML("beforeend", reply.card + reply.sources);
    turn.hjCopy = { plain: reply.plain, rich: reply.rich };
    turn.hjAnonymised = reply.anonymised;
    close();
    const first = turn.querySelector('[data-source="1"]:not(template)');
    if (first) open(first, { focus: false });
    say(`${texts().ready} ${reply.said}`);
    reveal(turn);
    return reply.keep ? question : "";
  }

  function failed() {
    const turn = turns().querySelector(".hj-waiting");
    if (!turn) return;
    turn.classList.remove("hj-waiting");
    const line = turn.querySelector(".hj-looking");
    line.className = "hj-unreachable";
    line.setAttribute("role", "alert");
    line.textContent = texts().unreachable;
  }

  function reset() {
    close();
    turns().replaceChildren();
    document.body.classList.remove("hj-talking");
    say("");
    window.scrollTo({ top: 0 });
    setTimeout(() => field()?.focus(), 0);
    return "";
  }

  function reveal(turn) {
    requestAnimationFrame(() => turn.scrollIntoView({ block: "start" }));
  }

  // ---- sources ----

  function open(button, { focus }) {
    const turn = button.closest(".hj-turn");
    const template = turn.querySelector(`template[data-source="${CSS.escape(button.dataset.source)}"]`);
    if (!template) return;
    mark(button, turn);
    place(turn);
    const shown = panel().querySelector(".hj-shown");
    shown.replaceChildren(template.content.cloneNode(true));
    panel().hidden = false;
    document.body.classList.add("hj-beside");
    shown.scrollTop = 0;
    const quote = shown.querySelector("mark");
    const heading = shown.querySelector("h2");
    if (WIDE.matches && quote) centre(shown, quote);
    if (!focus) return;
    heading.focus({ preventScroll: true });
    if (!WIDE.matches) panel().scrollIntoView({ block: "start" });
  }

  // Scroll the panel alone, and only when the quote would not be seen.
  function centre(box, quote) {
    const [outer, inner] = [box.getBoundingClientRect(), quote.getBoundingClientRect()];
    if (inner.bottom > outer.bottom - 24) box.scrollTop += inner.top - outer.top - outer.height / 3;
  }

  function mark(button, turn) {
    for (const other of document.querySelectorAll('[data-source][aria-current]')) other.removeAttribute("aria-current");
    for (const same of turn.querySelectorAll(`button[data-source="${CSS.escape(button.dataset.source)}"]`)) {
      same.setAttribute("aria-current", "true");
    }
    opener = button;
  }

  // Beside the conversation on a wide screen, below the card on a narrow one.
  function place(turn) {
    const home = WIDE.matches || !turn ? document.querySelector(".hj-home") : turn;
    if (panel().parentElement !== home) home.append(panel());
  }

  function close() {
    if (!panel()) return;
    place(null);
    panel().hidden = true;
    panel().querySelector(".hj-shown").replaceChildren();
    document.body.classList.remove("hj-beside");
    opener = null;
  }

  function back() {
    if (!opener) return;
    opener.focus({ preventScroll: true });
    opener.scrollIntoView({ block: "center" });
  }

  WIDE.addEventListener("change", () => {
    if (panel() && opener) place(opener.closest(".hj-turn"));
  });

  // ---- copying ----

  async function copy(button) {
    const { plain, rich } = button.closest(".hj-turn").hjCopy;
    const done = button.parentElement.querySelector(".hj-copied");
    const copied = (await write(plain, rich)) || writeOldWay(plain, rich);
    done.textContent = copied ? texts().copied : texts().notCopied;
    setTimeout(() => { done.textContent = ""; }, 4000);
  }

  async function write(plain, rich) {
    if (!window.isSecureContext || !window.ClipboardItem) return false;
    const blob = (text, type) => new Blob([text], { type });
    try {
      await navigator.clipboard.write([
        new ClipboardItem({ "text/plain": blob(plain, "text/plain"), "text/html": blob(rich, "text/html") }),
      ]);
      return true;
    } catch {
      return false;
    }
  }

  // Works without a secure context, as on an intranet address without TLS.
  function writeOldWay(plain, rich) {
    const fill = (event) => {
      event.clipboardData.setData("text/plain", plain);
      event.clipboardData.setData("text/html", rich);
      event.preventDefault();
    };
    document.addEventListener("copy", fill, { once: true });
    const copied = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    return copied;
  }

  // ---- events ----

  function use(button) {
    field().value = button.closest(".hj-turn").hjAnonymised;
    field().dispatchEvent(new Event("input", { bubbles: true }));
    field().focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    if (button.dataset.source) open(button, { focus: true });
    else if (button.classList.contains("hj-back")) back();
    else if (button.classList.contains("hj-copy")) copy(button);
    else if (button.classList.contains("hj-use")) use(button);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opener && panel().contains(document.activeElement)) back();
  });

  return { asked, answered, failed, reset };
})();
