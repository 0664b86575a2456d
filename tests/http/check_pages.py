# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages, addresses, who may come in, and what every answer carries."""

import ctypes
import gzip
import re
from urllib.parse import quote, unquote

from site_client import (BAT, FORM, HOST, TOKEN, TSETSEG, Connection,
                         multipart, request)

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def asset(server):
    page = server.ask("GET", "/en/nowhere").text
    return re.search(r'href="(/assets/style-[^"]*)"', page).group(1)


def test_a_connection_serves_several_requests(server):
    with Connection(server) as c:
        for i in range(20):
            reply = c.ask("GET", f"/en/echo/{i}")
            assert (reply.status, reply.text) == (200, str(i))


def test_pipelined_requests_are_answered_in_order(server):
    with Connection(server) as c:
        c.send(b"".join(request("GET", f"/en/echo/{i}") for i in range(50)))
        assert [c.reply().text for _ in range(50)] == \
            [str(i) for i in range(50)]


def test_a_pipelined_request_waits_for_the_write_before_it(server):
    form = f"csrf={TOKEN['bat']}&name=Pipelined+well".encode()
    with Connection(server) as c:
        c.send(request("POST", "/en/wells", {**BAT, **FORM}, form) +
               request("GET", "/en/echo/after"))
        assert c.reply().status == 303
        assert c.reply().text == "after"


def test_head_says_what_get_would_and_sends_nothing(server):
    for path in ("/en/wells", "/en/echo/well", "/en/minutes", "/en/nowhere",
                 asset(server)):
        got = server.ask("GET", path)
        with Connection(server) as c:
            head = c.ask("HEAD", path)
            assert head.status == got.status, path
            assert head["Content-Length"] == got["Content-Length"], path
            assert c.ask("GET", "/en/echo/next").text == "next", path


def test_what_is_not_there_is_404_in_the_language_of_the_address(server):
    for path, words in (("/en/nowhere", "This page is not here"),
                        ("/en/wells/7777", "This page is not here"),
                        ("/en/o/altai", "This page is not here"),
                        ("/mn/nowhere", 'lang="mn"'), ("/en//wells", "404"),
                        ("/en/wells/", "404"), ("/assets/none.css", "404"),
                        ("/en/wells.csv", "404")):
        reply = server.ask("GET", path)
        assert reply.status == 404 and words in reply.text, path


def test_a_refused_method_names_those_that_are_allowed(server):
    for method, path, allow in (
            ("PUT", "/en/wells", "GET, HEAD, POST"),
            ("DELETE", "/en/echo/x", "GET, HEAD"),
            ("POST", "/en/echo/x", "GET, HEAD"), ("GET", "/en/theme", "POST"),
            ("OPTIONS", "/en/notes", "POST"), ("BREW", "/wells.csv",
                                               "GET, HEAD")):
        reply = server.ask(method, path)
        assert (reply.status, reply["Allow"]) == (405, allow), (method, path)


def test_paths_are_decoded_once_and_only_when_they_are_text(server):
    for path, text in (("%C3%B6", "ö"), ("a%2525", "a%25"), ("%41+b", "A+b"),
                       ("%D1%83%D1%81", "ус"), ("%7e", "~"), (";a=1", ";a=1"),
                       ("..", ".."), ("%2e%2e", "..")):
        reply = server.ask("GET", "/en/echo/" + path)
        assert (reply.status, reply.text) == (200, text), path
    for path in ("%00", "a%00b", "%2F", "a%2fb", "%ff", "%c3", "%c0%af",
                 "%e0%80%af", "%ed%a0%80", "%f4%90%80%80", "%", "%4", "%zz",
                 "%0d%0aSet-Cookie:x", "%09", "%7f"):
        assert server.ask("GET", "/en/echo/" + path).status == 404, path


def test_queries_must_be_text_too(server):
    for query in ("a=%00", "a=%ff", "a=%", "%c0%80=1", "a=%zz"):
        assert server.ask("GET", "/en/long?" + query).status == 422, query
    many = "&".join("a=1" for _ in range(40))
    assert server.ask("GET", "/en/long?" + many).status == 200
    # More than the connection's memory holds: not answered, but survived.
    assert server.ask("GET", "/en/long?" + "a&" * 1500) is None


