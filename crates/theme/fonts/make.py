#!/usr/bin/env python3
"""Cuts the paper's serif out of the full family: ./make.py FOLDER, where FOLDER holds the package's woff2 files.

Needs fonttools and brotli (PyPI). README.md says where the package comes from and why these choices.
"""
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

# What German and English are printed with.
BASE = [*range(0x20, 0x7F), *map(ord, "\u00a0§«\u00ad·»½ÄÉÖ×Üßàäèéöü–—‘’‚“”„…‹›€−")]
# The rest of Latin-1 with a few signs, and Latin Extended-A: names from the neighbourhood.
MORE = [c for c in (*range(0xA1, 0x100), 0x152, 0x153, *range(0x2020, 0x2023), 0x2030, 0x2122) if c not in BASE]
EAST = [*range(0x100, 0x152), *range(0x154, 0x180), *range(0x218, 0x21C), 0x1E9E]

ROMAN = {"opsz": 28, "wght": (400, 700)}
ITALIC = {"opsz": 20, "wght": 400}
FILES = [
    ("serif.woff2", "latin-standard-normal", ROMAN, BASE),
    ("serif-more.woff2", "latin-standard-normal", ROMAN, MORE),
    ("serif-east.woff2", "latin-ext-standard-normal", ROMAN, EAST),
    ("italic.woff2", "latin-standard-italic", ITALIC, BASE),
    ("italic-more.woff2", "latin-standard-italic", ITALIC, MORE),
    ("italic-east.woff2", "latin-ext-standard-italic", ITALIC, EAST),
]


def cut(source: Path, axes: dict, letters: list[int], target: Path) -> None:
    font = instantiateVariableFont(TTFont(source), axes)
    options = Options()
    options.layout_features = ["kern", "liga", "lnum", "pnum", "tnum"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]
    options.flavor = "woff2"
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    # The licence reserves the family's own name for the unchanged family.
    font["name"].setName("Blatt Serif", 1, 3, 1, 0x409)
    font.flavor = "woff2"
    font.save(target)


for name, style, axes, letters in FILES:
    cut(Path(sys.argv[1]) / f"source-serif-4-{style}.woff2", axes, letters, Path(__file__).parent / name)
