"""The state graph as a drawing: states in columns by their distance from the status quo, moves as arrows.

A solid arrow leads to a state that its mover prefers; a dashed line is a move without gain. A state that holds has a
double frame and says under which concepts; the number on an arrow names the mover.
"""

from __future__ import annotations

import html
import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from jirga.brief.holding import outcome_name
from jirga.stability.analysis import Analysis

__all__ = ["state_graph"]

MOST = 24  # states that one can still follow in a drawing
MOST_ARROWS = 120
FROM_STATUS_QUO = 14  # states kept for the walk from the status quo when not all can be drawn
LONGEST_WORD = 12  # options; a longer Y/N word does not fit a box
NARROWEST = 440  # room for the longest line of the legend
BOX_H, GAP_X, GAP_Y, MARGIN, LINE_H = 46, 74, 34, 20, 17
COLOURS = ("#1f5a92", "#a4411a", "#2d6a36", "#6b3d8c", "#7a5c00", "#0f6b6b")
STYLE = (  # every rule begins with the drawing's class: a style element counts for the whole page it stands in
    ".state-graph text{font-family:system-ui,sans-serif;font-size:12px;fill:#1b1b1b}"
    ".state-graph .b{fill:#fff;stroke:#444;stroke-width:1.2}.state-graph .h{fill:#f3f7ee;stroke:#2d4a1c;stroke-width:1.6}"
    ".state-graph .in{fill:none;stroke:#2d4a1c;stroke-width:1}.state-graph .n{font-weight:700}"
    ".state-graph .s{font-size:10px}.state-graph .now{font-size:11px;font-weight:700}"
    ".state-graph .m{fill:none;stroke-width:1.5}.state-graph .d{stroke-dasharray:5 4;stroke-width:1.1}"
    ".state-graph .o{paint-order:stroke;stroke:#fff;stroke-width:3px;font-size:11px;font-weight:700}"
    ".state-graph{background:#fff}"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One pair of states that a decision maker can move between."""

    dm: int
    start: int
    end: int
    gain: bool
    one_way: bool = True


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a state stands."""

    x: float
    y: float
    w: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.w / 2, self.y + BOX_H / 2

    def far(self, other: _Box) -> float:
        (ax, ay), (bx, by) = self.middle, other.middle
        return math.hypot(bx - ax, by - ay) or 1.0


@dataclass(frozen=True, slots=True)
class _Curve:
    """A quadratic curve between two boxes."""

    start: tuple[float, float]
    bend: tuple[float, float]
    end: tuple[float, float]

    def at(self, t: float) -> tuple[float, float]:
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        x, y = zip(self.start, self.bend, self.end, strict=True)
        return a * x[0] + b * x[1] + c * x[2], a * y[0] + b * y[1] + c * y[2]

    def crosses(self, box: _Box) -> bool:
        points = (self.at(step / 14) for step in range(1, 14))
        return any(box.x - 3 < x < box.x + box.w + 3 and box.y - 3 < y < box.y + BOX_H + 3 for x, y in points)


def state_graph(found: Analysis, *, most: int = MOST, letters: bool = False) -> str | None:
    """Draw the states of an analysis and the moves between them.

    Parameters
    ----------
    found : Analysis
    most : int
        Most states to draw: the status quo, where improvements lead from it, and states that hold, in this order.
    letters : bool
        Name a state by the letters of the options taken in it, as the brief does, and not by its number.

    Returns
    -------
    str or None
        An SVG element with title and description; None when there is nothing to show (fewer than two states).
    """
    if found.space.m < 2:
        return None
    states = _chosen(found, most)
    lines = _lines(found, states)
    if letters:
        states = _linked(found, states, lines)
    texts = {state: _texts(found, state, letters) for state in states}
    boxes = _placed(found, states, lines, texts)
    curves = _curves(lines, boxes)
    left, top, right, bottom = _extent(boxes, curves)
    right = max(right, left + NARROWEST)
    legend = _legend(found, right - left)
    height = bottom - top + LINE_H * len(legend) + 8
    name = f"sg-{found.model_hash[:8]}"
    size = f'viewBox="{left:.0f} {top:.0f} {right - left:.0f} {height:.0f}" width="{right - left:.0f}"'
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="state-graph" {size} role="img"',
        f' aria-labelledby="{name}-t {name}-d" style="max-width:100%;height:auto">',
        f'<title id="{name}-t">{html.escape(f"State graph of {found.conflict.name}")}</title>',
        f'<desc id="{name}-d">{html.escape(_described(found, states, lines))}</desc>',
        f"<style>{STYLE}</style>{_heads(found, name)}",
        *(_arrow(line, curve, name) for line, curve in zip(lines, curves, strict=True)),
        *(_number(line, curve) for line, curve in zip(lines, curves, strict=True)),
        *(_state(found, state, boxes[state], texts[state]) for state in states),
    ]
    for row, text in enumerate(legend):
        out.append(f'<text x="{left + MARGIN:.0f}" y="{bottom + LINE_H * row:.0f}">{text}</text>')
    return "\n".join([*out, "</svg>"])


