/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The journey's end: analysis, plan, monitoring, and the public report. */
import { fill, follow, openPerson, send } from "./browser.mjs";
import { check, checkSame } from "./tap.mjs";

const FINDING = "Ээлжийн журмыг малчид мэдэхгүй байна: самбарт байрлуулаагүй.";
const ACTION = "Худгийн ээлжийн журмыг багийн самбарт байрлуулах";
const SECRET = "Дотоод тайлбар";

const countOf = (page, selector) => page.locator(selector).count();

export async function findingsAreTakenOver(j) {
	const { page } = j.editor;
	const propose = "form[action$='/findings/propose']";

	await page.goto(`${j.run}/analysis`);
	const proposed = await countOf(page, propose);

	check(proposed > 0, "the figures propose something");
	await send(page, propose);
	await page.goto(`${j.run}/analysis`);
	checkSame(await countOf(page, propose), proposed - 1,
	    "proposals after taking one over");
	await follow(page, "main a[href*='/findings/']:not([href$=new])");
	await fill(page, { body: FINDING });
	await send(page, "main form:has([name=body])");
	await page.goto(`${j.run}/findings/new`);
	await fill(page, { kind: "strength", place: "1",
	    body: "Иргэдийн саналыг хурал бүрд бүртгэдэг." });
	await send(page, "main form:has([name=body])");
	await page.goto(`${j.run}/analysis`);
	check((await page.locator("main").innerText()).includes(FINDING),
	    "the finding in its own words");
}

export async function closingWantsAnAction(j) {
	const { page } = j.editor;

	await page.goto(`${j.run}/analysis`);
	const response = await send(page, "form[action$='/analysis/close']");

	checkSame(response.status(), 422, "status");
	check((await page.locator(".govuk-error-summary").innerText())
	    .includes("at least one action"), "the refusal says why");
}

async function writeAction(j, values) {
	const { page } = j.editor;

	await page.goto(`${j.run}/actions/new`);
	await fill(page, values);
	await send(page, "main form:has([name=title])");
	checkSame(await countOf(page, ".govuk-error-summary"), 0,
	    `faults of "${values.title}"`);
}

export async function actionsArePlanned(j) {
	const { page } = j.editor;

	await page.goto(`${j.run}/actions/new`);
	await fill(page, { title: ACTION, kind: "activity", due: "2027.02.30",
	    owner: "Зохицуулагч" });
	await send(page, "main form:has([name=title])");
	checkSame(await page.locator("[name=title]").inputValue(), ACTION,
	    "what was typed beside a day that February lacks");
	await page.locator("[name=finding]").selectOption({ index: 1 });
	await fill(page, { due: "2027.03.15", cost: "150 000" });
	await send(page, "main form:has([name=title])");
	await writeAction(j, { title: "Хурлын тэмдэглэлээ үргэлжлүүлэх",
	    kind: "keep", due: "2027.06.01", owner: "Нарийн бичгийн дарга" });
	await page.goto(`${j.run}/analysis`);
	await send(page, "form[action$='/analysis/close']");
	await page.goto(`${j.run}/plan`);
	check((await page.locator("main").innerText()).includes(ACTION),
	    "the plan has the action");
}

export async function monitoringBegins(j) {
	const { page } = j.editor;

	await page.goto(`${j.run}/plan`);
	await send(page, "form[action$='/plan/close']");
	await page.goto(`${j.run}/indicators/new`);
	await fill(page, { title: "Журам байрлуулсан баг", unit: "баг",
	    baseline: "0", target: "6", target_day: "2027.06.30" });
	await page.locator("[name=action]").selectOption({ index: 1 });
	await send(page, "main form:has([name=target])");
	await page.goto(`${j.run}/monitoring`);
	await follow(page, "#indicators-h ~ section th a");
	await fill(page, { day: "2026.11.20", value: "2,5",
	    note: "Хоёр баг, нэг хагас" });
	await send(page, "form[action$='/measurements']");
	check(/2[.,]5/.test(await page.locator("main table").innerText()),
	    "the measurement in the table");
}

export async function calendarIsFed(j) {
	const { page } = j.editor;

	await page.goto(`${j.run}/monitoring`);
	/* One secret serves all addresses: somebody may have made it before. */
	if (await countOf(page, "form[action$='/calendar']") > 0)
		await send(page, "form[action$='/calendar']");
	const address = (await page.locator("main code").last().innerText())
	    .trim();
	const answer = await j.stranger.context.request.get(address);
	const text = await answer.text();

	checkSame(answer.status(), 200, "status");
	check(answer.headers()["content-type"].startsWith("text/calendar"),
	    "the calendar's type");
	check(text.startsWith("BEGIN:VCALENDAR\r\n") && text.replace(
	    /\r\n /g, "").includes(ACTION), "the action in the calendar");
	checkSame((await j.stranger.context.request.get(address.replace(
	    /.$/, (c) => (c === "x" ? "y" : "x")))).status(), 404,
	    "status of another address");
}

