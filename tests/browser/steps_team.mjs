/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The journey's beginning: an organisation comes in, its people get their
 * accounts, and stage 1 is set up.
 */
import { fill, heading, openPerson, send, sendBeside,
	signIn } from "./browser.mjs";
import { letterTo } from "./site.mjs";
import { check, checkSame } from "./tap.mjs";

const PASSWORD = "худгийн ус 2026";

/* Follows an invitation's letter, and leaves somebody signed in. */
async function accept(j, email, name) {
	const [link] = await letterTo(j.site, email,
	    /http:\/\/\S+\/(?:mn|en)\/\S+/);
	const person = await openPerson(j.browser, j.site, j.options);
	const { page } = person;

	await page.goto(link.replace(/[>.,]+$/, ""));
	await fill(page, { name, password: PASSWORD });
	await send(page, "main form");
	check(!/password|invitation/.test(page.url()),
	    `${email} did not come in: ${await heading(page)}`);
	return person;
}

export async function organisationJoins(j) {
	const { email, password } = j.site.demo.accounts.find((a) =>
	    a.role === "coordinator");
	const coordinator = await openPerson(j.browser, j.site, j.options);
	const { page } = coordinator;

	await signIn(page, "/en", email, password);
	await page.goto("/en/organisations/new");
	await fill(page, { name_mn: j.names.mn, name_en: j.names.en,
	    legal_form: "public-benefit-ngo", email: j.emails.director });
	await send(page, "main form");
	checkSame(await page.locator(".govuk-error-summary").count(), 0,
	    "faults of a new organisation");
	await coordinator.context.close();
	j.director = await accept(j, j.emails.director, "Дулмаа");
	await j.director.page.goto("/en/dashboard");
	const place = j.director.page.locator("main a[href^='/en/o/']").first();

	j.slug = (await place.getAttribute("href")).split("/")[3];
	j.home = `/en/o/${j.slug}`;
}

export async function editorIsInvited(j) {
	const { page } = j.director;

	await page.goto(`${j.home}/members/invite`);
	await fill(page, { email: j.emails.editor, role: "editor" },
	    "form:has([name=email])");
	await send(page, "form:has([name=email])");
	const first = await accept(j, j.emails.editor, "Энх");

	await first.context.close();
	j.editor = await openPerson(j.browser, j.site, j.options);
	await signIn(j.editor.page, "/en", j.emails.editor, PASSWORD);
	await j.editor.page.goto(`${j.home}/assessments`);
	checkSame(await j.editor.page.locator(".t-empty").count(), 1,
	    "the page for no assessment");
}

const SCOPE = "Хоёр сумын худгийн хөтөлбөр, малчдын бүлэг";

export async function setupRefusesAndKeeps(j) {
	const { page } = j.editor;

	await page.goto(`${j.home}/assessments/new`);
	await fill(page, { objectives: ["participation", "transparency"],
	    track: "short", scope: SCOPE, period_from: "2026.06.30",
	    period_to: "2026.01.01", target: "2026.12.20",
	    groups: ["board", "staff", "members", "public"],
	    team: "Б. Дулмаа, ахлагч\nЦ. Энх, тэмдэглэл" });
	const response = await send(page, "main form");

	checkSame(response.status(), 422, "status");
	checkSame(await page.locator("[name=scope]").inputValue(), SCOPE,
	    "the scope that was typed");
	check(await page.locator("[name=track][value=short]").isChecked(),
	    "the track is still chosen");
	checkSame(await page.locator("#period_to").getAttribute(
	    "aria-invalid"), "true", "aria-invalid of the last day");
	await page.locator(".govuk-error-summary a").first().click();
	check(page.url().endsWith("#period_to"), "the summary leads to it");
}

/* The same form sent twice at once, as a nervous thumb does. */
async function sendTwice(page, form) {
	const answers = await Promise.all([sendBeside(page, form),
	    sendBeside(page, form)]);
	const where = answers.map((answer) => answer.headers.location);

	for (const answer of answers)
		checkSame(answer.statusCode, 303, "status of a sending");
	checkSame(where[1], where[0], "where the second sending leads");
	return where[0];
}

export async function setupSentTwiceIsOne(j) {
	const { page } = j.editor;

	await fill(page, { period_from: "2026.01.01",
	    period_to: "2026.06.30" });
	const where = await sendTwice(page, "main form");

	await page.goto(`${j.home}/assessments`);
	checkSame(await page.locator(".t-list > li").count(), 1,
	    "assessments in the list");
	await page.goto(where);
	j.run = `${j.home}/assessments/1`;
	await page.goto(`${j.run}/tasks`);
	await send(page, "form[action$='/begin']");
	checkSame(await page.locator("[aria-current=step]").innerText(),
	    "Collecting", "the stage");
}
