/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Visits every page that pages.json lists, in both languages, and hands each to
 * whoever looks at it. The list says for each `render_` function of a template
 * who sees it, at which address, and what has to be sent first; a template
 * that the list lacks is a fault.
 */
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { fill, heading, openPerson, send, signIn } from "./browser.mjs";
import * as states from "./states.mjs";
import { check, checkSame, failed, passed, test } from "./tap.mjs";

const here = path.dirname(new URL(import.meta.url).pathname);
const PAGE = /\{#- page (render_\w+)\(/;
const WORKERS = 2;
export const LANGUAGES = ["mn", "en"];

export async function readPages() {
	return JSON.parse(await readFile(path.join(here, "pages.json"),
	    "utf8"));
}

async function templatePages() {
	const top = path.join(here, "../../src");
	const names = [];

	for (const folder of await readdir(top, { withFileTypes: true })) {
		if (!folder.isDirectory())
			continue;
		for (const file of await readdir(path.join(top, folder.name))) {
			if (!file.endsWith(".html"))
				continue;
			const found = (await readFile(path.join(top,
			    folder.name, file), "utf8")).match(PAGE);

			if (found)
				names.push(found[1]);
		}
	}
	return names.sort();
}

/* Every template stands in the list, and nothing else. */
export async function checkComplete(list) {
	const wanted = await templatePages();
	const listed = new Set(list.map((entry) => entry.render));

	for (const name of wanted)
		if (!listed.has(name))
			failed(`${name} is visited`,
			    "add it to tests/browser/pages.json");
	for (const name of listed)
		if (!wanted.includes(name))
			failed(`${name} is a template`,
			    "take it out of tests/browser/pages.json");
	passed(`the list of pages was compared with ${wanted.length} ` +
	    "templates");
}

/* One browser context for each person, signed in when it is first wanted. */
export class People {
	constructor(browser, site, options = {}) {
		this.browser = browser;
		this.site = site;
		this.options = options;
		this.contexts = new Map();
	}

	context(who) {
		if (!this.contexts.has(who))
			this.contexts.set(who, this.enter(who));
		return this.contexts.get(who);
	}

	async enter(who) {
		const { context, page } = await openPerson(this.browser,
		    this.site, this.options);

		if (who !== "nobody") {
			const account = accountOf(this.site, who);

			await signIn(page, "/en", account.email,
			    account.password);
		}
		await page.close();
		return context;
	}

	async close() {
		for (const context of this.contexts.values())
			await (await context).close();
	}
}

/* By address, or by role in the first organisation or the coalition. */
export function accountOf(site, who) {
	const first = site.demo.organisation.split("/").pop();
	const found = site.demo.accounts.find((a) => a.email === who ||
	    (a.role === who && (!a.organisation || a.organisation === first)));

	check(found, `the demonstration has no account "${who}"`);
	return found;
}

/* {report}, {survey}, {rater}, {organisation}: without their language. */
const fillAddress = (site, address) => address.replace(/\{(\w+)\}/g,
    (_, key) => site.demo[key].replace(/^\/(mn|en)\//, "/"));

const titleOf = (entry, language) => `${entry.render}` +
    `${entry.state ? ` (${entry.state})` : ""}, ${language}`;

/* The answer that made the page, and the addresses of its parts. */
function record(page) {
	const last = { response: null, parts: new Set() };

	page.on("response", (response) => {
		const asked = response.request();

		if (asked.isNavigationRequest() &&
		    asked.frame() === page.mainFrame()) {
			last.response = response;
			last.parts.clear();
		} else {
			last.parts.add(asked.url());
		}
	});
	return last;
}

async function visit(people, entry, language) {
	const context = await people.context(entry.who || "nobody");
	const page = await context.newPage();
	const last = record(page);
	const root = `/${language}`;

	page.setDefaultTimeout(15000);
	if (entry.at)
		await page.goto(root + fillAddress(people.site, entry.at),
		    { waitUntil: "load" });
	if (entry.do)
		await states[entry.do]({ page, people, root, entry });
	if (entry.fill)
		await fill(page, entry.fill, entry.send || "main");
	if (entry.send)
		await send(page, entry.send);
	return { page, last };
}

/* Is it the page that the list means, and not one that says "not found"? */
async function recognise(page, last, entry, language) {
	checkSame(last.response.status(), entry.status || 200, "status");
	checkSame(await page.locator("html").getAttribute("lang"), language,
	    "language");
	const said = await heading(page);

	if (language === "en" && entry.h1)
		check(said.startsWith(entry.h1),
		    `the heading is "${said}" instead of "${entry.h1}"`);
	if (language === "mn" && !entry.latin)
		check(/[а-яөүё]/i.test(said),
		    `the heading is not in Mongolian: "${said}"`);
}

/*
 * Visits all pages of the list whose title holds one of the words, and calls
 * look({ entry, language, title, page, last, html }) for each.
 */
export async function walk(people, list, words, look) {
	const jobs = list.filter((entry) => !entry.none).flatMap((entry) =>
	    LANGUAGES.map((language) => ({ entry, language,
	    title: titleOf(entry, language) }))).filter((job) =>
	    words.length === 0 || words.some((w) => job.title.includes(w)));

	const work = async () => {
		for (let job = jobs.shift(); job; job = jobs.shift())
			await visitOne(people, job, look);
	};

	await Promise.all(Array.from({ length: WORKERS }, work));
}

async function visitOne(people, job, look) {
	let shown;

	await test(`${job.title} is shown`, async () => {
		shown = await visit(people, job.entry, job.language);
		await recognise(shown.page, shown.last, job.entry,
		    job.language);
	}).then(async (good) => {
		if (good)
			await look({ ...job, ...shown,
			    html: await shown.last.response.text() });
	});
	if (shown)
		await shown.page.close();
}
