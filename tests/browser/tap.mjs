/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * What tests say: TAP on standard output. A check throws Fault with words for
 * people; anything else that is thrown is printed whole.
 */

export class Fault extends Error {}

export function check(holds, words) {
	if (!holds)
		throw new Fault(words);
}

export function checkSame(got, wanted, what) {
	check(got === wanted, `${what}: ${JSON.stringify(got)} instead of ` +
	    JSON.stringify(wanted));
}

const said = { passed: 0, failed: 0, skipped: 0 };
let number = 0;

function line(text) {
	process.stdout.write(text + "\n");
}

export function note(text) {
	String(text).split("\n").forEach((one) => line(`# ${one}`));
}

export function passed(title) {
	said.passed++;
	line(`ok ${++number} - ${title}`);
}

export function failed(title, error) {
	said.failed++;
	line(`not ok ${++number} - ${title}`);
	note(error instanceof Fault ? error.message :
	    (error && error.stack) || error);
}

export function skipped(title, reason) {
	said.skipped++;
	line(`ok ${++number} - ${title} # SKIP ${reason}`);
}

/* Runs one test; true when it passed. */
export async function test(title, run) {
	const began = Date.now();

	try {
		await run();
	} catch (error) {
		failed(title, error);
		return false;
	}
	passed(`${title} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
	return true;
}

/* The plan and the count; what the process should exit with. */
export function finish() {
	line(`1..${number}`);
	line(`# ${said.passed} passed, ${said.failed} failed, ` +
	    `${said.skipped} skipped`);
	return said.failed > 0 || number === 0 ? 1 : 0;
}
