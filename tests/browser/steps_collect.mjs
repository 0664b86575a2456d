/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The journey's middle: raters, a survey, evidence, agreed levels, a note. */
import { fill, follow, openPerson, send } from "./browser.mjs";
import { check, checkSame } from "./tap.mjs";

const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true,
	isMobile: true };
const ANSWER = "main form:has([name=answer])";

export async function ratersAreInvited(j) {
	const { page } = j.editor;

	j.links = [];
	for (const [respondents, count] of [["board", "1"], ["staff", "2"]]) {
		await page.goto(`${j.run}/raters`);
		await fill(page, { respondents, count });
		await send(page, "form[action$='/raters']");
		j.links.push(...await page.locator(".t-code__text code")
		    .allInnerTexts());
	}
	checkSame(j.links.length, 3, "links");
	checkSame(new Set(j.links).size, 3, "different links");
}

const pressLabel = (page, name, value) => page.locator(
    `input[name="${name}"][value="${value}"] + label`).click();

/* Goes from question to question until all are answered. */
async function answerAll(page, link, answerOf, stopAfter = Infinity) {
	let asked = 0;

	await page.goto(link);
	await follow(page, "main a.govuk-button");
	while (page.url().includes("/items/") && asked < stopAfter) {
		await pressLabel(page, "answer", answerOf(asked));
		await send(page, ANSWER);
		asked++;
		check(asked < 100, "the questions have no end");
	}
	return asked;
}

async function sayDone(page) {
	check(page.url().endsWith("/check"), `not at the end: ${page.url()}`);
	await send(page, "form[action$='/done']");
	checkSame(await page.locator("form[action$='/done']").count(), 0,
	    "buttons to be done again");
}

export async function firstRaterAnswers(j) {
	const rater = await openPerson(j.browser, j.site,
	    { ...j.options, ...PHONE });

	j.items = await answerAll(rater.page, j.links[0], (i) => String(i % 4));
	check(j.items >= 18, `only ${j.items} questions on the short track`);
	await sayDone(rater.page);
	await rater.context.close();
}

