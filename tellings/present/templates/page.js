"use strict";
(() => {
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const make = (name, text, parent) => {
    const made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
  };

  // Dates in the reader's own way of writing.
  const months = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "long", timeZone: "UTC" });
  const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
  for (const time of all("time")) {
    const given = time.dateTime.slice(0, 10);
    const day = new Date(given);
    if (/^\d{4}-\d\d(-\d\d)?$/.test(given) && !isNaN(day)) time.textContent = (given.length > 7 ? whole : months).format(day);
  }

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

  let bar = null;
  const found = () => {
    if (bar) bar.remove();
    bar = null;
    if (CSS.highlights) CSS.highlights.delete("found");
    document.documentElement.classList.remove("exact");
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let inside = false;
    for (let up = target.parentElement; up; up = up.parentElement) {
      if (up.tagName === "DETAILS" && !up.open) inside = up.open = true;
    }
    if (target.tagName === "DETAILS") target.open = true;
    const span = /^(r\d+)-(\d+)-(\d+)$/.exec(target.id);
    if (inside) target.scrollIntoView();
    if (!span) return;
    const report = document.getElementById(span[1]);
    const here = ranges(report.querySelector(".text"), Number(span[2]), Number(span[3]));
    if (!here.length) return;
    if (CSS.highlights) {
      CSS.highlights.set("found", new Highlight(...here));
      document.documentElement.classList.add("exact");
    }
    const top = here[0].getBoundingClientRect().top;
    if (top < 60 || top > innerHeight - 120) scrollBy(0, top - innerHeight / 3);
    const { siglum, label, published, url } = report.dataset;
    bar = document.createElement("div");
    bar.className = "bar-box";
    bar.setAttribute("role", "region");
    bar.setAttribute("aria-label", "The quoted words");
    make("span", `${siglum} · ${label}`, bar);
    const copy = make("button", "Copy as quotation", bar);
    copy.addEventListener("click", async () => {
      const words = here.map(String).join("").replace(/\s+/g, " ").trim();
      const source = [label, published, url].filter(Boolean).join(", ");
      try {
        await navigator.clipboard.writeText(`“${words}” (${source})`);
        copy.textContent = "Copied";
      } catch {
        copy.textContent = "Cannot copy here";
      }
    });
    make("button", "Back", bar).addEventListener("click", () => history.back());
    document.body.append(bar);
  };
  addEventListener("hashchange", found);
  found();

  for (const buttons of all(".buttons")) {
    buttons.hidden = false;
    buttons.addEventListener("click", (event) => {
      const open = event.target.dataset?.open;
      if (open !== undefined) for (const text of all("details.full")) text.open = Boolean(open);
    });
  }
  addEventListener("beforeprint", () => { for (const folded of all("details:not(.furniture)")) folded.open = true; });
})();