def _linked(found: Analysis, states: Sequence[int], lines: Sequence[_Line]) -> list[int]:
    """Leave out states that no drawn move touches: a box alone tells nothing that the table does not."""
    touched = {end for line in lines for end in _both(line)[0]} | {(found.status_quo or 1) - 1}
    return [state for state in states if state in touched] if lines else list(states)


def _holds(found: Analysis, state: int) -> list[str]:
    return [name for name, states in found.stability.equilibria.items() if state in states]


def _chosen(found: Analysis, most: int) -> list[int]:
    """Return the states to draw, counted from 0, in increasing order."""
    if found.space.m <= most:
        return list(range(found.space.m))
    kept: dict[int, None] = {}
    if found.status_quo is not None:
        queue = deque([found.status_quo - 1])
        while queue and len(kept) < min(FROM_STATUS_QUO, most * 7 // 12 + 1):
            state = queue.popleft()
            if state not in kept:
                kept[state] = None
                queue += [
                    q for dm in range(found.game.n) for q in found.game.improvements(dm, state).tolist()
                ]
    holding: dict[int, int] = {}
    for states in found.stability.equilibria.values():
        for state in states[: 50 * most].tolist():
            holding[state] = holding.get(state, 0) + 1
    best = sorted(holding, key=lambda state: (-holding[state], state))
    return sorted([*kept, *(state for state in best if state not in kept)][:most]) or list(range(most))


def _lines(found: Analysis, states: Sequence[int]) -> list[_Line]:
    inside, game = set(states), found.game
    gains, flat = [], []
    for dm in range(game.n):
        rank = game.ranks[dm]
        seen: set[tuple[int, int]] = set()
        for state in states:
            for end in game.moves(dm, state).tolist():
                if end not in inside:
                    continue
                if rank[end] > rank[state]:
                    gains.append(_Line(dm, state, end, True))
                    continue
                one_way = state not in game.moves(dm, end)
                if rank[end] == rank[state] or one_way:
                    pair = (min(state, end), max(state, end))
                    if pair not in seen:
                        flat.append(_Line(dm, state, end, False, one_way))
                    seen.add(pair)
    return [*gains, *flat][:MOST_ARROWS]


def _columns(found: Analysis, states: Sequence[int], lines: Sequence[_Line]) -> list[list[int]]:
    """Put states in columns by the fewest improvements from the status quo, then by any moves."""
    steps = {state: [line.end for line in lines if line.gain and line.start == state] for state in states}
    reached = {end for ends in steps.values() for end in ends}
    roots = [state for state in states if state not in reached] or [states[0]]
    if found.status_quo is not None and found.status_quo - 1 in steps:
        roots = [found.status_quo - 1]
    column = dict.fromkeys(roots, 0)
    queue = deque(roots)
    while queue:
        state = queue.popleft()
        for end in steps[state]:
            if end not in column:
                column[end] = column[state] + 1
                queue.append(end)
    left = [state for state in states if state not in column]
    while left:
        linked = [(column[b], a) for line in lines for a, b in _both(line) if a in left and b in column]
        at, state = min(linked) if linked else (max(column.values()), left[0])
        column[state] = at + 1
        left.remove(state)
    deepest = max(len(states) // 5, 3)  # columns higher than that do not fit a screen
    out: list[list[int]] = [[] for _ in range(max(column.values()) + 1)]
    for state in states:
        out[column[state]].append(state)
    return [part for full in out for part in _split(full, deepest)]


def _split(full: list[int], deepest: int) -> list[list[int]]:
    parts = math.ceil(len(full) / max(deepest, 4))
    return [full[at::parts] for at in range(parts)]


def _both(line: _Line) -> tuple[tuple[int, int], tuple[int, int]]:
    return (line.start, line.end), (line.end, line.start)


def _ordered(columns: list[list[int]], lines: Sequence[_Line]) -> None:
    """Order each column by the mean place of its neighbours, there and back (Sugiyama's barycentre)."""
    near: dict[int, list[int]] = {}
    for line in lines:
        for a, b in _both(line):
            near.setdefault(a, []).append(b)
    for _ in range(4):
        for sweep in (columns, columns[::-1]):
            place = {state: at / max(len(full) - 1, 1) for full in columns for at, state in enumerate(full)}
            for full in sweep:
                full.sort(key=lambda s: (sum(place[q] for q in near.get(s, [s])) / len(near.get(s, [s])), s))
                place.update({state: at / max(len(full) - 1, 1) for at, state in enumerate(full)})


def _placed(
    found: Analysis, states: Sequence[int], lines: Sequence[_Line], texts: dict[int, tuple[str, str, str]]
) -> dict[int, _Box]:
    columns = _columns(found, states, lines)
    _ordered(columns, lines)
    highest = max(len(full) for full in columns)
    boxes: dict[int, _Box] = {}
    x = float(MARGIN)
    for full in columns:
        wide = max(max(len(text) for text in texts[state]) * 7.2 + 20 for state in full)
        wide = max(wide, 70.0)
        top = MARGIN + 14 + (highest - len(full)) * (BOX_H + GAP_Y) / 2
        for at, state in enumerate(full):
            boxes[state] = _Box(x, top + at * (BOX_H + GAP_Y), wide)
        x += wide + GAP_X
    return boxes


def _texts(found: Analysis, state: int, letters: bool) -> tuple[str, str, str]:
    """Return the lines of a box: number, word or name, what it holds under."""
    word = found.space.word(state)
    shown = word if found.conflict.states or len(word) <= LONGEST_WORD else ""
    held = _holds(found, state)
    every = len(held) == len(found.concepts)
    told = "holds: all" if held and every else f"holds: {', '.join(held[:3])}" if held else ""
    told += "…" if len(held) > 3 and not every else ""
    if letters and not found.conflict.states:
        return outcome_name(found, state), "", told
    return str(state + 1), shown[:24], told


def _state(found: Analysis, state: int, box: _Box, texts: tuple[str, str, str]) -> str:
    number, word, told = (html.escape(text) for text in texts)
    middle = box.x + box.w / 2
    kind = "h" if told else "b"
    out = [
        f"<g><title>{html.escape(f'State {state + 1}: {found.name(state + 1)}')}</title>",
        f'<rect class="{kind}" x="{box.x:.1f}" y="{box.y:.1f}" width="{box.w:.1f}" height="{BOX_H}" rx="6"/>',
    ]
    if told:
        out.append(
            f'<rect class="in" x="{box.x + 3:.1f}" y="{box.y + 3:.1f}" '
            f'width="{box.w - 6:.1f}" height="{BOX_H - 6}" rx="4"/>'
        )
    if found.status_quo == state + 1:
        out.append(f'<text class="now" x="{box.x:.1f}" y="{box.y - 5:.1f}">status quo ▾</text>')
    rows = [(number, "n"), *([(word, "")] if word else []), *([(told, "s")] if told else [])]
    first = box.y + BOX_H / 2 + 4 - 6.5 * (len(rows) - 1)
    out += [
        f'<text class="{css}" x="{middle:.1f}" y="{first + 13 * at:.1f}" text-anchor="middle">{text}</text>'
        for at, (text, css) in enumerate(rows)
    ]
    return "".join([*out, "</g>"])


def _curves(lines: Sequence[_Line], boxes: dict[int, _Box]) -> list[_Curve]:
    """Bend each line so that it crosses as few boxes as can be, and differently for each pair's next mover."""
    twins: dict[tuple[int, int], int] = {}
    out = []
    for line in lines:
        pair = (min(line.start, line.end), max(line.start, line.end))
        twin = twins[pair] = twins.get(pair, -1) + 1
        a, b = boxes[line.start], boxes[line.end]
        others = [box for state, box in boxes.items() if state not in pair]
        flat = abs(a.x - b.x) < 1.0
        base = (0.16 if flat else 0.07) * a.far(b) + 9 * twin
        tries = [_curve(a, b, base * factor) for factor in (1, -1, 2, -2, 3, -3, 4, -4, 6, -6, 8, -8)]
        out.append(min(tries, key=lambda curve: sum(curve.crosses(box) for box in others)))
    return out


def _curve(a: _Box, b: _Box, bend: float) -> _Curve:
    (ax, ay), (bx, by) = a.middle, b.middle
    far = a.far(b)
    mx, my = (ax + bx) / 2 - (by - ay) / far * bend, (ay + by) / 2 + (bx - ax) / far * bend
    return _Curve(_edge(a, mx, my), (mx, my), _edge(b, mx, my))


def _extent(boxes: dict[int, _Box], curves: Sequence[_Curve]) -> tuple[float, float, float, float]:
    points = [curve.at(step / 10) for curve in curves for step in range(11)]
    xs = (
        [x for x, _ in points] + [box.x for box in boxes.values()] + [box.x + box.w for box in boxes.values()]
    )
    ys = (
        [y for _, y in points]
        + [box.y - 16 for box in boxes.values()]
        + [box.y + BOX_H for box in boxes.values()]
    )
    return min(xs) - MARGIN, min(ys) - 8, max(xs) + MARGIN, max(ys) + 28


def _arrow(line: _Line, curve: _Curve, name: str) -> str:
    (sx, sy), (mx, my), (ex, ey) = curve.start, curve.bend, curve.end
    head = f' marker-end="url(#{name}-{line.dm % len(COLOURS)})"' if line.gain or line.one_way else ""
    return (
        f'<path class="m{"" if line.gain else " d"}" stroke="{COLOURS[line.dm % len(COLOURS)]}"{head} '
        f'd="M{sx:.1f} {sy:.1f}Q{mx:.1f} {my:.1f} {ex:.1f} {ey:.1f}"/>'
    )


def _number(line: _Line, curve: _Curve) -> str:
    x, y = curve.at(0.4)
    place = f'x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle"'
    return f'<text class="o" {place} style="fill:{COLOURS[line.dm % len(COLOURS)]}">{line.dm + 1}</text>'


def _edge(box: _Box, x: float, y: float) -> tuple[float, float]:
    """Return where the way from the middle of a box to a point leaves the box."""
    cx, cy = box.middle
    dx, dy = x - cx, y - cy
    scale = min(box.w / 2 / abs(dx) if dx else math.inf, BOX_H / 2 / abs(dy) if dy else math.inf, 1.0)
    return cx + dx * scale, cy + dy * scale


def _heads(found: Analysis, name: str) -> str:
    used = range(min(found.game.n, len(COLOURS)))
    heads = (
        f'<marker id="{name}-{at}" viewBox="0 0 8 8" refX="7.4" refY="4" markerWidth="7" markerHeight="7" '
        f'orient="auto"><path d="M0 0L8 4L0 8z" fill="{COLOURS[at]}"/></marker>'
        for at in used
    )
    return f"<defs>{''.join(heads)}</defs>"


def _legend(found: Analysis, width: float) -> list[str]:
    names = [f"{at + 1} {dm.label}" for at, dm in enumerate(found.conflict.decision_makers)]
    rows, row = [], "Movers: "
    for name in names:
        if len(row) + len(name) > max(width - 2 * MARGIN, 220) / 6.6 and row.strip() != "Movers:":
            rows.append(row.rstrip(", "))
            row = ""
        row += f"{name}, "
    rows.append(row.rstrip(", "))
    rows.append("Solid: the mover prefers it. Dashed: no gain. Double frame: holds.")
    return [html.escape(text) for text in rows]


def _described(found: Analysis, states: Sequence[int], lines: Sequence[_Line]) -> str:
    gains = [line for line in lines if line.gain]
    out = [f"{len(states)} of {found.space.m:,} states are drawn, with {len(gains)} improvements."]
    if found.status_quo is not None:
        out.append(f"The status quo is state {found.status_quo} ({found.name(found.status_quo)}).")
    for concept, held in found.equilibria.items():
        shown = ", ".join(str(state) for state in held[:20]) or "none"
        out.append(f"{concept}: {shown}{' and more' if len(held) > 20 else ''}.")
    names = found.game.dms
    steps = [f"{names[line.dm]} from {line.start + 1} to {line.end + 1}" for line in gains[:40]]
    return " ".join([*out, f"Improvements: {'; '.join(steps)}." if steps else "Nobody has an improvement."])
