/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * One chromium for all tests; each person has a context of their own. Nothing
 * of this computer's own browser is used.
 */
import { request } from "node:http";
import { chromium } from "playwright-core";
import { check } from "./tap.mjs";

const PATIENCE = 15000;	/* milliseconds for anything on a page */

export const openBrowser = () => chromium.launch({
	executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic",
	    "--no-first-run", "--disable-background-networking",
	    "--disable-component-update", "--disable-sync"]
});

/* Somebody with a browser: a context and its one page. */
export async function openPerson(browser, site, options = {}) {
	const context = await browser.newContext({ baseURL: site.root,
	    viewport: { width: 1180, height: 900 }, ...options });

	context.setDefaultTimeout(PATIENCE);
	return { context, page: await context.newPage() };
}

/*
 * Presses the button of a form and waits for the page that answers; hands back
 * what was said to the form itself, which may be a redirect.
 */
export async function send(page, form, button = "button:not([type=button])") {
	const [response] = await Promise.all([
	    page.waitForResponse((r) => r.request().isNavigationRequest() &&
	        r.request().method() === "POST"),
	    page.waitForEvent("load"),
	    page.locator(form).first().locator(button).first().click()]);

	return response;
}

/* Follows the first link that fits. */
export async function follow(page, selector) {
	await Promise.all([page.waitForEvent("load"),
	    page.locator(selector).first().click()]);
}

export async function fill(page, values, form = "main") {
	for (const [name, value] of Object.entries(values)) {
		const field = page.locator(form).first()
		    .locator(`[name="${name}"]:not([type=hidden])`);
		const kind = await field.first().evaluate((f) =>
		    f.tagName === "SELECT" ? "select" : f.type);

		if (kind === "radio" || kind === "checkbox")
			for (const one of [].concat(value))
				await page.locator(form).first().locator(
				    `[name="${name}"][value="${one}"]`)
				    .check({ force: true });
		else if (kind === "select")
			await field.selectOption(String(value));
		else
			await field.fill(String(value));
	}
}

export async function signIn(page, root, email, password) {
	await page.goto(`${root}/sign-in`);
	await fill(page, { email, password });
	await send(page, "form.t-sign");
	check(!page.url().includes("sign-in"), `${email} can't sign in: ` +
	    await page.locator("main").innerText());
}

/*
 * What a page's form would send, without going there. Playwright's own requests
 * leave out cookies for https, which browsers send to this computer too.
 */
export async function sendBeside(page, form) {
	const { action, body } = await page.locator(form).first().evaluate(
	    (f) => ({ action: f.action,
	    body: new URLSearchParams(new FormData(f)).toString() }));
	const cookies = await page.context().cookies();

	return new Promise((resolve, reject) => {
		request(action, { method: "POST", headers: {
		    "content-type": "application/x-www-form-urlencoded",
		    "content-length": Buffer.byteLength(body),
		    "origin": new URL(action).origin,
		    "cookie": cookies.map((c) => `${c.name}=${c.value}`)
		        .join("; ") } }, (answer) => {
			answer.resume();
			answer.on("end", () => resolve(answer));
		}).on("error", reject).end(body);
	});
}

export const heading = async (page) =>
	(await page.locator("h1").first().innerText()).trim();
