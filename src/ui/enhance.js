// Small comforts on top of pages that work without them.
// A form kept on this device by whoever asked for it: sealed as the page has it, seven days at most. Some browsers keep nothing.
const KEPT = 'passerelle.demande';
const forget = () => {
  try {
    localStorage.removeItem(KEPT);
  } catch {}
};
const keptDraft = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? 'null');
    if (kept && kept.until > Date.now()) return kept;
    forget();
  } catch {}
};

// Quick exit: replace this page in the history; Escape three times does the same.
const exit = document.querySelector('[data-quick-exit]');
if (exit instanceof HTMLAnchorElement) {
  const leave = () => {
    forget();
    location.replace(exit.href);
  };
  for (const link of document.querySelectorAll('[data-quick-exit]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      leave();
    });
  }
  let escapes = 0;
  let last = 0;
  addEventListener('keydown', (event) => {
    const now = Date.now();
    escapes = event.key === 'Escape' ? (now - last < 1500 ? escapes + 1 : 1) : 0;
    last = now;
    if (escapes >= 3) leave();
  });
}

// What was sent is known by the instant until which it may be kept: another one stays. Without an instant, any goes.
const over = document.querySelector('[data-forget]')?.dataset.forget;
if (over === '' || (over && keptDraft()?.until === Number(over))) forget();
const kept = keptDraft();
const draft = document.querySelector('input[name="draft"]');
const offer = document.querySelector('[data-kept-draft]');
const device = document.querySelector('[data-needs-device]');
if (draft instanceof HTMLInputElement) {
  try {
    if (draft.dataset.keptUntil)
      localStorage.setItem(KEPT, JSON.stringify({ draft: draft.value, until: Number(draft.dataset.keptUntil) }));
    else localStorage.getItem(KEPT);
    if (device instanceof HTMLElement) device.hidden = false;
  } catch {}
  if (kept && offer instanceof HTMLElement) {
    offer.hidden = false;
    offer.querySelector('[value="resume"]')?.addEventListener('click', () => (draft.value = kept.draft));
    offer.querySelector('[data-erase-kept]')?.addEventListener('click', () => {
      forget();
      offer.hidden = true;
    });
  }
}

// A link of the drawn map ticks the box it leads to, and opens what the box stands in.
for (const link of document.querySelectorAll('[data-chooses]')) {
  link.addEventListener('click', () => {
    const box = document.getElementById(link.getAttribute('href')?.slice(1) ?? '');
    if (!(box instanceof HTMLInputElement)) return;
    box.checked = true;
    for (let fold = box.closest('details'); fold; fold = fold.parentElement?.closest('details')) fold.open = true;
    box.focus();
  });
}

// What is missing is read first.
const summary = document.querySelector('[data-error-summary]');
if (summary instanceof HTMLElement) summary.focus();

// How many characters are left; the server stays the judge.
for (const area of document.querySelectorAll('textarea[data-limit]')) {
  const out = document.getElementById(area.id + '-left');
  if (!(area instanceof HTMLTextAreaElement) || !out) continue;
  const say = () => {
    const left = Number(area.dataset.limit) - [...area.value].length;
    out.textContent =
      Math.abs(left).toLocaleString(document.documentElement.lang) +
      ' ' +
      (left < 0 ? out.dataset.over : out.dataset.left);
    out.hidden = left > 200;
  };
  area.addEventListener('input', say);
  say();
}

for (const button of document.querySelectorAll('[data-print]')) {
  if (!(button instanceof HTMLElement)) continue;
  button.hidden = false;
  button.addEventListener('click', () => print());
}

// Reads the page aloud. Only by a voice of the device: others would send the page's text away.
const listen = document.querySelector('[data-listen]');
const main = document.querySelector('main');
const speech = window.speechSynthesis;
if (listen instanceof HTMLButtonElement && main && speech) {
  const words = listen.querySelector('span');
  const start = words.textContent;
  const language = document.documentElement.lang;
  const voice = () => speech.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(language));
  const offer = () => (listen.hidden = !voice());
  const rest = () => (words.textContent = start);
  speech.addEventListener('voiceschanged', offer);
  offer();
  const said = 'h1,h2,h3,p,li,legend,label,summary,dt,dd,td';
  // What nobody sees is not read: it has no box, or stands in a closed fold, which some browsers give one.
  const unseen = '[aria-hidden],details:not([open])>:not(summary)';
  const read = (part) => part.innerText.trim() && part.getClientRects().length > 0 && !part.closest(unseen);
  listen.addEventListener('click', () => {
    const speaking = speech.speaking;
    speech.cancel();
    rest();
    if (speaking) return;
    const parts = [...main.querySelectorAll(said)].filter((part) => read(part) && !part.parentElement.closest(said));
    for (const part of parts) {
      const utterance = new SpeechSynthesisUtterance(part.innerText);
      utterance.voice = voice();
      utterance.lang = language;
      if (part === parts.at(-1)) utterance.addEventListener('end', rest);
      speech.speak(utterance);
    }
    words.textContent = listen.dataset.stop;
  });
  addEventListener('pagehide', () => speech.cancel());
}

// Too many requests from one address: this device may work for its own. Without script one waits, or calls.
const proof = document.querySelector('input[data-proof]');
if (proof instanceof HTMLInputElement && globalThis.crypto?.subtle) {
  const text = new TextEncoder();
  const work = async () => {
    for (let n = 0; ; n += 1) {
      const hash = await crypto.subtle.digest('SHA-256', text.encode(proof.dataset.proof + ':' + n));
      const [first, second] = new Uint8Array(hash);
      if (first === 0 && second === 0) return n;
    }
  };
  void work().then((n) => {
    proof.value = String(n);
    const done = document.querySelector('[data-proof-done]');
    if (done instanceof HTMLElement) done.hidden = false;
  });
}
