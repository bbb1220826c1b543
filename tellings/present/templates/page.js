"use strict";
(() => {
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const make = (name, text, parent) => {
    const made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
  };

  // Dates and numbers in the reader's own way of writing.
  const told = (options) => new Intl.DateTimeFormat(undefined, { ...options, timeZone: "UTC" });
  const months = told({ year: "numeric", month: "long" });
  const days = told({ dateStyle: "medium" });
  const clocks = told({ dateStyle: "medium", timeStyle: "short" });
  for (const time of all("time")) {
    const given = time.dateTime;
    const clock = "clock" in time.dataset && /^[\d-]{10}T\d\d:\d\d/.test(given);
    const text = given.slice(0, clock ? 16 : 10);
    const day = new Date(clock ? `${text}Z` : text);
    if (/^\d{4}-\d\d(-\d\d)?/.test(text) && !isNaN(day)) time.textContent = (clock ? clocks : text.length > 7 ? days : months).format(day);
  }
  const short = told({ day: "numeric", month: "short" });
  const shortYear = told({ year: "numeric", day: "numeric", month: "short" });
  const month = told({ month: "short" });
  const monthYear = told({ year: "numeric", month: "short" });
  for (const part of all("tspan[data-d]")) {
    const { d, y } = part.dataset;
    const way = d.length > 7 ? (y === undefined ? short : shortYear) : y === undefined ? month : monthYear;
    if (d.length > 4 && !isNaN(new Date(d))) part.textContent = way.format(new Date(d));
  }
  const iso = /\b(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))?\b/g;
  const local = (text) => text.replace(iso, (given, day, clock) => {
    const when = new Date(clock ? `${day}T${clock}Z` : day);
    return isNaN(when) ? given : (clock ? clocks : days).format(when);
  });
  for (const note of all("svg .note, svg title, p.guess, .notices li, .texts .text small a, .why li, .tell p")) {
    for (const node of note.childNodes) if (node.nodeType === 3 && node.data.match(iso)) node.data = local(node.data);
  }
  for (const link of all(".texts .text small a")) {
    if (/^\d{4}-\d\d$/.test(link.textContent) && !isNaN(new Date(link.textContent))) link.textContent = monthYear.format(new Date(link.textContent));
  }
  for (const drawn of all("svg [aria-label]")) drawn.setAttribute("aria-label", local(drawn.getAttribute("aria-label")));
  const plain = new Intl.NumberFormat();
  for (const number of all("tspan[data-n]")) number.textContent = plain.format(Number(number.dataset.n));
  // all is laid out after the first paint, or before a link is followed: where a place stands is known only then
  const whole = () => document.documentElement.classList.add("whole");
  requestAnimationFrame(() => setTimeout(() => {
    whole();
    // a narrow screen shows first the day on which most happens
    for (const view of all("[data-middle]")) view.scrollLeft = Number(view.dataset.middle) * view.scrollWidth - view.clientWidth / 2;
  }));
  for (const data of all("data")) data.textContent = plain.format(Number(data.value));

  // Whose words a siglum stands for.
  for (const link of all("a.sig")) {
    const of = document.getElementById(link.hash.slice(1).split("-")[0]);
    if (of) link.title = of.dataset.label;
  }

  // The text nodes of a report's paragraphs, without the links behind its sentences.
  const pieces = (paragraph) => {
    const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest("small") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const out = [];
    while (walk.nextNode()) out.push(walk.currentNode);
    return out;
  };

  // The stretches of the page that show the characters from start to end of a report (code points).
  const ranges = (text, start, end) => {
    const out = [];
    for (const paragraph of all("p[data-at]", text)) {
      let at = Number(paragraph.dataset.at);
      if (at >= end) break;
      for (const node of pieces(paragraph)) {
        const length = [...node.data].length;
        if (at + length > start && at < end) {
          const units = (n) => [...node.data].slice(0, Math.max(0, n)).join("").length;
          const range = new Range();
          range.setStart(node, units(start - at));
          range.setEnd(node, units(Math.min(end - at, length)));
          out.push(range);
        }
        at += length;
      }
    }
    return out;
  };

  // The words that a link into a report leads to.
  const place = /^#?(r\d+)-(\d+)-(\d+)$/;
  const words = (hash) => {
    const span = place.exec(hash);
    const report = span && document.getElementById(span[1]);
    if (!report) return null;
    const here = ranges(report.querySelector(".text"), Number(span[2]), Number(span[3]));
    const quote = here.map(String).join("").replace(/\s+/g, " ").trim();
    return { report, here, quote };
  };
  const source = ({ label, published, url }) => [label, published, url].filter(Boolean).join(", ");
  const quoted = ({ report, quote }) => `“${quote}” (${source(report.dataset)})`;

  // Everything that an item quotes, each with its source, and where the item stands.
  const cited = (item) => {
    const lines = [];
    const head = item.querySelector("h3");
    if (head) lines.push(head.textContent.trim());
    const seen = new Set();
    for (const link of all("a[href^='#r']", item)) {
      const said = seen.has(link.hash) ? null : words(link.hash);
      seen.add(link.hash);
      if (said?.quote) lines.push(quoted(said));
    }
    return lines.join("\n");
  };
  const copies = (button, text) => button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Cannot copy here";
    }
  });
  const button = (name, parent) => {
    const made = make("button", name, parent);
    made.type = "button";
    return made;
  };
  for (const item of all(".card, .brief > li")) {
    const made = button("Copy", item);
    made.className = "copy";
    if (!item.matches(".card")) (item.querySelector(".numbers") ?? item).append(" ", made);
    else item.querySelector(".hint").append(" ", made);
    made.setAttribute("aria-label", "Copy as quotation with sources");
    copies(made, () => cited(item));
  }

  // What a link leads to, before it is followed.
  const preview = ({ target }) => {
    const link = target.closest?.("a[href^='#r']:not([title])");
    const said = link && words(link.hash);
    if (said?.quote) link.title = `${said.report.dataset.siglum} · ${said.report.dataset.label}: “${said.quote.slice(0, 300)}”`;
  };
  addEventListener("pointerover", preview);
  addEventListener("focusin", preview);

  let bar = null;
  const found = () => {
    if (bar) bar.remove();
    bar = null;
    if (CSS.highlights) CSS.highlights.delete("found");
    document.documentElement.classList.remove("exact");
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    whole();
    let inside = false;
    for (let up = target.parentElement; up; up = up.parentElement) {
      if (up.tagName === "DETAILS" && !up.open) inside = up.open = true;
    }
    if (target.tagName === "DETAILS") target.open = true;
    if (inside) target.scrollIntoView();
    const said = words(target.id);
    const item = target.matches(".card, .brief > li, .claim, .names tr, .others li") ? target : null;
    if (!said?.here.length && !item) return;
    bar = document.createElement("div");
    bar.className = "bar-box";
    bar.setAttribute("role", "region");
    if (said) {
      if (CSS.highlights) {
        CSS.highlights.set("found", new Highlight(...said.here));
        document.documentElement.classList.add("exact");
      }
      const top = said.here[0].getBoundingClientRect().top;
      if (top < 60 || top > innerHeight - 120) scrollBy(0, top - innerHeight / 3);
      const { siglum, label, url } = said.report.dataset;
      bar.setAttribute("aria-label", "The quoted words");
      make("span", `${siglum} · ${label}`, bar);
      copies(button("Copy as quotation", bar), () => quoted(said));
      if (url) {
        // a text fragment: the outlet's own page opens at these words
        const ends = said.quote.split(" ");
        const parts = ends.length > 12 ? [ends.slice(0, 5), ends.slice(-5)] : [ends];
        const link = make("a", "At the outlet", bar);
        link.href = `${url.split("#")[0]}#:~:text=${parts.map((p) => encodeURIComponent(p.join(" ")).replace(/-/g, "%2D")).join(",")}`;
        link.rel = "noreferrer noopener";
      }
    } else {
      bar.setAttribute("aria-label", "This item");
      make("span", item.querySelector("h3, q").textContent.trim().slice(0, 80), bar);
      copies(button("Copy with sources", bar), () => cited(item));
    }
    copies(button("Copy link", bar), () => location.href);
    button("Back", bar).addEventListener("click", () => history.back());
    document.body.append(bar);
  };
  addEventListener("hashchange", found);
  found();

  // Statements by the words of any report that makes them.
  const filter = document.querySelector(".filter");
  if (filter) {
    const label = make("label", "Find a word or number in them ", filter);
    label.className = "find";
    const field = make("input", "", label);
    field.type = "search";
    field.tabIndex = 0;
    const count = make("span", "", label);
    count.setAttribute("role", "status");
    const rows = all("#claims .claim");
    const texts = new Map();
    const text = (row) => {
      if (!texts.has(row)) texts.set(row, [row.textContent, ...all("a[href^='#r']", row).map((a) => words(a.hash)?.quote ?? "")].join(" ").toLowerCase());
      return texts.get(row);
    };
    field.addEventListener("input", () => {
      const asked = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        row.hidden = !asked.every((word) => text(row).includes(word));
        if (!row.hidden) shown += 1;
      }
      count.textContent = asked.length ? ` ${plain.format(shown)} found` : "";
      for (const more of all("#claims details.more")) more.open = asked.length > 0 && more.querySelector(".claim:not([hidden])") !== null;
    });
    // without this the rows shown by a filter stand in lists that are still folded for the reader of a screen
    filter.addEventListener("change", ({ target }) => {
      if (target === field) return;
      const open = !document.getElementById("show-all").checked;
      for (const more of all("#claims details.more")) more.open = open;
    });
  }

  for (const buttons of all(".buttons")) {
    buttons.hidden = false;
    buttons.addEventListener("click", (event) => {
      const open = event.target.dataset?.open;
      if (open !== undefined) for (const text of all("details.full")) text.open = Boolean(open);
    });
  }
  // what paper shows though it is folded here; browsers know no other way than to open it
  let opened = [];
  addEventListener("beforeprint", () => {
    const which = document.getElementById("paper-all")?.checked ? "details:not(.furniture, .fold, [open])" : "#conflicts > details.more:not(.wordings, [open])";
    opened = all(which);
    for (const folded of opened) folded.open = true;
  });
  addEventListener("afterprint", () => { for (const folded of opened) folded.open = false; });
})();
