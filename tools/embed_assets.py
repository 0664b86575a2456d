#!/usr/bin/python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes style, script, pictures and font into a C table:
embed_assets.py OUTPUT.c DIRECTORY

Each file gets an address with a hash of its bytes, and gzip and brotli forms
where they are smaller. A style sheet's "/assets/NAME" becomes that address.
"""

import gzip
import hashlib
import pathlib
import sys

import brotli

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
PACKED_ALREADY = {".woff2"}


def address(name, data):
    path = pathlib.PurePath(name)
    digest = hashlib.sha256(data).hexdigest()[:12]
    return f"/assets/{path.stem}-{digest}{path.suffix}"


def read(directory):
    """Every file as (name, bytes), style sheets last: they name the others."""
    paths = sorted(directory.iterdir(),
                   key=lambda path: (path.suffix == ".css", path.name))
    return [(path.name, path.read_bytes()) for path in paths
            if path.suffix in TYPES]


def forms(name, data):
    if pathlib.PurePath(name).suffix in PACKED_ALREADY:
        return [data, None, None]
    packed = [gzip.compress(data, 9, mtime=0), brotli.compress(data)]
    return [data] + [p if len(p) < len(data) else None for p in packed]


def array(symbol, data):
    lines = [f"static const unsigned char {symbol}[] = {{"]
    for at in range(0, len(data), 16):
        lines.append("\t" + " ".join(f"{b}," for b in data[at:at + 16]))
    return "\n".join(lines + ["};"])


def main():
    output, directory = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    arrays, rows, addresses = [], [], {}
    for number, (name, data) in enumerate(read(directory)):
        if name.endswith(".css"):
            for other, url in addresses.items():
                data = data.replace(f"/assets/{other}".encode(), url.encode())
        addresses[name] = address(name, data)
        cells = []
        for form, packed in enumerate(forms(name, data)):
            symbol = f"asset_{number}_{form}"
            if packed is None:
                cells.append("{ NULL, 0 }")
                continue
            arrays.append(array(symbol, packed))
            cells.append(f"{{ {symbol}, sizeof({symbol}) }}")
        kind = TYPES[pathlib.PurePath(name).suffix]
        rows.append(f'\t{{ "{name}", "{addresses[name]}", "{kind}",\n'
                    f'\t    {{ {", ".join(cells)} }} }},')
    output.write_text(
        "/* Made by tools/embed_assets.py; do not edit. */\n"
        '#include "http/asset.h"\n\n' + "\n\n".join(arrays) +
        "\n\nconst struct asset assets[] = {\n" + "\n".join(rows) +
        "\n};\n\nconst size_t asset_count = "
        "sizeof(assets) / sizeof(assets[0]);\n", encoding="utf-8")


main()
