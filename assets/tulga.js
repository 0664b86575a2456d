/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * What pages gain when scripts run: autosave, upload progress, theme
 * switch, character count, copy and reveal buttons. Every page works
 * without it. Hooks are data attributes; docs/components.md has the list
 * and what the server answers.
 */
(() => {
"use strict";
/* Milliseconds. */
const QUIET = 800;	/* after the last change */
const READ = 3000;	/* for a look at what was restored */
const PATIENCE = 4000;	/* that a submit waits for a save */
const FIRST = 1000;	/* doubled before each further try */
const LONGEST = 60000;	/* between two tries */
const BEACON = 60000;	/* bytes that may outlive the page */

const each = (selector, run) =>
	document.querySelectorAll(selector).forEach(run);

const fill = (text, key, value) => (text || "").replace(`{${key}}`, value);

const clock = () => {
	const now = new Date();
	const two = (n) => String(n).padStart(2, "0");

	return `${two(now.getHours())}:${two(now.getMinutes())}`;
};

/* Storage may be full, forbidden or absent: then there is just no copy. */
const attempt = (run) => {
	try {
		return run();
	} catch (e) {
		return null;
	}
};

const store = {
	get: (key) => attempt(() => JSON.parse(localStorage.getItem(key))),
	set: (key, value) => attempt(() =>
		localStorage.setItem(key, JSON.stringify(value))),
	drop: (key) => attempt(() => localStorage.removeItem(key))
};

/* A control named "action" hides the property: ask the attribute. */
const target = (form) =>
	new URL(form.getAttribute("action") || "", location.href);

/* What a person typed or chose; not hidden fields, secrets, files. */
const typed = (form) => Array.from(form.elements).filter((field) =>
	field.name && !/^(hidden|password|file|submit|button|fieldset)$/
	    .test(field.type));

const chosen = (field) => {
	if (/^(checkbox|radio)$/.test(field.type))
		return field.checked;
	if (field.type === "select-multiple")
		return Array.from(field.options, (o) => o.selected);
	return field.value;
};

/* A field is known by its name, and by its value where many share one. */
const snapshot = (form) => typed(form).map((field) => [field.name,
    /^(checkbox|radio)$/.test(field.type) ? field.value : "",
    chosen(field)]);

const restore = (form, kept) => {
	const left = kept.slice();

	typed(form).forEach((field) => {
		const box = /^(checkbox|radio)$/.test(field.type);
		const at = left.findIndex((k) => k[0] === field.name &&
		    k[1] === (box ? field.value : ""));

		if (at < 0)
			return;
		const value = left.splice(at, 1)[0][2];
		if (box)
			field.checked = value;
		else if (Array.isArray(value))
			Array.from(field.options).forEach((o, i) => {
				o.selected = Boolean(value[i]);
			});
		else
			field.value = value;
	});
};

const encode = (form) => {
	const body = new URLSearchParams();

	new FormData(form).forEach((value, name) => {
		if (typeof value === "string")
			body.append(name, value);
	});
	return body.toString();
};

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

const send = (address, body) => fetch(address, {
	method: "POST",
	body,
	credentials: "same-origin",
	redirect: "manual",
	keepalive: document.hidden && body.length < BEACON,
	headers: {
		"Content-Type": "application/x-www-form-urlencoded",
		"X-Autosave": "1"
	}
});

/* The button last pressed in a form: a submit event may not say. */
const presses = new WeakMap();
const pressed = (form) => presses.get(form);
const press = (event) => {
	const button = event.target.closest("button, input[type=submit]");

	if (button && button.form)
		presses.set(button.form, button);
};

/*
 * Autosave. `changes` counts what was typed, `saved` how far the server
 * has it; while they differ something could be lost. Unsaved text has a
 * copy in the browser, under the form's action.
 */
class Autosave {
	constructor(form) {
		this.form = form;
		this.words = form.dataset;
		this.status = form.querySelector("[data-status]");
		this.revision = form.elements.namedItem("revision");
		this.action = target(form);
		this.key = `tulga:${this.action.pathname}`;
		this.changes = 0;
		this.saved = 0;
		this.wait = FIRST;
		this.timer = 0;
		this.busy = false;	/* a save is under way */
		this.stopped = false;	/* somebody else changed it */
		this.leaving = false;	/* the person sent the form */
		this.warned = false;	/* was told that there is no network */
		this.pending = null;	/* a submit that waits for a save */
		this.listen();
		this.reopen();
	}

	edition() {
		return this.revision ? this.revision.value : "";
	}

	say(text, bad) {
		if (!this.status)
			return;
		this.status.textContent = text || "";
		this.status.classList.toggle("t-over", Boolean(bad));
	}

	keep(sent) {
		store.set(this.key, {
			owner: this.words.owner || "",
			revision: this.edition(),
			sent: Boolean(sent),
			fields: snapshot(this.form)
		});
	}

	later(ms) {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.save(), ms);
	}

	retry(text) {
		this.keep();
		this.say(text, true);
		this.wait = Math.min(this.wait * 2, LONGEST);
		this.later(this.wait);
	}

	conflict() {
		const link = document.createElement("a");

		this.stopped = true;
		this.say(`${this.words.conflict || ""} `, true);
		link.href = location.href.split("#")[0];
		link.textContent = this.words.reload || link.href;
		if (this.status)
			this.status.appendChild(link);
	}

	accepted(upto, edition) {
		this.saved = upto;
		this.wait = FIRST;
		if (this.revision && edition)
			this.revision.value = edition;
		if (this.changes === this.saved)
			store.drop(this.key);
		else
			this.later(QUIET);
		this.say(fill(this.words.saved, "time", clock()));
	}

	answered(response, upto) {
		const code = response.status;

		if (response.ok)
			this.accepted(upto, response.headers.get("X-Revision"));
		else if (code === 409)
			this.conflict();
		else if (code >= 500 || code === 408 || code === 429)
			this.retry(this.words.failed);
		else
			this.say(this.words.failed, true);
	}

	save() {
		const upto = this.changes;

		clearTimeout(this.timer);
		if (this.busy || this.stopped || this.leaving ||
		    upto === this.saved)
			return;
		this.keep();
		if (navigator.onLine === false) {
			this.retry(this.words.offline);
			return;
		}
		this.busy = true;
		this.say(this.words.saving);
		send(this.action.href, encode(this.form)).then(
		    (response) => this.answered(response, upto),
		    () => this.retry(this.words.offline)).then(() => {
			this.busy = false;
			if (this.pending)
				this.pending();
		});
	}

	/* What an earlier visit could not save, unless the server took it. */
	reopen() {
		const kept = store.get(this.key);
		const now = this.edition();

		if (!kept || kept.owner !== (this.words.owner || ""))
			return;
		if ((kept.sent && (!now || kept.revision !== now)) ||
		    same(kept.fields, snapshot(this.form))) {
			store.drop(this.key);
			return;
		}
		restore(this.form, kept.fields);
		this.changes++;
		this.say(this.words.restored);
		/* When others wrote meanwhile, the person looks first. */
		if (kept.revision === now)
			this.later(READ);
	}

	submit(event) {
		clearTimeout(this.timer);
		if (navigator.onLine === false && !this.warned) {
			event.preventDefault();
			this.warned = true;
			this.changes++;
			this.retry(this.words.offline);
			return;
		}
		this.keep(true);
		this.leaving = !this.busy || Boolean(this.pending);
		if (!this.leaving) {
			event.preventDefault();
			this.submitAfterSave();
		}
	}

	/* Else the save would make the form's own revision an old one. */
	submitAfterSave() {
		const button = pressed(this.form);
		let limit = 0;
		const go = () => {
			clearTimeout(limit);
			this.pending = () => {};
			if (button)
				button.click();
			else
				this.form.submit();
		};

		limit = setTimeout(go, PATIENCE);
		this.pending = go;
	}

	listen() {
		this.form.addEventListener("input", () => {
			this.changes++;
			this.later(QUIET);
		});
		this.form.addEventListener("focusout", () => this.save());
		this.form.addEventListener("submit", (e) => this.submit(e));
		document.addEventListener("visibilitychange", () => {
			if (document.hidden)
				this.save();
		});
		addEventListener("online", () => {
			this.wait = FIRST;
			this.save();
		});
		addEventListener("pageshow", () => {
			this.leaving = false;
			this.pending = null;
		});
		addEventListener("beforeunload", (e) => this.guard(e));
	}

	guard(event) {
		if (this.leaving || this.changes === this.saved)
			return;
		this.keep();
		event.preventDefault();
		event.returnValue = "";
	}
}

/* Sends the plain way, with the button that was pressed. */
function sendPlain(form) {
	const button = pressed(form);

	if (button && button.name) {
		const field = document.createElement("input");

		field.type = "hidden";
		field.name = button.name;
		field.value = button.value;
		form.appendChild(field);
	}
	form.submit();
}

function uploaded(request, address) {
	if (request.status < 400 && request.responseURL &&
	    request.responseURL !== address) {
		location.assign(request.responseURL);
		return;
	}
	/* The form again, with its messages. */
	document.open();
	document.write(request.responseText);
	document.close();
}

const hasFiles = (form) => Array.from(form.elements).some((field) =>
	field.type === "file" && field.files.length > 0);

/* Sends a form with files and shows how far it got. */
function upload(event) {
	const form = event.target;
	const box = form.querySelector("[data-upload-progress]");

	if (!box || !hasFiles(form))
		return;
	const bar = box.querySelector("progress");
	const button = pressed(form);
	const address = target(form).href;
	const body = new FormData(form);
	const request = new XMLHttpRequest();

	event.preventDefault();
	if (!box.hidden)
		return;
	if (button && button.name)
		body.append(button.name, button.value);
	request.upload.addEventListener("progress", (sent) => {
		if (!sent.lengthComputable)
			return;
		bar.value = Math.floor(sent.loaded * 100 / sent.total);
		box.querySelector("[data-percent]").textContent =
		    `${bar.value} %`;
	});
	request.addEventListener("load", () => uploaded(request, address));
	request.addEventListener("error", () => sendPlain(form));
	request.open("POST", address);
	request.setRequestHeader("X-Upload", "1");
	box.hidden = false;
	request.send(body);
}

function theme(event) {
	const button = event.target.closest("button[data-theme-set]");

	if (!button)
		return;
	const value = button.dataset.themeSet;

	event.preventDefault();
	document.cookie = `theme=${value}; path=/; max-age=31536000; ` +
	    "SameSite=Lax";
	document.documentElement.setAttribute("data-theme", value);
	each("button[data-theme-set]", (b) => {
		b.setAttribute("aria-pressed", String(b === button));
	});
}

/* Characters left, at once for the eye, after a pause for the ear. */
function count(field) {
	const message = document.getElementById(`${field.id}-info`);
	const left = Number(field.dataset.count) - Array.from(field.value).length;

	if (!message)
		return;
	message.textContent = left < 0 ?
	    fill(field.dataset.over, "n", -left) :
	    fill(field.dataset.left, "n", left);
	message.classList.toggle("t-over", left < 0);
}

function counted(field) {
	const ear = document.createElement("span");
	const message = document.getElementById(`${field.id}-info`);
	let timer = 0;

	if (!message)
		return;
	ear.className = "govuk-visually-hidden";
	ear.setAttribute("role", "status");
	message.after(ear);
	field.addEventListener("input", () => {
		count(field);
		clearTimeout(timer);
		timer = setTimeout(() => {
			ear.textContent = message.textContent;
		}, 1000);
	});
	count(field);
}

function copier(button) {
	const source = document.getElementById(button.dataset.copy);
	const words = button.textContent;

	if (!source)
		return;

	const say = (text) => {
		button.textContent = text;
	};

	const told = () => {
		say(button.dataset.copied);
		setTimeout(say, 3000, words);
	};

	/* Where the clipboard is refused: by selection, as ever. */
	const select = () => {
		const range = document.createRange();
		const selection = getSelection();

		range.selectNodeContents(source);
		selection.removeAllRanges();
		selection.addRange(range);
		if (document.execCommand("copy"))
			told();
	};

	button.setAttribute("aria-live", "polite");
	button.hidden = false;
	button.addEventListener("click", () => {
		if (navigator.clipboard)
			navigator.clipboard.writeText(source.textContent.trim())
			    .then(told, select);
		else
			select();
	});
}

function revealer(button) {
	const field = document.getElementById(button.dataset.reveal);

	if (!field)
		return;
	button.hidden = false;
	button.addEventListener("click", () => {
		const shown = field.type === "text";

		field.type = shown ? "password" : "text";
		button.setAttribute("aria-pressed", String(!shown));
	});
}

document.addEventListener("click", press, true);
document.addEventListener("click", theme);
each("form[data-autosave]", (form) => new Autosave(form));
each("form[data-upload]", (form) => {
	form.addEventListener("submit", upload);
});
each("[data-count]", counted);
each("button[data-copy]", copier);
each("button[data-reveal]", revealer);
})();
