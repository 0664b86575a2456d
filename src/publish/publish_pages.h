/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "http/request.h"

/* The page that shows what will be public, and the form that publishes it. */
enum outcome publish_page(struct request *rq);
enum outcome publish_send_page(struct request *rq);
