/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * An organisation's whole way through five stages, by the pages alone: once
 * with script and once without. A step that fails ends it.
 */
import * as collect from "./steps_collect.mjs";
import * as publish from "./steps_publish.mjs";
import * as team from "./steps_team.mjs";
import { skipped, test } from "./tap.mjs";

const STEPS = [
	["a stranger has a look", publish.strangerComes],
	["a coordinator adds an organisation, its director comes in",
	    team.organisationJoins],
	["an editor is invited and signs in", team.editorIsInvited],
	["stage 1 refuses what can't be and keeps what was typed",
	    team.setupRefusesAndKeeps],
	["stage 1 sent twice makes one assessment", team.setupSentTwiceIsOne],
	["three raters get their links", collect.ratersAreInvited],
	["the first answers everything on a phone",
	    collect.firstRaterAnswers],
	["the second goes on elsewhere, in the other language",
	    collect.secondRaterResumes],
	["the third answers", collect.thirdRaterAnswers],
	["the survey is opened", collect.surveyIsOpened],
	["five people answer it on a phone", collect.fivePeopleAnswer],
	["a file, a link and a statement are added",
	    collect.evidenceIsAdded],
	["the evidence cap refuses in words and keeps what was typed",
	    collect.evidenceCapRefuses],
	["everything is agreed", collect.everythingIsAgreed],
	["two editors meet and see both texts", collect.twoEditorsMeet],
	["a note is written", collect.noteIsWritten],
	["collecting is closed", collect.collectingIsClosed],
	["proposed findings are taken over and changed",
	    publish.findingsAreTakenOver],
	["the analysis can't be closed without an action",
	    publish.closingWantsAnAction],
	["actions are planned", publish.actionsArePlanned],
	["monitoring begins with an indicator", publish.monitoringBegins],
	["the calendar can be read by its address", publish.calendarIsFed],
	["others see nothing before publication", publish.draftIsInvisible],
	["the administrator publishes, everybody reads",
	    publish.previewAndPublish],
	["JSON, CSV and PDF are there", publish.filesAreReachable],
	["a correction is a second revision", publish.correctionIsARevision],
	["the colours are switched", publish.themeIsSwitched],
	["everybody leaves", publish.everybodyLeaves],
];

export async function journey(browser, site, script, how) {
	const word = script ? "a" : "b";
	const j = { browser, site, script,
	    options: { javaScriptEnabled: script },
	    names: { mn: `“Худгийн ус ${word}” ТББ`,
	        en: `Well Water ${word} NGO` },
	    emails: { director: `director-${word}@well.example`,
	        editor: `editor-${word}@well.example` } };
	let going = true;

	for (const [title, run] of STEPS)
		if (going)
			going = await test(`${how}: ${title}`, () => run(j));
		else
			skipped(`${how}: ${title}`, "an earlier step failed");
}
