-- SPDX-License-Identifier: AGPL-3.0-or-later
-- wrk's side of the rating measure: every request is one answer of one rater,
-- and each differs from that rater's last one. TULGA_RATERS names a file with a
-- link a line, TULGA_ITEMS the items, blanks between.

local links, items, at = {}, {}, 0
local bad = 0

function init(args)
	for line in io.lines(os.getenv("TULGA_RATERS")) do
		links[#links + 1] = line
	end
	for item in os.getenv("TULGA_ITEMS"):gmatch("%S+") do
		items[#items + 1] = item
	end
	math.randomseed(tonumber(tostring(links):match("0x(%x+)"), 16) % 2^31)
	at = math.random(0, 100000)
	wrk.method = "POST"
	wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
	wrk.headers["X-Autosave"] = "1"
end

function request()
	at = at + 1
	local link = links[at % #links + 1]
	local item = items[math.floor(at / #links) % #items + 1]
	return wrk.format(nil, link .. "/items/" .. item, nil,
	    "answer=" .. math.random(0, 4))
end

function response(status)
	if status ~= 200 then
		bad = bad + 1
	end
end

function done(summary, latency, requests)
	io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests,
	    summary.duration, summary.errors.status + summary.errors.connect +
	    summary.errors.read + summary.errors.write +
	    summary.errors.timeout, latency:percentile(50),
	    latency:percentile(99)))
end
