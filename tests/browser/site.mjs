/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * A demonstration in a temporary folder, served on a free port of 127.0.0.1,
 * and the letters that it would have sent.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const program = path.resolve(process.env.TULGA || "build/tulga");
const WAIT = 30000;	/* for the address */
const STOP = 10000;	/* for an orderly end */

async function makeDemo(folder) {
	const child = spawn(program, ["demo", folder],
	    { stdio: ["ignore", "ignore", "pipe"] });
	let said = "";

	child.stderr.on("data", (text) => { said += text; });
	const [code] = await once(child, "exit");
	if (code !== 0)
		throw new Error(`tulga demo ended with ${code}:\n${said}`);
	return JSON.parse(await readFile(path.join(folder, "demo.json"),
	    "utf8"));
}

/* The first line of `tulga serve` is its address. */
function addressOf(child) {
	return new Promise((resolve, reject) => {
		const limit = setTimeout(() => reject(
		    new Error("tulga serve said no address")), WAIT);

		child.once("exit", (code) => reject(
		    new Error(`tulga serve ended with ${code}`)));
		createInterface({ input: child.stdout }).once("line", (text) => {
			clearTimeout(limit);
			resolve(text.trim().replace(/\/$/, ""));
		});
	});
}

async function stop(child) {
	if (child.exitCode !== null)
		return;
	const gone = once(child, "exit");
	const limit = setTimeout(() => child.kill("SIGKILL"), STOP);

	child.kill("SIGTERM");
	await gone;
	clearTimeout(limit);
}

export async function openSite() {
	const folder = await mkdtemp(path.join(tmpdir(), "tulga-browser-"));
	const data = path.join(folder, "data");
	const log = [];
	let child;

	const close = async () => {
		if (child)
			await stop(child);
		if (process.env.KEEP !== "1")
			await rm(folder, { recursive: true, force: true });
	};

	try {
		const demo = await makeDemo(data);

		child = spawn(program, ["serve", "--data", data, "--port", "0"],
		    { stdio: ["ignore", "pipe", "pipe"] });
		child.stderr.on("data", (text) => {
			log.push(String(text));
		});
		return { root: await addressOf(child), demo, data, log, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/* What a letter says, its parts decoded: base64 or quoted-printable. */
function letterText(source) {
	const decode = (text) => /^content-transfer-encoding: base64/im
	    .test(source)
	    ? Buffer.from(text.replace(/\s/g, ""), "base64").toString()
	    : Buffer.from(text.replace(/=\r?\n/g, "")
	        .replace(/=([0-9A-F]{2})/g, (_, hex) =>
	        String.fromCharCode(parseInt(hex, 16))), "latin1").toString();
	const at = source.search(/\r?\n\r?\n/);

	return decode(source.slice(at).trim());
}

/* The newest letter to an address that holds a pattern; waits for it. */
export async function letterTo(site, email, pattern) {
	const folder = path.join(site.data, "mail");

	for (let tries = 0; tries < 600; tries++) {
		const names = (await readdir(folder)).sort().reverse();

		for (const name of names) {
			const source = await readFile(path.join(folder, name),
			    "utf8").catch(() => "");
			const found = source.includes(email) &&
			    letterText(source).match(pattern);

			if (found)
				return found;
		}
		await new Promise((go) => setTimeout(go, 100));
	}
	throw new Error(`no letter to ${email} holds ${pattern}`);
}