def test_an_address_without_language_leads_to_the_readers(server):
    for header, path, there in (
            (None, "/wells", "/mn/wells"), ("en", "/wells", "/en/wells"),
            ("mn-MN, en;q=0.5", "/wells?a=1&b=%20", "/mn/wells?a=1&b=%20"),
            ("en", "/", "/en/"), ("en", "/?q", "/en/?q"),
            ("de, en;q=0.1", "/echo/%C3%B6", "/en/echo/%C3%B6")):
        reply = server.ask("GET", path, {"Accept-Language": header})
        assert reply.status == 302, path
        assert reply["Location"] == there, (path, reply["Location"])
        assert reply["Vary"] == "Accept-Language"
        assert reply["Cache-Control"] == "no-store"
    assert server.ask("GET", "/%65n/wells").status == 404
    assert server.ask("GET", "/en").status == 200
    assert server.ask("GET", "/en?a=1").status == 200
    assert server.ask("GET", "/wells.csv").status == 200


def test_sign_in_gets_the_whole_address_and_no_header_breaks(server):
    for address in ("/o/bayan/hearings/new", "/o/bayan/hearings/new?a=1&b=2",
                    "/wells/new?q=%D1%83%0d%0aX:+y&next=//evil.mn"):
        reply = server.ask("GET", "/en" + address)
        assert reply.status == 303, address
        there, following = reply["Location"].split("?next=")
        assert there == "/en/sign-in"
        assert unquote(following) == address
        assert quote(address, safe="-._~") == following, following
    with Connection(server) as c:
        c.send(b"GET /en/wells/new?q=\xd1\"<\\> HTTP/1.1\r\nHost: a\r\n\r\n")
        reply = c.reply()
        assert reply is None or reply.status in (303, 400)


def test_roles_are_asked_before_the_handler(server):
    path = "/en/o/bayan/hearings/new"
    assert server.ask("GET", path).status == 303
    assert server.ask("GET", path, TSETSEG).status == 403
    assert server.ask("GET", path, BAT).status == 200
    assert server.ask("GET", "/en/coalition", BAT).status == 403
    assert server.ask("GET", "/en/o/altai/hearings/new", BAT).status == 404


def every_reply(server):
    big = {"Content-Type": "application/x-www-form-urlencoded"}
    upload, body = multipart([("csrf", TOKEN["bat"])])
    yield 200, server.ask("GET", "/en/wells")
    yield 200, server.ask("GET", "/en/wells")
    yield 304, server.ask("GET", "/en/wells", {
        "If-None-Match": server.ask("GET", "/en/wells")["ETag"]})
    yield 200, server.ask("GET", asset(server))
    yield 200, server.ask("GET", "/wells.csv")
    yield 200, server.ask("GET", "/en/minutes")
    yield 200, server.ask("GET", "/en/derive")
    yield 200, server.ask("POST", "/en/notes", {**BAT, **upload}, body)
    yield 302, server.ask("GET", "/wells")
    yield 303, server.ask("GET", "/en/wells/new")
    yield 303, server.post("/en/hearings", "name=Safe+well")
    yield 400, server.ask("GET", "/en/wells", {"Bad name": "x"})
    yield 403, server.post("/en/wells", "name=x", BAT)
    yield 404, server.ask("GET", "/en/nowhere")
    yield 405, server.ask("PUT", "/en/wells")
    yield 409, server.post("/en/hearings", "name=taken")
    yield 413, server.ask("POST", "/en/hearings", big, b"a" * 300000)
    yield 422, server.post("/en/hearings", "name=")


def test_every_answer_carries_the_security_headers(server):
    for status, reply in every_reply(server):
        assert reply.status == status, (status, reply.status)
        for name, value in SECURITY.items():
            assert (reply[name] or "").startswith(value), (status, name)
        assert reply["Cache-Control"], status
        assert reply["Server"] is None, status


def test_an_asset_is_kept_for_good_and_comes_packed(server):
    path = asset(server)
    plain = server.ask("GET", path)
    packed = server.ask("GET", path, {"Accept-Encoding": "gzip"})
    assert "immutable" in plain["Cache-Control"]
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed["Vary"] == "Accept-Encoding"


def brotli(packed):
    library = ctypes.CDLL("libbrotlidec.so.1")
    size = ctypes.c_size_t(1 << 20)
    out = ctypes.create_string_buffer(size.value)
    assert library.BrotliDecoderDecompress(
        ctypes.c_size_t(len(packed)), packed, ctypes.byref(size), out) == 1
    return out.raw[:size.value]


