"use strict";
// Side by side: any two reports, set from the text that the page holds, and lines between what has moved.
(() => {
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const make = (name, text, parent, kind = "") => {
    const made = document.createElement(name);
    made.textContent = text;
    if (kind) made.className = kind;
    parent?.append(made);
    return made;
  };

  // ---- lines between moved words: from the box on the left to its fellow on the right
  const SVG = "http://www.w3.org/2000/svg";
  const knots = (rows) => {
    rows.querySelector("svg.knots")?.remove();
    const lefts = all(".row.moved > p:first-child .knot", rows).filter((knot) => knot.checkVisibility());
    if (!lefts.length || innerWidth < 768) return;
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "knots");
    svg.setAttribute("aria-hidden", "true");
    const box = rows.getBoundingClientRect();
    const put = (name, values) => {
      const made = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
      svg.append(made);
    };
    for (const left of lefts) {
      const right = document.getElementById(left.hash.slice(1));
      if (!right?.checkVisibility()) continue;
      const [a, b] = [left.closest("p").getBoundingClientRect(), right.closest("p").getBoundingClientRect()];
      const y1 = left.getBoundingClientRect().top + left.offsetHeight / 2 - box.top;
      const y2 = right.getBoundingClientRect().top + right.offsetHeight / 2 - box.top;
      const [x1, x2] = [a.right - box.left + 4, b.left - box.left - 4];
      const middle = (x1 + x2) / 2;
      put("path", { d: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}` });
      put("circle", { cx: x1, cy: y1, r: 3 });
      put("circle", { cx: x2, cy: y2, r: 3 });
    }
    rows.append(svg);
  };
  const watch = new ResizeObserver((seen) => { for (const { target } of seen) knots(target); });
  const watched = (side) => { for (const rows of all(".rows", side)) watch.observe(rows); };
  for (const side of all("details.side")) watched(side);

  // ---- any two
  const data = document.getElementById("woven");
  if (!data) return;
  const woven = JSON.parse(data.textContent);
  const KIND = woven.kinds.map(([kind]) => kind);
  const NAME = Object.fromEntries(woven.kinds);
  const at = new Map(woven.reports.map((anchor, number) => [anchor, number]));

  // The text of a report as code points, and where its sentences stand, from its paragraphs.
  const texts = new Map();
  const text = (number) => {
    if (texts.has(number)) return texts.get(number);
    const chars = [];
    const sentences = [];
    for (const p of all(".text p[data-at]", document.getElementById(woven.reports[number]))) {
      let place = Number(p.dataset.at);
      const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT, (node) =>
        node.parentElement.closest("small") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
      let last = null;
      while (walk.nextNode()) {
        const node = walk.currentNode;
        const sentence = node.parentElement.closest("span[id]");
        const start = place;
        for (const char of node.data) chars[place++] = char;
        const gone = node.parentElement.closest("s, .furniture") !== null;
        if (sentence && sentence === last) sentences.at(-1).end = place;
        else if (sentence) sentences.push({ start, end: place, gone: 0 });
        if (sentence && gone) sentences.at(-1).gone += place - start;
        last = sentence;
      }
    }
    for (let n = 0; n < chars.length; n += 1) chars[n] ??= " ";
    texts.set(number, { chars, sentences });
    return texts.get(number);
  };
  const words = (one, start, end) => one.chars.slice(start, end).join("");

  const tokens = (one, start, end) => {
    const given = one.chars.slice(start, end);
    const out = [];
    const joined = given.join("");
    const units = joined.length === given.length ? null : given.flatMap((char, n) => Array(char.length).fill(n));
    for (const found of joined.matchAll(/[\p{L}\p{N}_]+(?:['’.,-][\p{L}\p{N}_]+)*|[^\p{L}\p{N}\s_]/gu)) {
      const from = units ? units[found.index] : found.index;
      out.push({ word: found[0].toLowerCase().replace(/’/g, "'").replace(/[“”]/g, '"'), start: start + from, end: start + from + [...found[0]].length });
    }
    return out;
  };

  // What is equal and what is replaced between two lists of words: the longest common subsequence.
  const steps = (a, b, join) => {
    const size = b.length + 1;
    const cells = (a.length + 1) * size;
    const out = [];
    const add = (equal, a1, a2, b1, b2) => {
      const last = out.at(-1);
      if (last && last[0] === equal) [last[2], last[4]] = [a2, b2];
      else out.push([equal, a1, a2, b1, b2]);
    };
    if (cells > 4e6) return [[false, 0, a.length, 0, b.length]];
    const most = new Uint16Array(cells);
    for (let i = a.length - 1; i >= 0; i -= 1) {
      for (let j = b.length - 1; j >= 0; j -= 1) {
        most[i * size + j] = a[i].word === b[j].word
          ? most[(i + 1) * size + j + 1] + 1
          : Math.max(most[(i + 1) * size + j], most[i * size + j + 1]);
      }
    }
    let [i, j] = [0, 0];
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i].word === b[j].word) add(true, i, ++i, j, ++j);
      else if (j >= b.length || (i < a.length && most[(i + 1) * size + j] >= most[i * size + j + 1])) add(false, i, ++i, j, j);
      else add(false, i, i, j, ++j);
    }
    if (!join) return out;
    // one short equal word between two changes belongs to the change
    for (let n = out.length - 2; n > 0; n -= 1) {
      const [equal, a1, a2] = out[n];
      if (!equal || a2 - a1 !== 1 || a[a1].word.length > 3) continue;
      out.splice(n - 1, 3, [false, out[n - 1][1], out[n + 1][2], out[n - 1][3], out[n + 1][4]]);
      n -= 1;
    }
    return out;
  };

  const meets = (a, b) => Math.min(a[1], b[1]) - Math.max(a[0], b[0]);
  const kindOf = (before, after, edits) => {
    let [best, most] = ["", 0];
    for (const edit of edits) {
      if ((!edit.before && before) || (!edit.after && after)) continue; // added or dropped in another copy
      const size = (before && edit.before ? Math.max(0, meets(before, edit.before)) : 0) + (after && edit.after ? Math.max(0, meets(after, edit.after)) : 0);
      if (size > most) [best, most] = [edit.kind, size];
    }
    return best || (!before ? "added" : !after ? "dropped" : "reworded");
  };
  // Edits are collated between a report and its source only: of other pairs we still know what a number is,
  // and that the words of one side were put in another's place, or were replaced, in another copy.
  const guess = (before, after, [one, other], known) => {
    if (/\p{N}/u.test(words(one, ...before) + words(other, ...after))) return "number_changed";
    const same = known.find((edit) => (edit.before && meets(edit.before, before) > 0) || (edit.after && meets(edit.after, after) > 0));
    return same ? same.kind : "reworded";
  };

  // One link for each sentence of a shared stretch of the right report.
  const links = (left, right, a0, a1, b0, b1, edits, known) => {
    const [a, b] = [tokens(left, a0, a1), tokens(right, b0, b1)];
    if (!a.length || !b.length) return [];
    const found = steps(a, b, !edits.length);
    const cuts = [0];
    for (const { start } of right.sentences) {
      if (start <= b0 || start >= b1) continue;
      const cut = b.findIndex((token) => token.start >= start);
      if (cut > cuts.at(-1)) cuts.push(cut);
    }
    cuts.push(b.length);
    const there = (n) => {
      for (const [equal, s1, s2, t1, t2] of found) {
        if (t1 <= n && (n < t2 || (n === t2 && equal))) return equal ? s1 + n - t1 : n === t1 ? s1 : s2;
      }
      return a.length;
    };
    const out = [];
    let from = 0;
    for (let n = 0; n + 1 < cuts.length; n += 1) {
      const [low, high] = [cuts[n], cuts[n + 1]];
      const to = high === b.length ? a.length : Math.max(from, there(high));
      const marks = [];
      for (const [equal, s1, s2, t1, t2] of found) {
        const [i, j, k, l] = [Math.max(s1, from), Math.min(s2, to), Math.max(t1, low), Math.min(t2, high)];
        if (equal || (i >= j && k >= l)) continue;
        const before = i < j ? [a[i].start, a[j - 1].end] : null;
        const after = k < l ? [b[k].start, b[l - 1].end] : null;
        let kind = kindOf(before, after, edits);
        if (kind === "reworded" && !edits.length) kind = guess(before, after, [left, right], known);
        marks.push({ before, after, kind });
      }
      if (to > from) out.push({ left: [a[from].start, a[to - 1].end], right: [b[low].start, b[high - 1].end], marks });
      from = to;
    }
    return out;
  };

  // The places of a longest rising run of numbers.
  const rising = (values) => {
    const [tops, ends, before] = [[], [], []];
    values.forEach((value, n) => {
      let place = tops.findIndex((top) => top > value);
      if (place < 0) place = tops.length;
      [tops[place], ends[place]] = [value, n];
      before[n] = place ? ends[place - 1] : -1;
    });
    const out = new Set();
    for (let n = ends.at(-1) ?? -1; n >= 0; n = before[n]) out.add(n);
    return out;
  };

  const unshared = (one, taken) => {
    const sorted = [...taken].sort((x, y) => x[0] - y[0]);
    return one.sentences.filter(({ start, end, gone }) => {
      const part = sorted.reduce((sum, span) => sum + Math.max(0, meets([start, end], span)), 0);
      return 2 * (part + gone) < end - start && words(one, start, end).trim();
    }).map(({ start, end }) => [start, end]);
  };

  const shared = (i, j) => {
    const out = [];
    for (const passage of woven.passages) {
      let [a, b] = [null, null];
      for (let n = 0; n < passage.length; n += 3) {
        const span = [passage[n + 1], passage[n + 1] + passage[n + 2]];
        if (passage[n] === i) a = span;
        if (passage[n] === j) b = span;
      }
      if (a && b) out.push([a, b]);
    }
    return out.sort((x, y) => x[1][0] - y[1][0] || y[1][1] - x[1][1]);
  };

  const pair = (i, j) => {
    const [left, right] = [text(i), text(j)];
    const edits = [];
    const known = [];
    for (const [kind, r1, s1, n1, r2, s2, n2] of woven.edits) {
      if (r1 >= 0 && r2 >= 0 && (r1 === i) !== (r2 === j) && KIND[kind] !== "reworded") {
        known.push({ kind: KIND[kind], before: r1 === i ? [s1, s1 + n1] : null, after: r2 === j ? [s2, s2 + n2] : null });
      }
      if ((r1 === i && (r2 === j || r2 < 0)) || (r1 < 0 && r2 === j)) {
        edits.push({ kind: KIND[kind], before: r1 < 0 ? null : [s1, s1 + n1], after: r2 < 0 ? null : [s2, s2 + n2] });
      }
    }
    const found = [];
    let used = 0;
    for (const [a, b] of shared(i, j)) {
      if (b[0] < used) continue;
      used = b[1];
      const inside = edits.filter((e) => (!e.before || meets(e.before, a) > 0) && (!e.after || meets(e.after, b) > 0));
      found.push(...links(left, right, ...a, ...b, inside.filter((e) => e.before && e.after), known));
    }
    const straight = rising(found.map((link) => link.left[0]));
    const order = [...found.keys()].sort((x, y) => found[x].left[0] - found[y].left[0] || found[x].right[0] - found[y].right[0]);
    const moved = new Map(order.filter((n) => !straight.has(n)).map((n, place) => [n, place + 1]));
    const onlyLeft = unshared(left, found.map((link) => link.left));
    const rights = [...unshared(right, found.map((link) => link.right)).map((span) => ({ span })), ...[...moved.keys()].map((n) => ({ span: found[n].right, n }))];
    rights.sort((x, y) => x.span[0] - y.span[0]);
    const rows = [];
    const lone = (side, number, span) => {
      const line = woven.lines.some(([report, start]) => report === number && start === span[0]);
      rows.push({ kind: line ? "lines" : side, [side]: { span, marks: [] } });
    };
    const until = (start) => {
      while (rights.length && rights[0].span[0] < start) {
        const { span, n } = rights.shift();
        if (n === undefined) lone("right", j, span);
        else rows.push({ kind: "moved", number: moved.get(n), right: { span, marks: found[n].marks } });
      }
    };
    for (const n of order) {
      const { left: a, right: b, marks } = found[n];
      while (onlyLeft.length && onlyLeft[0][0] < a[0]) lone("left", i, onlyLeft.shift());
      if (moved.has(n)) {
        rows.push({ kind: "moved", number: moved.get(n), left: { span: a, marks } });
        continue;
      }
      until(b[0]);
      rows.push({ kind: marks.length ? "edited" : "same", left: { span: a, marks }, right: { span: b, marks } });
    }
    for (const span of onlyLeft) lone("left", i, span);
    until(Infinity);
    const covered = found.reduce((sum, link) => sum + link.right[1] - link.right[0], 0);
    const whole = right.sentences.reduce((sum, { start, end, gone }) => sum + end - start - gone, 0) || 1;
    return { rows, percent: Math.min(100, Math.round((100 * covered) / whole)) };
  };

  const article = (number) => document.getElementById(woven.reports[number]);
  const label = (number) => `${article(number).dataset.siglum} ${article(number).dataset.label}`;
  const cell = (row, side, number, other, anchor) => {
    const told = row[side];
    const p = document.createElement("p");
    if (!told) {
      if (row.number) p.className = "blank";
      else make("span", `not in ${article(number).dataset.siglum}`, p, "none");
      return p;
    }
    const mine = side === "left";
    const knot = () => {
      const link = make("a", mine ? `${row.number} →` : `→ ${row.number}`, p, "knot");
      link.id = `${anchor}-${side[0]}${row.number}`;
      link.href = `#${anchor}-${mine ? "r" : "l"}${row.number}`;
      link.setAttribute("aria-label", `moved, number ${row.number}: where it stands in ${article(other).dataset.siglum}`);
    };
    if (row.number && !mine) {
      knot();
      p.append(" ");
    }
    const one = text(number);
    let [place, end] = told.span;
    const marks = told.marks.map((mark) => [mark[mine ? "before" : "after"], mark.kind]).filter(([span]) => span);
    for (const [[low, high], kind] of marks.sort((x, y) => x[0][0] - y[0][0])) {
      if (low < place || high > end) continue;
      p.append(words(one, place, low));
      make(mine ? "del" : "ins", words(one, low, high), p, kind).title = NAME[kind];
      place = high;
    }
    p.append(words(one, place, end), " ");
    const sentence = one.sentences.findLast(({ start }) => start <= told.span[0]);
    const link = make("a", "↗", p, "at");
    link.href = `#${woven.reports[number]}-s${sentence ? sentence.start : 0}`;
    link.setAttribute("aria-label", `in ${article(number).dataset.siglum}`);
    if (row.number && mine) {
      p.append(" ");
      knot();
    }
    return p;
  };

  const show = (i, j) => {
    const anchor = `side-${woven.reports[i]}-${woven.reports[j]}`;
    const here = document.getElementById("side-any");
    here.textContent = "";
    const ready = document.getElementById(anchor);
    const { rows, percent } = pair(i, j);
    const side = make("div", "", here, "side");
    if (!ready) side.id = anchor;
    const own = ready ? `${anchor}-any` : anchor;
    const head = make("p", "", side);
    make("b", `${article(i).dataset.siglum} and ${article(j).dataset.siglum}`, head);
    make("span", percent ? ` ${percent} % of ${article(j).dataset.siglum} stands in ${article(i).dataset.siglum}` : " They share no passage.", head, "hint");
    const box = make("div", "", side, "rows");
    const top = make("div", "", box, "row head");
    make("p", label(i), top);
    make("p", label(j), top);
    for (let n = 0; n < rows.length;) {
      let to = n;
      while (to < rows.length && rows[to].kind === rows[n].kind) to += 1;
      const block = rows.slice(n, to);
      const kind = rows[n].kind;
      n = to;
      let into = box;
      if (kind === "same" || kind === "lines" || ((kind === "left" || kind === "right") && block.length > 2)) {
        into = make("details", "", box, "fold");
        const size = block.reduce((sum, row) => sum + tokens(text(j), ...(row.right ?? { span: [0, 0] }).span).length, 0);
        const lines = `${block.length} ${block.length === 1 ? "line" : "lines"} naming author, outlet or agency`;
        make("summary", kind === "same" ? `${size} words unchanged` : kind === "lines" ? lines : `${block.length} sentences only in ${article(kind === "left" ? i : j).dataset.siglum}`, into);
      }
      for (const row of block) {
        const line = make("div", "", into, `row ${kind}`);
        line.append(cell(row, "left", i, j, own), cell(row, "right", j, i, own));
      }
    }
    watched(side);
  };

  const [left, right] = [document.getElementById("side-left"), document.getElementById("side-right")];
  woven.reports.forEach((_, number) => {
    for (const list of [left, right]) make("option", label(number), list).value = number;
  });
  // the pair that stands open; else the source stands left of what was taken from it, the agency's own copy first
  const shares = (number) => woven.from.filter((from) => from === number).length;
  let first = 0;
  woven.reports.forEach((_, number) => { if (shares(number) > shares(first)) first = number; });
  const taken = woven.from.indexOf(first);
  const [, before, after] = /^side-(r\d+)-(r\d+)$/.exec(document.querySelector("details.side")?.id) ?? [];
  left.value = at.get(before) ?? first;
  right.value = at.get(after) ?? (taken >= 0 ? taken : Math.min(1, woven.reports.length - 1));
  let picked = false;
  const chosen = ({ target }) => {
    picked ||= target === left;
    if (!picked && woven.from[right.value] >= 0) left.value = woven.from[right.value];
    if (left.value !== right.value) show(Number(left.value), Number(right.value));
  };
  left.addEventListener("change", chosen);
  right.addEventListener("change", chosen);
  left.closest(".choose").hidden = false;
  left.closest("section").hidden = false;
  document.querySelector("nav li[hidden]")?.removeAttribute("hidden");
  const asked = () => {
    const [, a, b] = /^#side-(r\d+)-(r\d+)$/.exec(location.hash) ?? [];
    if (!at.has(a) || !at.has(b) || a === b || document.getElementById(location.hash.slice(1))) return;
    [left.value, right.value] = [at.get(a), at.get(b)];
    show(at.get(a), at.get(b));
    document.getElementById("side-any").scrollIntoView();
  };
  addEventListener("hashchange", asked);
  asked();
})();
