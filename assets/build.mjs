/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Compiles the style sheets: node assets/build.mjs OUTPUT_DIRECTORY
 * writes style.css (screen and browser print) and pdf.css (WeasyPrint)
 * there and copies the script and the drawings beside them. Runs on
 * node 18 and later; needs node_modules as package-lock.json pins it.
 */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "node_modules");
const sheets = ["style", "pdf"];
const copies = ["tulga.js", "mark.svg", "favicon.svg"];

function compile(name) {
	return sass.compile(join(here, `${name}.scss`), {
		style: "compressed",
		sourceMap: false,
		charset: false,
		quietDeps: true,
		loadPaths: [join(modules, "govuk-frontend", "dist")],
	}).css + "\n";
}

const output = process.argv[2];
if (process.argv.length !== 3) {
	console.error("usage: node assets/build.mjs OUTPUT_DIRECTORY");
	process.exit(2);
}

mkdirSync(output, { recursive: true });
for (const name of sheets)
	writeFileSync(join(output, `${name}.css`), compile(name));
for (const name of copies)
	copyFileSync(join(here, name), join(output, name));
