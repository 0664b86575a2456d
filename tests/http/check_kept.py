# SPDX-License-Identifier: AGPL-3.0-or-later
"""The store of finished pages."""

import re

from site_client import BAT, TOKEN, Connection


def count(reply):
    return int(re.search("class=count>([0-9]+)", reply.text).group(1))


def test_a_kept_page_has_an_etag_and_answers_304(server):
    page = server.ask("GET", "/en/wells")
    again = server.ask("GET", "/en/wells")
    assert page["ETag"] and page["ETag"] == again["ETag"]
    assert page.body == again.body
    for header, status in ((page["ETag"], 304), ("W/" + page["ETag"], 304),
                           (f'"other", {page["ETag"]}', 304),
                           ('"other"', 200)):
        with Connection(server) as c:
            reply = c.ask("GET", "/en/wells", {"If-None-Match": header})
            assert reply.status == status, header
            assert reply["ETag"] == page["ETag"]
            assert reply["Cache-Control"] == "no-cache"
            assert reply["Vary"] == page["Vary"]
            assert c.ask("GET", "/en/echo/next").text == "next"


def test_a_committed_write_makes_the_kept_page_new(server):
    before = server.ask("GET", "/en/wells")
    assert server.post("/en/hearings", "name=New+well").status == 303
    after = server.ask("GET", "/en/wells", {"If-None-Match": before["ETag"]})
    assert after.status == 200 and after["ETag"] != before["ETag"]
    assert count(after) == count(before) + 1


def test_a_refused_write_leaves_the_kept_page(server):
    before = server.ask("GET", "/en/wells")
    assert server.post("/en/hearings", "name=dry").status == 422
    reply = server.ask("GET", "/en/wells", {"If-None-Match": before["ETag"]})
    assert reply.status == 304


def test_a_kept_page_is_never_for_a_session(server):
    plain = server.ask("GET", "/en/wells")
    mine = server.ask("GET", "/en/wells", BAT)
    assert ">Bat<" in mine.text and mine["Cache-Control"] == "no-store"
    assert mine["ETag"] is None
    # Nor is a member's page kept for the others, whoever comes first.
    assert server.ask("GET", "/en/wells?first", BAT)["ETag"] is None
    other = server.ask("GET", "/en/wells?first")
    assert ">Bat<" not in other.text and other.body == plain.body
    assert server.ask("GET", "/en/wells", {"If-None-Match": plain["ETag"],
                                           **BAT}).status == 200


def test_a_notice_is_shown_once_and_never_kept(server):
    added = server.post("/en/wells",
                        f"csrf={TOKEN['bat']}&name=Notice+well", BAT)
    cookie = added["Set-Cookie"].split(";")[0]
    shown = server.ask("GET", "/en/wells?notice", {"Cookie": cookie})
    assert "class=notice>Done<" in shown.text
    assert shown["Set-Cookie"].startswith("__Host-notice=; ")
    assert "Max-Age=0" in shown["Set-Cookie"] and shown["ETag"] is None
    for _ in range(2):
        plain = server.ask("GET", "/en/wells?notice")
        assert "class=notice><" in plain.text and plain["Set-Cookie"] is None
    for forged in ("00", "zz", "6e6f6e65", "41" * 400, ""):
        reply = server.ask("GET", "/en/wells?forged",
                           {"Cookie": "__Host-notice=" + forged})
        assert "class=notice><" in reply.text


def test_no_header_can_put_another_answer_in_the_store(server):
    for number, headers in enumerate((
            {"X-Autosave": "1"}, {"Accept-Language": "mn"},
            {"Host": "evil.mn"}, {"X-Forwarded-Proto": "https"},
            {"If-None-Match": "*"}, {"Range": "bytes=0-3"},
            {"Cookie": "__Host-session=nobody"})):
        path = f"/en/wells?poison={number}"
        plain = server.ask("GET", "/en/wells").body
        server.ask("GET", path, headers)
        server.ask("HEAD", path, headers)
        clean = server.ask("GET", path)
        assert clean.status == 200 and clean.body == plain, headers
        assert clean["Content-Type"] == "text/html; charset=utf-8"


def test_a_kept_table_does_not_follow_the_readers_language(server):
    for language in ("en", "mn", "en"):
        reply = server.ask("GET", "/wells.csv", {"Accept-Language": language})
        assert reply.text == "language\nmn\n" and reply["ETag"]


def test_each_theme_coding_and_query_is_kept_apart(server):
    seen = set()
    for path in ("/en/kept?kib=1", "/en/kept?kib=1&a", "/mn/kept?kib=1"):
        for headers in ({}, {"Accept-Encoding": "gzip"},
                        {"Accept-Encoding": "br"}, {"Cookie": "theme=dark"},
                        {"Cookie": "theme=light"}):
            etags = {server.ask("GET", path, headers)["ETag"]
                     for _ in range(3)}
            assert len(etags) == 1, (path, headers)
            seen |= etags
    assert len(seen) == 15


def test_a_page_larger_than_the_store_is_sent_and_not_kept(server):
    with Connection(server) as c:
        pages = [c.ask("GET", "/en/kept?kib=20000") for _ in range(2)]
    for page in pages:
        assert page.status == 200 and len(page.body) == 20000 * 1024
    assert pages[0]["ETag"] != pages[1]["ETag"]


def test_a_full_store_gives_up_the_oldest_pages(server):
    first = server.ask("GET", "/en/kept?kib=3000&page=0")["ETag"]
    assert server.ask("GET", "/en/kept?kib=3000&page=0")["ETag"] == first
    for page in range(1, 8):
        assert server.ask("GET", f"/en/kept?kib=3000&page={page}").status == 200
    assert server.ask("GET", "/en/kept?kib=3000&page=0")["ETag"] != first