/* "Not our field", "don't know", another device, another language. */
export async function secondRaterResumes(j) {
	const kinds = ["na", "dk", "2", "3"];
	const first = await openPerson(j.browser, j.site, j.options);

	await answerAll(first.page, j.links[1], (i) => kinds[i % 4], 7);
	await first.context.close();
	const second = await openPerson(j.browser, j.site,
	    { ...j.options, ...PHONE });
	const { page } = second;

	await page.goto(j.links[1]);
	check((await page.locator("main").innerText()).includes(
	    `7 of ${j.items}`), "the other device knows of seven answers");
	await follow(page, "main a.govuk-button");
	const item = page.url().split("/").pop();

	await follow(page, ".t-util a[hreflang]");
	checkSame(page.url().split("/").pop(), item,
	    "the question in the other language");
	check(/[а-яөү]/i.test(await page.locator("h1").innerText()),
	    "the question is in Mongolian");
	await answerAll(page, j.links[1].replace(/\/(mn|en)\//, "/mn/"),
	    (i) => kinds[i % 4]);
	await sayDone(page);
	await second.context.close();
}

/* An answer is kept as it is chosen; without a network, until it is back. */
async function autosave(j, page) {
	await page.goto(`${j.links[2]}`);
	await follow(page, "main a.govuk-button");
	const where = page.url();
	const saved = () => page.waitForResponse((r) =>
	    r.request().headers()["x-autosave"] === "1");
	const chosen = () => page.locator("[name=answer]:checked")
	    .getAttribute("value");

	await Promise.all([saved(), pressLabel(page, "answer", "3")]);
	await page.locator("[data-status]:has-text(':')").waitFor();
	await page.goto(where);
	checkSame(await chosen(), "3", "the answer after loading again");
	await page.context().setOffline(true);
	await pressLabel(page, "answer", "2");
	await page.locator("[data-status].t-over").waitFor();
	await page.context().setOffline(false);
	page.on("dialog", (dialog) => dialog.accept());
	const later = saved();

	await page.goto(where);
	checkSame(await chosen(), "2", "the answer kept on the device");
	check((await later).ok(), "the late save is taken");
}

export async function thirdRaterAnswers(j) {
	const rater = await openPerson(j.browser, j.site, j.options);

	if (j.script)
		await autosave(j, rater.page);
	await answerAll(rater.page, j.links[2], (i) => String(3 - i % 3));
	await sayDone(rater.page);
	await rater.context.close();
}

export async function surveyIsOpened(j) {
	const { page } = j.editor;

	await page.goto(`${j.run}/survey`);
	await fill(page, { invited: "Худгийн дэргэд зурагт хуудас наасан" });
	await send(page, "main form:has([name=invited])");
	j.survey = (await page.locator("#survey-link").innerText()).trim();
	await page.goto(`${j.run}/survey/poster`);
	checkSame(await page.locator("svg.t-qr").count(), 1, "QR codes");
}

/* Taps on a phone, in five contexts: five people. */
export async function fivePeopleAnswer(j) {
	for (let person = 0; person < 5; person++) {
		const { context, page } = await openPerson(j.browser, j.site,
		    { ...j.options, ...PHONE });

		await page.goto(j.survey);
		await page.locator("[name=respondents][value=" +
		    `${person % 2 ? "members" : "public"}] + label`).tap();
		const sets = await page.locator("fieldset:has([name^='q-'])")
		    .all();

		for (const [i, set] of sets.entries())
			if (i % 3 === 0)
				await set.locator("label")
				    .nth((i + person) % 4).tap();
		await page.locator("[name=comment]").fill(
		    `Худгийн ээлж ${person + 1} дэх айлаас эхэлдэг болсон.`);
		await send(page, "main form");
		check(page.url().endsWith("/thanks"), "thanks are said");
		await context.close();
	}
	await j.editor.page.goto(`${j.run}/survey`);
	checkSame(await j.editor.page.locator(".t-facts dd").innerText(), "5",
	    "answers to the survey");
}

const csv = (bytes) => Buffer.from("Огноо,Худаг,Усны түвшин (м)\n" +
    "2026-03-15,Дэрстийн худаг,4.20\n".repeat(Math.ceil(bytes / 54)));

async function slowly(page) {
	const session = await page.context().newCDPSession(page);

	await session.send("Network.enable");
	await session.send("Network.emulateNetworkConditions", {
		offline: false, latency: 20, downloadThroughput: 8e6,
		uploadThroughput: 1.5e6 });
	return () => session.detach();
}

export async function evidenceIsAdded(j) {
	const { page } = j.editor;

	j.item = `${j.run}/items/1.2`;
	await page.goto(`${j.item}/evidence/new?kind=file`);
	await page.locator("[name=file]").setInputFiles({
		name: "usnii-tuvshin.csv", mimeType: "text/csv",
		buffer: csv(j.script ? 2000000 : 20000) });
	await fill(page, { title: "Усны түвшний хэмжилт", day: "2026.03.15",
	    visible: "public" });
	if (j.script) {
		const undo = await slowly(page);
		const progress = page.locator("[data-upload-progress]")
		    .waitFor({ state: "visible" });
		const arrived = page.waitForURL((url) =>
		    !url.pathname.includes("evidence/new"));

		await page.locator("main form button[type=submit]").click();
		await progress;
		await arrived;
		await undo();
	} else {
		await send(page, "main form");
	}
	for (const [kind, values] of [
	    ["link", { title: "Хурлын тэмдэглэл", visible: "team",
	        link: "https://khural.example/temdeglel" }],
	    ["stated", { title: "Малчдын амаар өгсөн санал",
	        visible: "team" }]]) {
		await page.goto(`${j.item}/evidence/new?kind=${kind}`);
		await fill(page, values);
		await send(page, "main form");
	}
	await page.goto(j.item);
	const words = await page.locator("main").innerText();

	for (const title of ["Усны түвшний хэмжилт", "Хурлын тэмдэглэл",
	    "Малчдын амаар өгсөн санал"])
		check(words.includes(title), `the item lacks "${title}"`);
}

const RATIONALE = "Ээлжийн журам бий, харин дүгнэлтийг тайлбарлаагүй.";
const AGREE = "main form:has([name=rationale])";

export async function evidenceCapRefuses(j) {
	const { page } = j.editor;

	await page.goto(`${j.run}/tasks`);
	await page.goto(`${j.run}/items/2.1`);
	await fill(page, { answer: "4", rationale: RATIONALE }, AGREE);
	const response = await send(page, AGREE);

	checkSame(response.status(), 422, "status");
	checkSame(await page.locator(`${AGREE} [name=rationale]`).inputValue(),
	    RATIONALE, "the reasons that were typed");
	check(await page.locator("[name=answer][value='4']").isChecked(),
	    "the level is still chosen");
	await page.locator(".govuk-error-summary a").first().click();
	check(/#answer/.test(page.url()), "the summary leads to the levels");
	checkSame(await page.locator(":target").count(), 1,
	    "places that the summary leads to");
}

/* All items by the task list: what the evidence allows, and two gaps. */
export async function everythingIsAgreed(j) {
	const { page } = j.editor;
	const items = [];

	await page.goto(`${j.run}/tasks`);
	const principles = await page.locator(".govuk-task-list__link")
	    .evaluateAll((all) => all.map((a) => a.href));

	for (const address of principles) {
		await page.goto(address);
		items.push(...await page.locator(".govuk-task-list__link")
		    .evaluateAll((all) => all.map((a) => a.href)));
	}
	checkSame(items.length, j.items, "items in the task lists");
	for (const [i, address] of items.entries()) {
		await page.goto(address);
		await fill(page, { answer: address.endsWith("/1.2") ? "4" :
		    i === 5 ? "na" : String(i % 2),
		    rationale: `${RATIONALE} ${i + 1}` }, AGREE);
		await send(page, AGREE);
		checkSame(await page.locator(".govuk-error-summary").count(), 0,
		    `faults at ${address}`);
	}
	await page.goto(`${j.run}/tasks`);
	checkSame(await page.locator("progress").getAttribute("value"),
	    String(j.items), "agreed items");
}

export async function twoEditorsMeet(j) {
	const mine = "Бидний үзэж байгаагаар журам хэрэгждэг.";
	const theirs = "Журам бий, хэрэгжилтийг хэн ч шалгаагүй.";

	await j.editor.page.goto(j.item);
	await j.director.page.goto(j.item);
	await fill(j.director.page, { answer: "2", rationale: theirs }, AGREE);
	await send(j.director.page, AGREE);
	await fill(j.editor.page, { answer: "3", rationale: mine }, AGREE);
	const response = await send(j.editor.page, AGREE);

	checkSame(response.status(), 409, "status");
	const table = await j.editor.page.locator("main table")
	    .filter({ hasText: theirs }).innerText();

	check(table.includes(mine), "both texts stand side by side");
	checkSame(await j.editor.page.locator("[name=rationale]").inputValue(),
	    mine, "one's own text in the form");
	await send(j.editor.page, AGREE);
	await j.editor.page.goto(j.item);
	checkSame(await j.editor.page.locator("[name=rationale]").inputValue(),
	    mine, "what is saved after looking");
}

export async function noteIsWritten(j) {
	const { page } = j.editor;

	await page.goto(`${j.run}/notes/new`);
	await fill(page, { kind: "interview", day: "2026.11.10",
	    title: "Хаваржаан дээр таван малчинтай", respondents: "members",
	    body: "Худгийн ээлжийг **ойлгомжтой** болгох санал гарав." });
	await send(page, "main form");
	await page.goto(`${j.run}/notes`);
	checkSame(await page.locator(".t-time strong").first().innerText(),
	    "ойлгомжтой", "emphasis in the note");
}

export async function collectingIsClosed(j) {
	const { page } = j.editor;

	await page.goto(`${j.run}/close`);
	await send(page, "form[action$='/close']");
	const { context, page: late } = await openPerson(j.browser, j.site,
	    j.options);

	await late.goto(j.survey);
	checkSame(await late.locator("main form").count(), 0,
	    "forms of a closed survey");
	await context.close();
}
