/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The HTML as the server sent it, by html-validate. */
import { readFileSync } from "node:fs";
import { HtmlValidate } from "html-validate";
import { check, test } from "./tap.mjs";

const validator = new HtmlValidate(JSON.parse(readFileSync(
    new URL("htmlvalidate.json", import.meta.url), "utf8")));

export const lookAtHtml = ({ title, html }) =>
	test(`${title} is valid HTML`, () => {
		const report = validator.validateStringSync(html);
		const lines = html.split("\n");

		check(report.valid, report.results.flatMap((r) =>
		    r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ` +
		    `${m.message}\n  ${(lines[m.line - 1] || "").trim()
		    .slice(0, 200)}`)).join("\n"));
	});
