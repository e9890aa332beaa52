"use strict";
/* The spreadsheet grid of the scheme editor and of the reporting sheet, over Tabulator.

   <div class="grid" data-grid="ID"> shows what <script type="application/json" id="ID"> describes (see grid.py):
   { save, label, words, columns: [{field, title, width, frozen, number}],
     rows: [{id, rev, head: {field: text}, cells: {field: {key, rev, text, previous, fixed, odd, note}}}] }
   Cells are saved in batches: POST {changes: [{key, rev, text}]} →
   { at, saved: {key: {rev, text, odd}}, rows: {id: rev}, refused: {key: reason}, conflicts: {key: {rev, text}} }.
   A cell that could not be saved keeps what was typed. */
(() => {
  const WAIT = 700, RETRY = 4000;

  class Grid {
    constructor(place) {
      this.place = place;
      this.say = JSON.parse(document.getElementById(place.dataset.grid).textContent);
      this.words = this.say.words;
      this.cells = new Map(); this.byKey = new Map();
      this.waiting = new Map(); this.done = []; this.undone = [];
      this.bar = place.parentElement.querySelector(".grid-bar .saved");
      this.list = place.parentElement.querySelector(".grid-list");
      const data = this.say.rows.map((row, index) => this.readRow(row, index));
      this.table = new Tabulator(place, {
        data, index: "id", layout: "fitDataFill", maxHeight: "70vh", renderHorizontal: "virtual",
        selectableRange: 1, selectableRangeColumns: false, selectableRangeRows: false, selectableRangeClearCells: false,
        editTriggerEvent: "dblclick", headerSortClickElement: "icon", placeholder: this.words.empty,
        columnDefaults: { headerSort: false, resizable: true, headerHozAlign: "left" },
        columns: this.say.columns.map((column) => this.readColumn(column)),
      });
      this.table.on("cellEdited", (cell) => this.change([[this.find(cell), String(cell.getValue() ?? "")]], true));
      this.table.on("tableBuilt", () => { place.querySelector(".tabulator-tableholder").removeAttribute("tabindex"); this.mark(); place.dataset.ready = "1"; });
      this.listen();
    }

    readRow(row, index) {
      const data = { id: row.id, ...row.head };
      for (const [field, cell] of Object.entries(row.cells)) {
        Object.assign(cell, { row: row.id, field, index, wanted: cell.text });
        this.cells.set(`${row.id}|${field}`, cell); this.byKey.set(String(cell.key), cell);
        data[field] = cell.text;
      }
      this.revs = this.revs || {}; if (row.rev !== undefined) this.revs[row.id] = row.rev;
      return data;
    }

    readColumn(column) {
      return {
        title: column.title, field: column.field, width: column.width, frozen: !!column.frozen,
        hozAlign: column.number ? "right" : "left", headerHozAlign: column.number ? "right" : "left",
        cssClass: column.number ? "number" : "",
        editor: "input", editable: (cell) => { const found = this.find(cell); return !!found && !found.fixed; },
        editorParams: { selectContents: true, elementAttributes: { "aria-label": column.title } },
        formatter: (cell) => this.draw(cell),
      };
    }

    find(cell) { return this.cells.get(`${cell.getData().id}|${cell.getField()}`); }

    draw(cell) {
      const found = this.find(cell), place = cell.getElement(), text = String(cell.getValue() ?? "");
      place.classList.toggle("read-only", !found || !!found.fixed);
      if (!found) return document.createTextNode(text);
      for (const name of ["refused", "conflict", "odd"]) place.classList.toggle(name, !!found[name]);
      place.classList.toggle("waiting", this.waiting.has(found.key));
      place.title = [found.refused || found.conflictText || found.odd || "", found.previous ? `${this.words.previous} ${found.previous}` : ""].filter(Boolean).join("\n");
      const shown = document.createElement("span");
      shown.textContent = text || (found.fixed || !this.words.unreported ? "" : this.words.unreported);
      if (!text) shown.className = "unreported";
      return shown;
    }

    /* changes: [[cell, text]], one step for undo */
    change(changes, drawn = false, keep = true) {
      const made = [];
      for (const [cell, text] of changes) {
        if (!cell || cell.fixed || cell.wanted === text) continue;
        made.push([cell, cell.wanted, text]);
        cell.wanted = text; cell.refused = ""; cell.odd = "";
        this.waiting.set(cell.key, cell);
      }
      if (!made.length) return;
      if (keep) { this.done.push(made); this.undone = []; }
      const rows = new Map();
      for (const [cell] of made) { const row = rows.get(cell.row) || { id: cell.row }; row[cell.field] = cell.wanted; rows.set(cell.row, row); }
      if (!drawn || made.length > 1) this.table.updateData([...rows.values()]);
      this.tell(this.words.saving);
      clearTimeout(this.timer); this.timer = setTimeout(() => this.save(), WAIT);
    }

    undo(from, to) {
      const step = from.pop(); if (!step) return;
      to.push(step.map(([cell, before, after]) => [cell, after, before]));
      this.change(step.map(([cell, before]) => [cell, before]), false, false);
    }

    async save() {
      if (this.busy || !this.waiting.size) return;
      const sent = [...this.waiting.values()].filter((cell) => !cell.conflict);
      if (!sent.length) return;
      this.busy = true;
      const changes = sent.map((cell) => ({ key: cell.key, rev: this.rev(cell), text: cell.wanted }));
      const wanted = new Map(sent.map((cell) => [cell.key, cell.wanted]));
      try {
        const answer = await fetch(this.say.save, {
          method: "POST", credentials: "same-origin",
          headers: { "Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": kaohe.token() },
          body: JSON.stringify({ changes }),
        });
        const said = await answer.json();
        if (answer.status >= 500) throw new Error(answer.status);
        this.hear(said, wanted, answer.ok);
      } catch {
        this.tell(this.words.offline); setTimeout(() => this.save(), RETRY);
      } finally { this.busy = false; }
      if ([...this.waiting.values()].some((cell) => !cell.conflict)) { clearTimeout(this.timer); this.timer = setTimeout(() => this.save(), WAIT); }
    }

    rev(cell) { return cell.row in this.revs ? this.revs[cell.row] : cell.rev; }

    hear(said, wanted, ok) {
      if (!ok && !said.conflicts) {
        for (const key of wanted.keys()) { const cell = this.byKey.get(String(key)); cell.refused = said.reason; this.waiting.delete(cell.key); }
        this.tell(said.reason);
      }
      for (const [key, saved] of Object.entries(said.saved || {})) {
        const cell = this.byKey.get(key);
        if (saved.rev !== undefined) cell.rev = saved.rev;
        cell.odd = saved.odd || ""; cell.text = saved.text;
        if (cell.wanted === wanted.get(cell.key)) { cell.wanted = saved.text; this.waiting.delete(cell.key); }
      }
      Object.assign(this.revs, said.rows || {});
      for (const [key, reason] of Object.entries(said.refused || {})) { const cell = this.byKey.get(key); cell.refused = reason; this.waiting.delete(cell.key); }
      for (const [key, theirs] of Object.entries(said.conflicts || {})) {
        const cell = this.byKey.get(key);
        cell.conflict = theirs; cell.conflictText = this.words.theirs + " " + theirs.text;
      }
      if (said.at) this.tell(`${this.words.saved} ${said.at}`);
      this.mark(said.findings);
      const rows = new Map();
      for (const key of wanted.keys()) { const cell = this.byKey.get(String(key)); const row = rows.get(cell.row) || { id: cell.row }; row[cell.field] = cell.wanted; rows.set(cell.row, row); }
      this.table.updateData([...rows.values()]).then(() => { for (const id of rows.keys()) this.table.getRow(id)?.reformat(); });
      if (said.digest) for (const input of document.querySelectorAll("input[data-digest]")) input.value = said.digest;
      this.place.dispatchEvent(new CustomEvent("grid:saved", { bubbles: true, detail: said }));
    }

    tell(text) { if (this.bar) this.bar.textContent = text; }

    /* what could not be taken, listed above the grid, each line leading to its cell */
    mark() {
      if (!this.list) return;
      const trouble = [...this.byKey.values()].filter((cell) => cell.refused || cell.conflict || cell.odd);
      this.list.replaceChildren();
      this.list.hidden = !trouble.length;
      if (!trouble.length) return;
      const list = document.createElement("ul");
      for (const cell of trouble.slice(0, 50)) list.append(this.line(cell));
      this.list.append(list);
    }

    line(cell) {
      const item = document.createElement("li"), go = document.createElement("button");
      go.type = "button"; go.textContent = this.name(cell);
      go.addEventListener("click", () => this.go(cell));
      item.append(go, document.createTextNode("："));
      if (!cell.conflict) { item.append(cell.refused || cell.odd); return item; }
      item.append(`${this.words.before} ${cell.text || "—"} · ${this.words.mine} ${cell.wanted || "—"} · ${this.words.theirs} ${cell.conflict.text || "—"} `);
      for (const [word, text] of [[this.words.takeMine, cell.wanted], [this.words.takeTheirs, cell.conflict.text]]) {
        const choose = document.createElement("button");
        choose.type = "button"; choose.className = "choose"; choose.textContent = word; choose.addEventListener("click", () => this.settle(cell, text));
        item.append(choose, " ");
      }
      return item;
    }

    settle(cell, text) {
      const theirs = cell.conflict;
      if (cell.row in this.revs) this.revs[cell.row] = theirs.rev; else cell.rev = theirs.rev;
      cell.conflict = null; cell.conflictText = ""; cell.text = theirs.text;
      if (text === theirs.text) { this.waiting.delete(cell.key); cell.wanted = text; this.table.updateData([{ id: cell.row, [cell.field]: text }]); this.mark(); }
      else { cell.wanted = text; this.waiting.set(cell.key, cell); this.mark(); this.save(); }
    }

    name(cell) {
      const head = this.say.rows[cell.index].head, first = Object.values(head)[0] || "";
      return `${first} · ${this.say.columns.find((column) => column.field === cell.field)?.title || ""}`;
    }

    go(cell) {
      this.table.scrollToRow(cell.row, "center", false).catch(() => {}).then(() => {
        const row = this.table.getRow(cell.row), found = row && row.getCell(cell.field);
        if (found) { found.getElement().scrollIntoView({ block: "nearest", inline: "center" }); this.table.addRange?.(found, found); this.place.focus(); }
      });
    }

    range() {
      const range = this.table.getRanges()[0]; if (!range) return null;
      const cells = range.getStructuredCells(); return cells.length ? cells : null;
    }

    paste(text) {
      const cells = this.range(); if (!cells) return;
      const block = parse(text), top = cells[0][0];
      const rows = this.table.getRows(), columns = this.table.getColumns().filter((column) => column.getField());
      const startRow = rows.findIndex((row) => row.getData().id === top.getData().id);
      const startColumn = columns.findIndex((column) => column.getField() === top.getField());
      const changes = [], left = [];
      block.forEach((line, down) => line.forEach((value, right) => {
        const row = rows[startRow + down], column = columns[startColumn + right];
        const cell = row && column && this.cells.get(`${row.getData().id}|${column.getField()}`);
        if (cell && !cell.fixed) changes.push([cell, value.trim()]); else if (value.trim() && (!cell || cell.text !== value.trim())) left.push(value.trim());
      }));
      this.change(changes);
      this.tell(left.length ? `${this.words.notPlaced} ${left.length}：${left.slice(0, 5).join("、")}` : `${this.words.pasted} ${changes.length}`);
    }

    listen() {
      this.place.tabIndex = 0;
      this.place.setAttribute("aria-label", this.say.label);
      const editing = () => this.place.querySelector(".tabulator-editing");
      document.addEventListener("paste", (event) => {
        if (editing() || !this.place.contains(document.activeElement)) return;
        event.preventDefault(); this.paste(event.clipboardData.getData("text/plain"));
      });
      document.addEventListener("copy", (event) => {
        const cells = this.range(); if (editing() || !cells || !this.place.contains(document.activeElement)) return;
        event.preventDefault();
        event.clipboardData.setData("text/plain", cells.map((line) => line.map((cell) => quote(String(cell.getValue() ?? ""))).join("\t")).join("\n"));
      });
      this.place.addEventListener("keydown", (event) => {
        if (editing()) return;
        const cells = this.range(), letter = event.key.toLowerCase();
        if ((event.ctrlKey || event.metaKey) && letter === "z") { event.preventDefault(); this.undo(this.done, this.undone); }
        else if ((event.ctrlKey || event.metaKey) && letter === "y") { event.preventDefault(); this.undo(this.undone, this.done); }
        else if (cells && (event.key === "F2" || event.key === "Enter")) { event.preventDefault(); event.stopPropagation(); cells[0][0].edit(); }
        else if (cells && (event.key === "Delete" || event.key === "Backspace")) { event.preventDefault(); this.change(cells.flat().map((cell) => [this.find(cell), ""])); }
        else if (cells && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
          cells[0][0].edit();
          const input = this.place.querySelector(".tabulator-editing input");
          if (input) { event.preventDefault(); input.value = event.key; }
        }
      }, true);
      window.addEventListener("beforeunload", (event) => { if (this.waiting.size) event.preventDefault(); });
    }
  }

  /* a block as spreadsheets copy it: tabs, lines, cells with line breaks in quotation marks */
  function parse(text) {
    const rows = [[]]; let cell = "", quoted = false;
    const whole = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (let at = 0; at < whole.length; at += 1) {
      const sign = whole[at];
      if (quoted) { if (sign === '"' && whole[at + 1] === '"') { cell += '"'; at += 1; } else if (sign === '"') quoted = false; else cell += sign; }
      else if (sign === '"' && cell === "") quoted = true;
      else if (sign === "\t") { rows.at(-1).push(cell); cell = ""; }
      else if (sign === "\n") { rows.at(-1).push(cell); cell = ""; rows.push([]); }
      else cell += sign;
    }
    rows.at(-1).push(cell);
    return rows;
  }

  const quote = (text) => (/[\t\n"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  window.kaoheGrids = [...document.querySelectorAll("[data-grid]")].map((place) => new Grid(place));
})();
