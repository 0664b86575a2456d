/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * What has to happen before some pages of pages.json show; each leaves the page
 * at what it made.
 */
import { fill, follow, send } from "./browser.mjs";

const WELL = "/o/goviin-salkhi/assessments/1";

/* Recovery words are shown once, after the password. */
export async function makeWords({ page, people, root, entry }) {
	await page.goto(`${root}/account/words`);
	await fill(page, { password: people.site.demo.accounts.find((a) =>
	    a.role === entry.who).password });
	await send(page, "main form");
}

/* Two windows of one person: the second to save meets the first. */
async function conflict(page, address, form, mine, theirs) {
	const other = await page.context().newPage();

	await page.goto(address);
	await other.goto(address);
	await fill(other, theirs, form);
	await send(other, form);
	await other.close();
	await fill(page, mine, form);
	await send(page, form);
}

export const conflictInProfile = ({ page, root }) => conflict(page,
    `${root}/o/tsagaan-gol/edit`, "main form",
    { phone: "7033 0113" }, { phone: `7033 0${Date.now() % 900 + 100}` });

export const conflictInItem = ({ page, root }) => conflict(page,
    `${root}${WELL}/items/9.2`, "main form:has([name=rationale])",
    { answer: "0", rationale: "Сургалтын тэмдэглэл олдсонгүй." },
    { answer: "1", rationale: `Сургагч багш ${Date.now()} удаа ярьсан.` });

export async function itemWithoutAnswer({ page, root }) {
	const form = "main form:has([name=rationale])";

	await page.goto(`${root}${WELL}/items/9.2`);
	await page.locator(`${form} [name=answer]:checked`)
	    .evaluateAll((boxes) => boxes.forEach((b) => {
		b.checked = false;
	}));
	await fill(page, { rationale: "Хэн ч санахгүй байна." }, form);
	await send(page, form);
}

export async function raterLink({ page, root }) {
	await page.goto(`${root}${WELL}/raters`);
	await follow(page, "main a[href$='/link']");
}

export async function evidenceChange({ page, root }) {
	await page.goto(`${root}/o/tsagaan-gol/evidence`);
	await follow(page, "main li a[href*='/evidence/']:not([href$=file])");
}

/* The link stands on the page once; the page is left at it. */
export async function invite({ page, root }) {
	await page.goto(`${root}/o/tsagaan-gol/members/invite`);
	await fill(page, { role: "viewer",
	    email: `guest-${Date.now()}@well.example` });
	await send(page, "main form");
}

export async function inviteAndList(state) {
	await invite(state);
	await state.page.goto(`${state.root}/o/tsagaan-gol/members`);
}

const linkOf = async (page, root) => (await page.locator(
    "#invitation-link").innerText()).trim().replace(/\/(mn|en)\//,
    `${root}/`);

/* As somebody sees it who has no account. */
export async function openInvitation({ page, people, root }) {
	const other = await (await people.context("administrator")).newPage();

	await invite({ page: other, root });
	const link = await linkOf(other, root);

	await other.close();
	await page.goto(link);
}

export async function openInvitationHere(state) {
	await invite(state);
	await state.page.goto(await linkOf(state.page, state.root));
}

async function openFrom(page, address, selector) {
	await page.goto(address);
	await follow(page, selector);
}

/* The clerk needs seconds for the PDF of what was just published. */
export async function pdfAtOnce({ page, root }) {
	const report = `${root}/o/il-tod-tusuv/assessments/1`;

	await page.goto(`${report}/publish`);
	await fill(page, { reason: "Нэг тоо буруу хуулагдсан байсан.",
	    detail: "full" }, "form[action$='/publish']");
	await send(page, "form[action$='/publish']");
	await page.goto(`${report}.pdf`);
}

export const replyToFinding = ({ page, root }) => openFrom(page,
    `${root}/o/khyargas-nuur/assessments/1/analysis`,
    "main a[href*='/findings/']:not([href$=new])");

export const monitoredAction = ({ page, root }) => openFrom(page,
    `${root}/o/tegsh-bolomj/assessments/1/monitoring`,
    "main a[href*='/actions/']:not([href$=new])");

export const openIndicator = ({ page, root }) => openFrom(page,
    `${root}/o/tsagaan-gol/assessments/3/monitoring`,
    "main table a[href*='/indicators/']");
