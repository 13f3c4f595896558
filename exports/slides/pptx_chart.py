"""The bars of a scene as a native chart, with its figures in a workbook inside: to be edited."""

from typing import Any

from exports.slides.deck import Chart
from exports.slides.pptx_text import Writer, emu, plain, width_of
from views.text import text

_ESTUARY, _FORGE, _PALE, _INK, _INK_2 = "1F6F8B", "C8431D", "D5DAE2", "14213D", "424D67"
_MANY = 12
_MOST_NAMES = 0.45  # of the width
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def add_chart(writer: Writer, chart: Chart, left: float, top: float, width: float, height: float) -> None:
    """Title, horizontal bars in reading order, what they do not show."""
    from pptx.chart.data import CategoryChartData  # noqa: PLC0415 - with the library, on first use
    from pptx.enum.chart import XL_CHART_TYPE  # noqa: PLC0415 - as above

    writer.text(left, top, width, 46, [[(chart.title, 34, True, _INK)]])
    if not chart.bars:
        writer.text(left, top + 46, width, height - 46, [[(chart.note, 56, False, _INK)]], is_middle=True)
        return
    data = CategoryChartData(number_format="#,##0")
    data.categories = [plain(bar.name) for bar in chart.bars]
    has_whole = any(bar.whole is not None for bar in chart.bars)
    name = text("valise_documented", writer.language) if has_whole else plain(chart.title)
    data.add_series(name, [bar.value for bar in chart.bars])
    if has_whole:
        data.add_series(text("valise_announced", writer.language), [bar.whole for bar in chart.bars])
    place = (emu(value) for value in (left - 8, top + 50, width + 8, height - 100))
    frame = writer.slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", _described(chart))  # noqa: SLF001 - no alternative text there
    _dress(writer, frame.chart, chart, has_whole=has_whole)
    _place(frame.chart, chart, width + 8, has_whole=has_whole)
    if chart.note:
        writer.text(left, top + height - 44, width, 44, [[(chart.note, 28, False, _INK_2)]])


def _place(drawn: Any, chart: Chart, width: float, *, has_whole: bool) -> None:
    """The bars start where the longest name ends: left to themselves, programs fold the names over one another."""
    from pptx.oxml import parse_xml  # noqa: PLC0415 - as above
    from pptx.oxml.ns import nsdecls  # noqa: PLC0415 - as above

    names = max(width_of(bar.name, _size(chart)) for bar in chart.bars) + 20
    left = min(names / width, _MOST_NAMES)
    edges = {"x": left, "y": 0.01, "w": 0.93 - left, "h": 0.88 if has_whole else 0.98}
    parts = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in edges.items())
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{parts}</c:manualLayout></c:layout>'
    )
    area = drawn._chartSpace.find(f"{_C}chart/{_C}plotArea")  # noqa: SLF001 - python-pptx has no layout
    for old in area.findall(f"{_C}layout"):
        area.remove(old)
    area.insert(0, layout)


def _size(chart: Chart) -> int:
    """Of the letters of the chart."""
    return 24 if len(chart.bars) > _MANY else 30


def _described(chart: Chart) -> str:
    return plain(f"{chart.title} : {' · '.join(f'{bar.name} {bar.shown}' for bar in chart.bars)}")


def _dress(writer: Writer, drawn: Any, chart: Chart, *, has_whole: bool) -> None:
    """Quiet axes, numbers at the ends of the bars, the chosen bar in the accent."""
    from pptx.dml.color import RGBColor  # noqa: PLC0415 - as above
    from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK  # noqa: PLC0415

    size = _size(chart)
    writer.style(drawn.font, size, _INK)
    drawn.has_title, drawn.has_legend = False, has_whole
    if has_whole:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    names, values = drawn.category_axis, drawn.value_axis
    names.reverse_order, names.has_major_gridlines = True, False
    names.major_tick_mark = XL_TICK_MARK.NONE
    # Upright on purpose: LibreOffice leaves out every second name unless it is told that none is turned.
    writer.style(names.tick_labels.font, size, _INK)
    names._element.find(f"{_C}txPr/{_A}bodyPr").set("rot", "0")  # noqa: SLF001 - python-pptx has no turn
    names.format.line.color.rgb = RGBColor.from_string(_INK)
    skip = names._element.makeelement(f"{_C}tickLblSkip", {"val": "1"})  # noqa: SLF001 - every name, even when tight
    names._element.find(f"{_C}noMultiLvlLbl").addprevious(skip)  # noqa: SLF001 - as above
    values.has_major_gridlines, values.visible, values.minimum_scale = False, False, 0
    values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap, plot.vary_by_categories = 45, 0, False
    plot.has_data_labels = True
    plot.data_labels.show_value, plot.data_labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "#,##0", False
    main = _FORGE if chart.kind == "sites" else _ESTUARY
    for series, color in zip(plot.series, (main, _PALE), strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(color)
        series.invert_if_negative = False
    for position, bar in enumerate(chart.bars):
        if bar.is_chosen:
            point = plot.series[0].points[position]
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = RGBColor.from_string(_FORGE)
