/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Every page by axe-core in both themes, on a phone and on a desk; nothing may
 * be wider than a phone of 320 px, and nothing heavier than its share.
 */
import { readFile } from "node:fs/promises";
import { get } from "node:http";
import { createRequire } from "node:module";
import { check, note, test } from "./tap.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = [320, 1280];
/* The other theme changes colours and nothing else. */
const THEMES = { light: { type: "tag", values: TAGS },
	dark: { type: "rule", values: ["color-contrast",
	    "link-in-text-block"] } };
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
		for (const [theme, rules] of Object.entries(THEMES)) {
			await page.emulateMedia({ colorScheme: theme,
			    reducedMotion: "reduce" });
			await page.evaluate(() => document.getAnimations()
			    .forEach((a) => a.finish()));
			const found = await page.evaluate((runOnly) => axe.run(
			    { runOnly, resultTypes: ["violations"] }), rules);

			for (const v of found.violations)
				faults.push(`${width} px, ${theme}: ` +
				    violationText(v));
		}
	}
	return faults;
}

/* Bytes of a body as a browser of old would get it. */
const gzipped = (url, cookie) => new Promise((resolve, reject) => {
	get(url, { headers: { "accept-encoding": "gzip", cookie } },
	    (answer) => {
		let bytes = 0;

		answer.on("data", (part) => { bytes += part.length; });
		answer.on("end", () => resolve(bytes));
	}).on("error", reject);
});

const assets = new Map();
const assetSize = (url) => {
	if (!assets.has(url))
		assets.set(url, gzipped(url, ""));
	return assets.get(url);
};

async function checkWeight({ entry, page, last, title }) {
	const cookies = await page.context().cookies();
	const html = await gzipped(page.url(), cookies.map((c) =>
	    `${c.name}=${c.value}`).join("; "));
	const parts = await Promise.all(Array.from(last.parts, async (url) =>
	    [url, await assetSize(url)]));
	const all = parts.reduce((sum, [, bytes]) => sum + bytes, html);
	const most = entry.weight === "survey" ? SURVEY_LOAD : FIRST_LOAD;

	note(`${title}: ${(all / 1024).toFixed(1)} KB gzipped in ` +
	    `${parts.length + 1} requests, ${(html / 1024).toFixed(1)} KB ` +
	    "of them HTML");
	check(all <= most, `${all} bytes, more than ${most}: ` +
	    parts.map((part) => part.join(" ")).join(", "));
	if (entry.weight === "report")
		check(html <= REPORT_HTML, `the HTML has ${html} bytes ` +
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
