/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

/*
 * What somebody may do, as the router asks and the stores answer. In an
 * organisation each role includes those before it; rights of the coalition
 * stand beside one another, but a coordinator is a moderator too.
 */
enum organisation_role {
	ROLE_NONE,
	ROLE_VIEWER,
	ROLE_RATER,
	ROLE_EDITOR,
	ROLE_ADMINISTRATOR,
};

enum coalition_right {
	RIGHT_MODERATOR = 1 << 0,
	RIGHT_COORDINATOR = 1 << 1,
	RIGHT_SITE = 1 << 2,
};