def test_pages_come_packed_as_the_reader_can_read_them(server):
    plain = server.ask("GET", "/en/wells").body
    for accept, coding, unpack in (
            ("gzip", "gzip", gzip.decompress), ("br", "br", brotli),
            ("gzip, deflate, br", "br", brotli),
            ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
            ("br; q=0.0 , gzip ; q=1", "gzip", gzip.decompress),
            ("gzip;q=0", None, bytes), ("identity", None, bytes),
            ("brotli, x-gzip", None, bytes), ("", None, bytes)):
        for path in ("/en/wells", "/en/"):  # kept, and made each time
            reply = server.ask("GET", path, {"Accept-Encoding": accept})
            assert reply["Content-Encoding"] == coding, (path, accept)
            assert unpack(reply.body) == plain, (path, accept)
            assert "Accept-Encoding" in reply["Vary"]


def test_a_download_keeps_its_name_in_every_script(server):
    reply = server.ask("GET", "/en/minutes")
    assert reply["Content-Type"] == "application/pdf"
    assert reply["Content-Disposition"] == \
        'attachment; filename="______ __________.pdf"; filename*=UTF-8\'\'' + \
        quote('Хурлын "протокол".pdf')
    assert len(reply.body) == 4096 * 67


def test_cookies_are_for_this_host_only(server):
    reply = server.post("/en/theme", "theme=dark")
    assert reply.status == 303
    assert reply["Set-Cookie"] == "__Host-theme=dark; Path=/; Max-Age=3600; " \
        "HttpOnly; Secure; SameSite=Lax"


def test_a_form_needs_the_token_of_its_own_session(server):
    for token, status in ((None, 403), ("", 403), ("00" * 32, 403),
                          (TOKEN["tsetseg"], 403), (TOKEN["bat"][:-2], 403),
                          (TOKEN["bat"] + "00", 403),
                          (TOKEN["bat"].replace("01", "zz"), 403),
                          ("ab" * 16 + "aa" * 16, 303), (TOKEN["bat"], 303)):
        form = "name=Token+well" + ("" if token is None else f"&csrf={token}")
        assert server.post("/en/wells", form, BAT).status == status, token
    assert len(server.wells("name = 'Token well'")) == 2
    assert server.post("/en/wells", "name=Nobody").status == 403


def test_the_token_of_a_page_opens_its_form_and_differs_each_time(server):
    pages = [server.ask("GET", "/en/wells/new", BAT).text for _ in range(2)]
    tokens = [re.search("name=csrf value=([0-9a-f]+)", p).group(1)
              for p in pages]
    assert tokens[0] != tokens[1]
    for token in tokens:
        reply = server.post("/en/wells", f"name=Page+well&csrf={token}", BAT)
        assert reply.status == 303


def test_a_post_without_session_must_come_from_here(server):
    for headers, status in (
            ({}, 303), ({"Sec-Fetch-Site": "same-origin"}, 303),
            ({"Sec-Fetch-Site": "none"}, 303),
            ({"Sec-Fetch-Site": "same-site"}, 403),
            ({"Sec-Fetch-Site": "cross-site"}, 403),
            ({"Sec-Fetch-Site": "cross-site", "Origin": f"http://{HOST}"}, 403),
            ({"Origin": f"http://{HOST}"}, 303),
            ({"Origin": f"https://{HOST}"}, 303),
            ({"Origin": f"http://{HOST}:81"}, 403),
            ({"Origin": "http://evil.mn"}, 403), ({"Origin": "null"}, 403),
            ({"Origin": f"http://{HOST}.evil.mn"}, 403),
            ({"Origin": f"http://evil.mn/{HOST}"}, 403)):
        reply = server.post("/en/hearings", "name=Anonymous", headers)
        assert reply.status == status, headers
    # A page that refers nobody posts with Origin: null.
    reply = server.post("/en/secret/abc", "", {"Origin": "null"})
    assert reply.status == 200


def test_a_secret_address_is_neither_referred_nor_kept(server):
    reply = server.ask("GET", "/en/secret/seven-words")
    assert reply["Referrer-Policy"] == "no-referrer"
    assert reply["Cache-Control"] == "no-store"
    assert "seven-words" not in server.said()


def test_autosave_is_answered_in_json_and_only_when_posting(server):
    auto = {**BAT, "X-Autosave": "1"}
    form = f"csrf={TOKEN['bat']}&name="
    for name, status, outcome in (("Saved well", 200, "OK"),
                                  ("dry", 422, "INVALID"),
                                  ("taken", 409, "CONFLICT")):
        reply = server.post("/en/wells", form + quote(name), auto)
        assert reply.status == status, name
        assert f'"{outcome}"' in reply.text or reply.status != 200, name
        assert reply["Set-Cookie"] is None, "a notice for a page never shown"
    reply = server.post("/en/wells", "name=x", auto)
    assert (reply.status, reply.text) == (403, '{"outcome":"FORBIDDEN"}')
