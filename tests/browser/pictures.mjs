/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Screenshots of every page, for people who look: phone and desk, both themes. */
import { mkdir } from "node:fs/promises";
import path from "node:path";

const SHOTS = [[390, "light"], [1180, "light"], [320, "dark"],
    [1180, "dark"]];

export async function takePictures(folder, { page, title }) {
	const name = title.replace("render_", "").replace(/[^\w]+/g, "-");

	await mkdir(folder, { recursive: true });
	for (const [width, theme] of SHOTS) {
		await page.setViewportSize({ width, height: 900 });
		await page.emulateMedia({ colorScheme: theme,
		    reducedMotion: "reduce" });
		await page.screenshot({ fullPage: true,
		    path: path.join(folder, `${name}-${width}-${theme}.png`) });
	}
}
