/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Chooses what tests/browser/run was asked for; see there. */
import { axeSource, lookWithAxe } from "./axe.mjs";
import { openBrowser } from "./browser.mjs";
import { journey } from "./journey.mjs";
import { takePictures } from "./pictures.mjs";
import { openSite } from "./site.mjs";
import { failed, finish, note } from "./tap.mjs";
import { lookAtHtml } from "./validate.mjs";
import { checkComplete, People, readPages, walk } from "./walk.mjs";

const PARTS = ["axe", "validate", "journey"];

async function pages(browser, site, parts, words) {
	const list = await readPages();
	const people = new People(browser, site);
	const source = await axeSource();

	await checkComplete(list);
	await walk(people, list, words, async (seen) => {
		if (parts.includes("validate"))
			await lookAtHtml(seen);
		if (parts.includes("axe"))
			await lookWithAxe(source, seen);
	});
	await people.close();
}

async function journeys(browser, site, words) {
	for (const script of [true, false]) {
		const title = script ? "with script" : "without script";

		if (words.length === 0 || words.includes(title))
			await journey(browser, site, script, title);
	}
}

async function pictures(browser, site, [folder, ...words]) {
	const people = new People(browser, site);

	await walk(people, await readPages(), words,
	    (seen) => takePictures(folder, seen));
	await people.close();
}

async function run(browser, site, given) {
	const named = PARTS.filter((part) => given.includes(part));
	const parts = named.length > 0 ? named : PARTS;
	const words = given.filter((word) => !PARTS.includes(word));

	if (given[0] === "pictures") {
		await pictures(browser, site, given.slice(1));
		return;
	}
	if (parts.includes("axe") || parts.includes("validate"))
		await pages(browser, site, parts, words);
	if (parts.includes("journey"))
		await journeys(browser, site, words);
}

const began = Date.now();
const site = await openSite();
const browser = await openBrowser();

/* Nothing stays behind, however it ends. */
process.on("unhandledRejection", (error) =>
	failed("no test leaves work behind that fails", error));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
	process.once(signal, async () => {
		await browser.close().catch(() => {});
		await site.close();
		process.exit(1);
	});

try {
	await run(browser, site, process.argv.slice(2));
} finally {
	await browser.close();
	await site.close();
}
/* What the server complained of. */
site.log.join("").split("\n").filter((line) =>
    /tulga (warning|error)/.test(line)).slice(-20).forEach(note);
note(`${((Date.now() - began) / 1000).toFixed(0)} seconds`);
process.exitCode = finish();
