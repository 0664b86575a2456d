# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes that are answered later, and questions to the runner."""

import fcntl
import os
import re
import threading
import time

from site_client import BAT, FORM, TOKEN, Connection, request


def lock_held(server):
    """Another process's hold of the write lock; close the file to let go."""
    file = open(os.path.join(server.folder, "tulga.lock"), "r+b")
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


def add(server, name, once=None, **headers):
    form = f"name={name}" + (f"&once={once}" if once else "")
    return server.post("/en/hearings", form, headers)


def test_a_redirect_comes_only_after_the_row_is_stored(server):
    for i in range(20):
        name = f"Stored-{i}"
        assert add(server, name).status == 303
        assert server.wells("name = ?", name) == [name]


def test_nothing_is_answered_while_the_lock_is_anothers(server):
    with Connection(server) as c:
        with lock_held(server):
            c.send(request("POST", "/en/hearings", FORM, b"name=Patient"))
            c.socket.settimeout(1)
            try:
                assert c.receive() is None, "an answer before the commit"
            except TimeoutError:
                pass
            assert server.wells("name = 'Patient'") == []
            assert server.ask("GET", "/en/echo/read").text == "read"
        c.socket.settimeout(10)
        assert c.reply().status == 303
    assert server.wells("name = 'Patient'") == ["Patient"]


def test_two_hundred_posts_at_once_are_stored_once_each(server):
    connections = [Connection(server) for _ in range(200)]
    with lock_held(server):
        for i, c in enumerate(connections):
            c.send(request("POST", "/en/hearings", FORM,
                           f"name=Batch-{i}".encode()))
        time.sleep(0.3)
    places = {c.reply()["Location"] for c in connections}
    for c in connections:
        c.socket.close()
    assert len(places) == 200
    assert sorted(server.wells("name LIKE 'Batch-%'")) == \
        sorted(f"Batch-{i}" for i in range(200))


def test_a_refused_write_is_undone_alone(server):
    names = {"Among-1": 303, "dry-1": 422, "Among-2": 303, "taken-1": 409,
             "Among-3": 303}
    connections = [(Connection(server), n) for n in names]
    with lock_held(server):
        for c, name in connections:
            c.send(request("POST", "/en/hearings", FORM,
                           f"name={name}".encode()))
        time.sleep(0.3)
    for c, name in connections:
        reply = c.reply()
        assert reply.status == names[name], (name, reply.status)
        if reply.status != 303:
            assert f'value="{name}"' in reply.text, "what was typed is kept"
        c.socket.close()
    assert sorted(server.wells("name LIKE 'Among-%'")) == \
        ["Among-1", "Among-2", "Among-3"]
    assert server.wells("name LIKE 'dry%' OR name LIKE 'taken%'") == []


def test_a_form_with_mistakes_comes_back_and_writes_nothing(server):
    before = server.wells()
    reply = add(server, "x")
    assert reply.status == 422 and "class=error" in reply.text
    assert 'value="x"' in reply.text
    assert server.wells() == before


def test_a_form_sent_twice_makes_one_thing(server):
    page = server.ask("GET", "/en/wells/new", BAT).text
    once = re.search("name=once value=([0-9a-f]+)", page).group(1)
    with Connection(server) as a, Connection(server) as b:
        raw = request("POST", "/en/hearings", FORM,
                      f"name=Once-well&once={once}".encode())
        a.send(raw)
        b.send(raw)
        places = {a.reply()["Location"], b.reply()["Location"]}
    places.add(add(server, "Once-well", once)["Location"])
    assert len(places) == 1
    assert server.wells("name = 'Once-well'") == ["Once-well"]


def test_past_the_bound_a_writer_hears_that_nothing_was_saved(server):
    with lock_held(server):
        start = time.monotonic()
        reply = add(server, "Late-well")
        took = time.monotonic() - start
        time.sleep(max(0, 6 - took))
    assert reply.status == 503 and "Nothing was saved" in reply.text
    assert int(reply["Retry-After"]) > 0
    assert 4.5 < took < 7, took
    time.sleep(0.2)
    assert server.wells("name = 'Late-well'") == []
    assert add(server, "After-well").status == 303


def test_a_reader_who_leaves_while_writing_harms_nobody(server):
    with lock_held(server):
        for i in range(50):
            with Connection(server) as c:
                c.send(request("POST", "/en/hearings", FORM,
                               f"name=Gone-{i}".encode()))
        time.sleep(0.3)
    assert add(server, "Stayed-well").status == 303
    assert len(server.wells("name LIKE 'Gone-%'")) == 50


def test_a_reader_who_leaves_while_sending_writes_nothing(server):
    raw = request("POST", "/en/hearings", FORM, b"name=Half-of-a-well")
    for cut in range(10, len(raw), 7):
        with Connection(server) as c:
            c.send(raw[:cut])
    assert add(server, "Whole-well").status == 303
    assert server.wells("name LIKE 'Half%'") == []


def test_the_runner_is_asked_without_holding_up_the_others(server):
    with Connection(server) as c:
        c.send(request("GET", "/en/derive"))
        assert server.ask("GET", "/en/echo/meanwhile").text == "meanwhile"
        reply = c.reply()
        assert reply.status == 200 and re.fullmatch("[0-9a-f]{64}", reply.text)
        assert c.ask("GET", "/en/derive").text == reply.text


def test_a_full_queue_of_the_runner_is_busy_and_not_broken(server):
    replies = []

    def ask():
        replies.append(server.ask("GET", "/en/derive").status)
    threads = [threading.Thread(target=ask) for _ in range(60)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(replies) == 60 and set(replies) <= {200, 503}
    assert replies.count(200) >= 2


def test_a_reader_who_leaves_while_deriving_harms_nobody(server):
    for _ in range(5):
        with Connection(server) as c:
            c.send(request("GET", "/en/derive"))
            time.sleep(0.02)
    assert server.ask("GET", "/en/derive").status == 200


def test_a_session_writes_with_its_token(server):
    reply = server.post("/en/wells", f"csrf={TOKEN['bat']}&name=Bats+well",
                        BAT)
    assert reply.status == 303
    assert reply["Location"].startswith("/en/wells/")
    assert "Bats well" in server.ask("GET", reply["Location"]).text
