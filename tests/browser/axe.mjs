/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Every page by axe-core in both themes, on a phone and on a desk; nothing may
 * be wider than a phone of 320 px, and nothing heavier than its share.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { check, note, test } from "./tap.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = [320, 1280];
const THEMES = ["light", "dark"];
/* Bytes over the line: a first visit, a survey, a report's HTML alone. */
const FIRST_LOAD = 80 * 1024;
const SURVEY_LOAD = 60 * 1024;
const REPORT_HTML = 14 * 1024;

export const axeSource = () => readFile(
    createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const violationText = (v) => `${v.id}: ${v.help}\n` + v.nodes.slice(0, 5)
    .map((n) => `  ${n.target.join(" ")}  ${n.html.slice(0, 160)}\n    ` +
    n.failureSummary.split("\n").slice(1).map((s) => s.trim()).join("; "))
    .join("\n");

/* What stands out on the right, deepest first. */
const wide = () => {
	const limit = document.documentElement.clientWidth;
	const hidden = (e) => e.closest(".t-scroll, .govuk-visually-hidden");

	if (document.documentElement.scrollWidth <= limit)
		return [];
	return Array.from(document.querySelectorAll("body *")).filter((e) =>
	    e.getBoundingClientRect().right > limit + 0.5 && !hidden(e))
	    .reverse().slice(0, 4).map((e) => e.outerHTML.slice(0, 140))
	    .concat(`page is ${document.documentElement.scrollWidth} wide`);
};

async function faultsOf(page, source) {
	const faults = [];

	await page.evaluate(source);
	for (const width of WIDTHS) {
		await page.setViewportSize({ width, height: 900 });
		for (const out of await page.evaluate(wide))
			faults.push(`${width} px: too wide: ${out}`);
		for (const theme of THEMES) {
			await page.emulateMedia({ colorScheme: theme });
			const found = await page.evaluate((tags) => axe.run(
			    { exclude: [] }, { runOnly: tags,
			    resultTypes: ["violations"] }), TAGS);

			for (const v of found.violations)
				faults.push(`${width} px, ${theme}: ` +
				    violationText(v));
		}
	}
	return faults;
}

async function checkWeight({ entry, last, html, title }) {
	const sizes = await Promise.all(last.sizes);
	const packed = gzipSync(html).length;
	const all = sizes.reduce((sum, s) => sum + s.bytes, 0);
	const most = entry.weight === "survey" ? SURVEY_LOAD : FIRST_LOAD;

	note(`${title}: ${(all / 1024).toFixed(1)} KB in ${sizes.length} ` +
	    `requests, HTML ${(packed / 1024).toFixed(1)} KB gzipped`);
	check(all <= most, `${all} bytes, more than ${most}: ` +
	    sizes.map((s) => `${s.url} ${s.bytes}`).join(", "));
	if (entry.weight === "report")
		check(packed <= REPORT_HTML, `the HTML has ${packed} bytes ` +
		    `gzipped, more than ${REPORT_HTML}`);
}

export async function lookWithAxe(source, seen) {
	if (!seen.entry.send && !seen.entry.do)
		await test(`${seen.title} is light enough`,
		    () => checkWeight(seen));
	await test(`${seen.title} is accessible and fits a phone`,
	    async () => {
		const faults = await faultsOf(seen.page, source);

		check(faults.length === 0, faults.join("\n"));
	});
}