export async function draftIsInvisible(j) {
	const stranger = j.stranger.page;

	for (const address of [j.run, `${j.run}/tasks`, `${j.run}/plan`,
	    `${j.run}/publish`, `${j.run}/revisions/1`]) {
		const response = await stranger.goto(address);

		check([403, 404].includes(response.status()) ||
		    response.url().includes("sign-in"),
		    `${address}: ${response.status()}`);
		check(!(await stranger.locator("body").innerText())
		    .includes(ACTION), `${address} shows the draft`);
	}
	await stranger.goto(`${j.home}/assessments`);
	checkSame(await countOf(stranger, ".t-list > li"), 0,
	    "assessments that strangers see");
}

export async function previewAndPublish(j) {
	await j.editor.page.goto(`${j.run}/publish`);
	checkSame(await countOf(j.editor.page, "form[action$='/publish']"), 0,
	    "forms for an editor to publish with");
	const { page } = j.director;

	await page.goto(`${j.run}/publish?detail=findings`);
	check((await page.locator("main").innerText()).includes(FINDING),
	    "the preview shows the finding");
	await page.goto(`${j.run}/publish`);
	await fill(page, { detail: "full" }, "form[action$='/publish']");
	await send(page, "form[action$='/publish']");
	const response = await j.stranger.page.goto(j.run);

	checkSame(response.status(), 200, "status of the report for others");
	const words = await j.stranger.page.locator("main").innerText();

	for (const text of [FINDING, ACTION, "Журам байрлуулсан баг"])
		check(words.includes(text), `the report lacks "${text}"`);
	check(!words.includes(SECRET), "what is private stays private");
	checkSame(await countOf(j.stranger.page, "svg.t-radar"), 1, "radars");
}

/* The clerk makes the PDF; it may take a minute. */
async function pdfOf(j) {
	const { request } = j.stranger.context;

	for (let tries = 0; tries < 120; tries++) {
		const answer = await request.get(`${j.run}.pdf`);

		if ((answer.headers()["content-type"] || "")
		    .startsWith("application/pdf"))
			return answer.body();
		await new Promise((go) => setTimeout(go, 500));
	}
	throw new Error("no PDF after a minute");
}

export async function filesAreReachable(j) {
	const { request } = j.stranger.context;
	const bare = j.run.replace(/^\/en/, "");
	const json = await (await request.get(`${bare}.json`)).json();
	const csv = await (await request.get(`${bare}.csv`)).text();

	check(JSON.stringify(json).includes(ACTION), "the action in the JSON");
	check(csv.split("\n").length > j.items, "a line for each question");
	const pdf = await pdfOf(j);

	checkSame(pdf.subarray(0, 5).toString(), "%PDF-", "the PDF's head");
}

export async function correctionIsARevision(j) {
	const { page } = j.director;
	const reason = "Хоёр дахь арга хэмжээний хугацаа буруу байсан.";

	await page.goto(`${j.run}/publish`);
	await send(page, "form[action$='/publish']");
	check(await countOf(page, "#reason-error") === 1,
	    "a correction wants a reason");
	await fill(page, { reason, detail: "levels" },
	    "form[action$='/publish']");
	await send(page, "form[action$='/publish']");
	await j.stranger.page.goto(j.run);
	check((await j.stranger.page.locator("main").innerText())
	    .includes(reason), "the reason stands in the report");
	const first = await j.stranger.page.goto(`${j.run}/revisions/1`);

	checkSame(first.status(), 200, "status of the first revision");
}

/* One click for those with script, a form for those without. */
export async function themeIsSwitched(j) {
	const { page } = j.stranger;

	await page.goto("/en/about");
	await page.locator("button[name=theme][value=dark]").click();
	await page.waitForLoadState("load");
	const theme = page.locator("html[data-theme=dark]");

	await theme.waitFor();
	await page.goto("/mn/about");
	await theme.waitFor();
	checkSame(await page.locator("button[value=dark]").getAttribute(
	    "aria-pressed"), "true", "aria-pressed");
}

export async function everybodyLeaves(j) {
	const { page } = j.editor;

	await page.goto("/en/account");
	await send(page, "form[action$='/sign-out']");
	await page.goto(`${j.run}/tasks`);
	check(!(await page.locator("main").innerText()).includes(ACTION),
	    "nothing to see after signing out");
	for (const one of [j.editor, j.director, j.stranger])
		await one.context.close();
}

export async function strangerComes(j) {
	j.stranger = await openPerson(j.browser, j.site, j.options);
}
