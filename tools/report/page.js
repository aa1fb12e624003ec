// SPDX-License-Identifier: GPL-2.0
// Draws the data of a report and answers to mouse and keys. Text out of the data
// becomes text of the page and never markup: it may come from anybody's machine.
"use strict";

(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const two = data.sides.length === 2;
const letters = ["A", "B"];
const byId = (id) => document.getElementById(id);

// ---- Elements

// make("td", { id: "x", class: "y" }, child...): a child is a string or a node.
function make(tag, attributes, ...children) {
	const node = document.createElement(tag);

	for (const [name, value] of Object.entries(attributes || {}))
		if (value !== undefined && value !== false)
			node.setAttribute(name, value === true ? "" : value);
	node.append(...children.filter((child) => child !== null));
	return node;
}

function drawMark(info, lacks) {
	return make("span", { class: "mark", "data-o": info.key, "data-lack": lacks,
			      "aria-hidden": "true" }, info.mark);
}

const markOf = (cell) => drawMark(outcome(cell), !cell.cpu);

function letter(side) {
	return make("span", { class: "letter" }, letters[side]);
}

// ---- Bits: one feature, with its cell in each side

const outcome = (cell) => data.outcomes[cell.outcome];
const isMissing = (cell) => cell.cpu && !cell.guest;
const isExtra = (cell) => !cell.cpu && cell.guest;
const verdict = (cell) => (cell.guest ? "offered" : "not offered");
const hex = (number) => number.toString(16).toUpperCase();
const shortPlace = (word) => `${hex(word.leaf)}.${word.index}.${word.register}`;
const stepsOf = (cell, key) => cell.steps.filter(([layer]) => data.layers[layer].key === key)
	.map(([, text]) => text);

const bits = data.words.flatMap((word, row) => word.bits.map((bit, number) => {
	const cells = data.sides.map((side) => side.words[row][number]);

	return {
		word, number, cells,
		name: bit.name,
		also: bit.also.filter(([name]) => fold(name) !== fold(bit.name)),
		place: `${word.place}[${number}]`,
		short: `${shortPlace(word)}[${number}]`,
		differs: two && cells[0].guest !== cells[1].guest,
	};
}));
const bitAt = (row, number) => bits[row * 32 + number];
const cellId = (bit, side) => (two ? `${letters[side]}.` : "") +
	`${shortPlace(bit.word)}.${bit.number}`;

// ---- Search

// As names are compared elsewhere in kvmcaps.
function fold(text) {
	return text.toLowerCase().replace(/[-_. \t]/g, "");
}

const PLACE = new RegExp("^(?:cpuid\\.?)?\\(?(?:eax=)?(?:0x)?([0-9a-f]{1,8})h?" +
	"(?:[.,](?:ecx=)?(?:0x)?([0-9a-f]{1,2})h?)?\\)?" +
	"(?:[.:](e[abcd]x)(?:\\.[a-z][a-z0-9_-]*)?(?:[.[](?:bit)?(\\d{1,2})\\]?)?)?$");

// A test for bits, or null if the text is no place.
function placeTest(text) {
	const found = PLACE.exec(text.toLowerCase().replace(/\s/g, ""));

	if (!found)
		return null;
	const [, leaf, index, register, number] = found;

	return (bit) => bit.word.leaf === parseInt(leaf, 16) &&
		(index === undefined || bit.word.index === parseInt(index, 16)) &&
		(!register || bit.word.register === register.toUpperCase()) &&
		(number === undefined || bit.number === Number(number));
}

// Exact hits first: who writes "avx" means AVX before AVX2.
function search(text) {
	const wanted = fold(text.replace(/^x86_feature_/i, ""));
	const isThere = placeTest(text.trim());
	const names = (bit) => [bit.name, ...bit.also.map(([name]) => name)].map(fold);
	const exact = [], others = [];

	if (!wanted)
		return [];
	for (const bit of bits) {
		if (names(bit).includes(wanted) || (isThere && isThere(bit)))
			exact.push(bit);
		else if (names(bit).some((name) => name.includes(wanted)))
			others.push(bit);
	}
	return [...exact, ...others];
}

// ---- The grid

const grid = byId("grid");
const cellNodes = new Map(); // td -> { bit, side }
const rows = []; // arrays of td, bit 31 first

function cellLabel(bit, side) {
	const cell = bit.cells[side];

	return `${two ? `${letters[side]}: ` : ""}${bit.name}, ${bit.short}: ` +
		`${verdict(cell)}, ${cell.reason}`;
}

function drawCell(bit, side) {
	const cell = bit.cells[side];
	const node = make("td", {
		id: cellId(bit, side), tabindex: "-1", "aria-label": cellLabel(bit, side),
		"data-o": outcome(cell).key, "data-lack": !cell.cpu, "data-differs": bit.differs,
		"data-byte": bit.number >> 3,
	}, outcome(cell).mark);

	cellNodes.set(node, { bit, side });
	return node;
}

function drawHead() {
	const head = make("tr", {}, make("th", { scope: "col", colspan: two ? 2 : undefined },
					 "Register"));

	for (let number = 31; number >= 0; number--)
		head.append(make("th", {
			scope: "col", "aria-label": `bit ${number}`, "data-bit": number,
			"data-byte": number >> 3,
		}, String(number)));
	return make("thead", {}, head);
}

function drawRow(word, row, side) {
	const cells = [];
	const line = make("tr", { "data-differs": bits.slice(row * 32, row * 32 + 32)
					.some((bit) => bit.differs) });

	if (!side)
		line.append(make("th", { scope: "row", class: "place", rowspan: two ? 2 : undefined,
					 "aria-label": word.place },
				 make("span", { class: "long" }, word.place),
				 make("span", { class: "short" }, shortPlace(word))));
	if (two)
		line.append(make("th", { scope: "row", class: "side", "aria-label": letters[side] },
				 letter(side)));
	for (let number = 31; number >= 0; number--)
		cells.push(drawCell(bitAt(row, number), side));
	line.append(...cells);
	rows.push(cells);
	return line;
}

function drawGrid() {
	grid.classList.toggle("two", two);
	grid.append(drawHead());
	data.words.forEach((word, row) => grid.append(make("tbody", {},
		...data.sides.map((_, side) => drawRow(word, row, side)))));
	rows[0][0].tabIndex = 0;
}

// ---- The panel: the chain of one bit

const panel = byId("panel");
let chosen = null; // the cell that has, or had, the focus

function drawSteps(cell) {
	const list = make("dl", { class: "steps" });

	for (const [layer, text] of cell.steps)
		list.append(make("dt", {}, data.layers[layer].label), make("dd", {}, text));
	return list;
}

function drawVerdict(bit, sides) {
	const cell = bit.cells[sides[0]];

	return make("div", { class: "verdict" },
		...(two ? sides.map(letter) : []), markOf(cell),
		make("p", {}, make("strong", {}, verdict(cell)), `, ${cell.reason}`));
}

function drawAlso(bit) {
	const names = bit.also.map(([name, who]) => (who ? `${name} (${who})` : name));

	return names.length ? make("p", { class: "also" }, `also ${names.join(", ")}`) : null;
}

// Sides that say the same say it once.
function drawSides(bit) {
	const same = two && JSON.stringify(bit.cells[0]) === JSON.stringify(bit.cells[1]);
	const groups = two && !same ? [[0], [1]] : [data.sides.map((_, side) => side)];

	return groups.map((sides) => make("section", {}, drawVerdict(bit, sides),
					  drawSteps(bit.cells[sides[0]])));
}

function clearPanel() {
	panel.replaceChildren(make("p", { class: "empty" },
		"Point at a bit, or go there with the arrow keys, to see who says what about it."));
	panel.dataset.empty = "";
	markColumn(null);
}

// In a narrow window the panel lies over the page: below, or above what is low.
function placePanel(node, below) {
	const { top, height } = node.getBoundingClientRect();

	panel.toggleAttribute("data-top", !below && top + height / 2 > innerHeight / 2);
}

function showBit(node, below = false) {
	const { bit } = cellNodes.get(node);
	const close = make("button", { type: "button", class: "close", "aria-label": "Close" },
			   "\u00d7");

	close.addEventListener("click", dismiss);
	panel.replaceChildren(close, make("h3", {}, bit.name),
			      make("p", { class: "where" }, bit.place), drawAlso(bit) || "",
			      ...drawSides(bit));
	delete panel.dataset.empty;
	placePanel(node, below);
	markColumn(bit.number);
}

function markColumn(number) {
	for (const head of grid.tHead.rows[0].cells)
		head.classList.toggle("current", head.dataset.bit === String(number));
}

function dismiss() {
	if (chosen)
		chosen.removeAttribute("aria-describedby");
	chosen = null;
	clearPanel();
}

// ---- Moving through the grid

const isShown = (node) => !node.closest("tbody").hidden;

// Of all cells, Tab reaches one: the last that was visited.
function choose(node) {
	for (const other of grid.querySelectorAll("td[tabindex='0']"))
		other.tabIndex = -1;
	if (chosen)
		chosen.removeAttribute("aria-describedby");
	node.tabIndex = 0;
	node.setAttribute("aria-describedby", "panel");
	chosen = node;
	showBit(node);
}

function positionOf(node) {
	const row = rows.findIndex((cells) => cells.includes(node));

	return [row, rows[row].indexOf(node)];
}

function step(node, down, right) {
	const [row, column] = positionOf(node);
	let to = row + down;

	while (rows[to] && !isShown(rows[to][0]))
		to += down;
	return rows[to]?.[column + right];
}

const shownRows = () => rows.filter((cells) => isShown(cells[0]));

const keys = {
	ArrowLeft: (node) => step(node, 0, -1),
	ArrowRight: (node) => step(node, 0, 1),
	ArrowUp: (node) => step(node, -1, 0),
	ArrowDown: (node) => step(node, 1, 0),
	Home: (node, far) => (far ? shownRows()[0] : rows[positionOf(node)[0]])[0],
	End: (node, far) => (far ? shownRows().at(-1) : rows[positionOf(node)[0]])[31],
	Enter: (node) => node,
	" ": (node) => node,
};

function onKey(event) {
	const node = event.target.closest("td");
	const move = keys[event.key];

	if (!node || !move || event.altKey || event.metaKey)
		return;
	const to = move(node, event.ctrlKey);

	event.preventDefault();
	if (!to)
		return;
	to.focus();
	choose(to);
}

// A page that scrolls below a mouse at rest is no reason to show something else.
const mouse = { x: -1, y: -1 };
const hasMoved = (event) => event.clientX !== mouse.x || event.clientY !== mouse.y;

function onHover(event) {
	if (cellNodes.has(event.target) && hasMoved(event))
		showBit(event.target);
}

function onLeave(event) {
	if (!hasMoved(event))
		return;
	if (chosen)
		showBit(chosen);
	else
		clearPanel();
}

function listenToGrid() {
	grid.addEventListener("keydown", onKey);
	grid.addEventListener("focusin", ({ target }) => cellNodes.has(target) && choose(target));
	grid.addEventListener("mouseover", onHover);
	grid.addEventListener("mouseleave", onLeave);
	document.addEventListener("mousemove", (event) => {
		mouse.x = event.clientX;
		mouse.y = event.clientY;
	});
}

// ---- Search box, legend, differences: which cells stand out

const box = byId("find");
const hitCount = byId("hits");
const only = byId("only");
let hits = [], at = 0;

// Tab must not lead to a cell that is put away.
function keepReachable() {
	const node = grid.querySelector("td[tabindex='0']");
	const first = shownRows()[0]?.[0];

	if (isShown(node) || !first)
		return;
	node.tabIndex = -1;
	first.tabIndex = 0;
}

function filterCells() {
	const wanted = new Set([...document.querySelectorAll("#legend [aria-pressed='true']")]
		.map((button) => button.dataset.o));
	const found = new Set(hits);

	for (const [node, { bit }] of cellNodes) {
		const fits = (!wanted.size || wanted.has(node.dataset.o)) &&
			(!only.checked || bit.differs);

		node.classList.toggle("faint", !fits || (box.value !== "" && !found.has(bit)));
		node.classList.toggle("hit", fits && found.has(bit));
	}
	for (const body of grid.tBodies)
		body.hidden = only.checked && !body.querySelector("tr[data-differs]");
	keepReachable();
}

const nodeOf = (bit) => document.getElementById(cellId(bit, 0));

function markHit() {
	grid.querySelector("td.current")?.classList.remove("current");
	if (!hits.length)
		return;
	const node = nodeOf(hits[at]);

	node.classList.add("current");
	// Above, it would cover the box in which one types.
	showBit(node, true);
	node.scrollIntoView({ block: "nearest", inline: "center" });
}

function sayHits() {
	const bit = hits[at];

	if (!box.value.trim())
		hitCount.value = "";
	else if (!bit)
		hitCount.value = "nothing is called so";
	else
		hitCount.value = `${at + 1} of ${hits.length}: ${bit.name}, ` +
			bit.cells.map((cell, side) => (two ? `${letters[side]} ` : "") +
						      verdict(cell)).join(", ");
}

function onInput() {
	hits = search(box.value).filter((bit) => isShown(nodeOf(bit)));
	at = 0;
	filterCells();
	if (!hits.length)
		dismiss();
	markHit();
	sayHits();
}

function nextHit(by) {
	if (!hits.length)
		return;
	at = (at + by + hits.length) % hits.length;
	markHit();
	sayHits();
}

function clearBox() {
	box.value = "";
	onInput();
}

const boxKeys = {
	Enter: (event) => nextHit(event.shiftKey ? -1 : 1),
	ArrowDown: () => hits.length && nodeOf(hits[at]).focus(),
	Escape: clearBox,
};

function listenToTools() {
	box.addEventListener("input", onInput);
	box.addEventListener("keydown", (event) => {
		if (!boxKeys[event.key])
			return;
		event.preventDefault();
		boxKeys[event.key](event);
	});
	only.addEventListener("change", onInput);
	document.addEventListener("keydown", (event) => {
		if (event.key === "Escape" && !event.defaultPrevented)
			dismiss();
		if (event.key !== "/" || event.target.matches("input"))
			return;
		event.preventDefault();
		box.focus();
	});
}

function drawLegendButton(info, counts) {
	const button = make("button", { type: "button", "aria-pressed": "false",
					title: info.says, "data-o": info.key },
			    drawMark(info), make("span", {}, info.label),
			    make("span", { class: "count" }, counts.join(" / ")));

	button.addEventListener("click", () => {
		const pressed = button.getAttribute("aria-pressed") === "true";

		button.setAttribute("aria-pressed", !pressed);
		filterCells();
	});
	return button;
}

function drawLegend() {
	const example = data.outcomes.find((info) => info.key === "kvm");

	data.outcomes.forEach((info, number) => {
		const counts = data.sides.map((side) => side.words.flat()
			.filter((cell) => cell.outcome === number).length);

		if (counts.some(Boolean))
			byId("legend").append(drawLegendButton(info, counts));
	});
	byId("legend").append(make("p", { class: "lack-note" }, drawMark(example),
				   " filled: the CPU has it ", drawMark(example, true),
				   " empty: it does not"));
	byId("only-label").hidden = !two;
}

// ---- Who answers

const titleOf = (side) => side.cpu || `${side.maker} CPU`;
const policyOf = (side) => (side.policy.length ?
	`${side.policy.join(", ")}, else KVM\u2019s defaults` : "KVM\u2019s defaults");

function countOf(number, test) {
	return bits.filter((bit) => test(bit.cells[number])).length;
}

function drawNumbers(number) {
	const counts = [[(cell) => cell.guest, "offered"], [isMissing, "missing"],
			[isExtra, "added"]];

	return make("ul", { class: "numbers" }, ...counts.map(([test, label]) =>
		make("li", {}, make("strong", {}, String(countOf(number, test))), ` ${label}`)));
}

function drawFacts(side) {
	const list = make("dl", { class: "facts" });
	const facts = [["source", side.name],
		       ["CPU", side.cpu ? `${side.maker}, ${side.cpu}` : side.maker],
		       ["answers as", `KVM ${side.release} with ${side.module}`],
		       ["policy", policyOf(side)],
		       ...side.assumptions.map((text) => ["assumed", text])];

	for (const [label, text] of facts)
		list.append(make("dt", {}, label), make("dd", {}, text));
	return list;
}

function drawHeader() {
	const titles = data.sides.map(titleOf);
	const title = two && titles[0] === titles[1] ? titles[0] : titles.join(" and ");

	document.title = `${title} \u2013 kvmcaps report`;
	byId("title").textContent = title;
	byId("lede").textContent = "Which CPUID would KVM offer to a guest here, bit for bit, " +
		"and who said no to the rest.";
	data.sides.forEach((side, number) => byId("sides").append(
		make("section", { class: "host", "aria-label": two ? letters[number] : "Host" },
		     make("div", { class: "head" }, two ? letter(number) : null,
			  drawNumbers(number)),
		     drawFacts(side))));
	byId("footer").textContent = `Written by kvmcaps ${data.version}.`;
}

// ---- Summaries

function linkTo(bit, side) {
	return make("a", { href: `#${cellId(bit, side)}` }, bit.name);
}

function drawReason(cell) {
	return make("div", {}, make("p", {}, cell.reason), ...stepsOf(cell, "likely")
		.map((text) => make("p", { class: "likely" }, `likely: ${text}`)));
}

function drawTable(heads, bodies, name) {
	return make("table", { class: "summary", "aria-label": name },
		make("thead", {}, make("tr", {}, ...heads.map((head) =>
			make("th", { scope: "col" }, head)))),
		...bodies);
}

function summaryRow(bit, side, cells) {
	return make("tr", {}, make("th", { scope: "row" }, linkTo(bit, side)),
		    make("td", { class: "where" }, bit.place), ...cells);
}

function drawSummary(title, none, table) {
	const id = `summary-${document.querySelectorAll("#summaries section").length + 1}`;

	byId("summaries").append(make("section", { "aria-labelledby": id },
		make("h2", { id }, title), table || make("p", { class: "empty" }, none)));
}

// Those with the same last word stand together.
function drawGroup(info, side, test) {
	const list = bits.filter((bit) => test(bit.cells[side]) &&
				 outcome(bit.cells[side]) === info);

	if (!list.length)
		return null;
	const head = make("tr", { class: "group" }, make("th", { colspan: "4", scope: "rowgroup" },
		markOf(list[0].cells[side]), make("span", {}, info.says),
		make("span", { class: "count" }, String(list.length))));

	return make("tbody", {}, head, ...list.map((bit) => summaryRow(bit, side, [
		make("td", { "data-label": "Why" }, drawReason(bit.cells[side])),
		make("td", { "data-label": "To have it" },
		     stepsOf(bit.cells[side], "change").join(", ") || "\u2013"),
	])));
}

function drawMissing(side) {
	const groups = data.outcomes.map((info) => drawGroup(info, side, isMissing))
		.filter(Boolean);
	const title = two ? `Missing in ${letters[side]}` :
		"Missing: the CPU has it, a guest does not";

	drawSummary(title, "Nothing.", groups.length && drawTable(
		["Feature", "Where", "Why", "To have it"], groups, title));
}

function drawExtra(side) {
	const list = bits.filter((bit) => isExtra(bit.cells[side]));
	const title = two ? `Added in ${letters[side]}` : "Added: a guest has it, the CPU does not";
	const body = make("tbody", {}, ...list.map((bit) => summaryRow(bit, side, [
		make("td", { "data-label": "Why" }, drawReason(bit.cells[side]))])));

	drawSummary(title, "Nothing.", list.length &&
		    drawTable(["Feature", "Where", "Why"], [body], title));
}

function drawDifferences() {
	const list = bits.filter((bit) => bit.differs);
	const title = "What differs";
	const body = make("tbody", {}, ...list.map((bit) => summaryRow(bit, 0, bit.cells.map(
		(cell, side) => make("td", { "data-label": letters[side] },
			make("div", { class: "verdict" }, markOf(cell), drawReason(cell)))))));

	drawSummary(title, "No bit.", list.length &&
		    drawTable(["Feature", "Where", ...letters], [body], title));
}

function drawSummaries() {
	if (two)
		drawDifferences();
	data.sides.forEach((_, side) => {
		drawMissing(side);
		drawExtra(side);
	});
}

// A link leads to a cell that a filter may have put away.
function followHash() {
	const node = document.getElementById(decodeURIComponent(location.hash.slice(1)));

	if (!cellNodes.has(node))
		return;
	if (!isShown(node)) {
		only.checked = false;
		filterCells();
	}
	node.focus();
}

function listenToLinks() {
	byId("summaries").addEventListener("click", (event) => {
		const link = event.target.closest("a");

		if (!link)
			return;
		event.preventDefault();
		history.replaceState(null, "", link.hash);
		followHash();
	});
	addEventListener("hashchange", followHash);
}

// ---- Light and dark

const THEMES = ["auto", "light", "dark"];

// Storage may be forbidden, of a file before all.
function remembered() {
	try {
		return localStorage.getItem("kvmcaps-theme");
	} catch {
		return null;
	}
}

function setTheme(theme) {
	document.documentElement.dataset.theme = theme;
	byId("theme").textContent = `Theme: ${theme}`;
	try {
		localStorage.setItem("kvmcaps-theme", theme);
	} catch {
		return;
	}
}

function listenToTheme() {
	const theme = remembered();

	if (THEMES.includes(theme))
		setTheme(theme);
	byId("theme").addEventListener("click", () => {
		const now = document.documentElement.dataset.theme || "auto";

		setTheme(THEMES[(THEMES.indexOf(now) + 1) % THEMES.length]);
	});
}

drawHeader();
drawLegend();
drawGrid();
drawSummaries();
clearPanel();
listenToGrid();
listenToTools();
listenToLinks();
listenToTheme();
followHash();
})();
