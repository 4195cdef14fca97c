//! Plots as SVG.

use std::path::Path;

use plotters::coord::ranged1d::{AsRangedCoord, ValueFormatter};
use plotters::prelude::*;

use crate::measure::{Cost, MOST};
use crate::scale::Lines;

/// What one picture shows: time on the left, memory on the right.
pub struct Chart<'a> {
    /// What grows.
    pub what: &'a str,
    /// What is written at its axis.
    pub label: fn(f64) -> String,
    pub lines: &'a Lines,
}

const COLOURS: [RGBColor; 4] =
    [RGBColor(31, 119, 180), RGBColor(44, 160, 44), RGBColor(214, 39, 40), RGBColor(148, 103, 189)];

/// Draws both sides: time with logarithmic axes, memory up to its bound.
pub fn draw(file: &Path, chart: &Chart<'_>) {
    let area = SVGBackend::new(file, (1100, 440)).into_drawing_area();
    area.fill(&WHITE).unwrap();
    let (left, right) = area.split_horizontally(550);
    let times = || chart.lines.iter().flat_map(|(_, line)| line).map(|(_, cost)| cost.time.max(1e-4));
    let (low, high) = (times().fold(f64::MAX, f64::min), times().fold(1e-4, f64::max));
    side(&left, chart, "seconds", (low / 1.5..high * 1.5).log_scale(), |cost| cost.time.max(1e-4));
    side(&right, chart, "MiB of memory at most", 0.0..MOST * 1.1, |cost| cost.memory);
    area.present().unwrap();
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn side<Y>(area: &Area<'_>, chart: &Chart<'_>, title: &str, axis: Y, value: fn(&Cost) -> f64)
where
    Y: AsRangedCoord<Value = f64>,
    Y::CoordDescType: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    let points = || chart.lines.iter().flat_map(|(_, line)| line).map(|(at, _)| *at);
    let (from, to) = (points().fold(f64::MAX, f64::min), points().fold(1.0, f64::max));
    let mut plot = ChartBuilder::on(area)
        .caption(title, ("sans-serif", 18))
        .margin(12)
        .margin_right(28)
        .x_label_area_size(40)
        .y_label_area_size(48)
        .build_cartesian_2d((from..to).log_scale(), axis)
        .unwrap();
    let label = |at: &f64| (chart.label)(*at);
    plot.configure_mesh().x_desc(chart.what).x_label_formatter(&label).light_line_style(WHITE).draw().unwrap();
    for ((name, line), colour) in chart.lines.iter().zip(COLOURS) {
        let points: Vec<(f64, f64)> = line.iter().map(|(at, cost)| (*at, value(cost))).collect();
        plot.draw_series(points.iter().map(|point| Circle::new(*point, 3, colour.filled()))).unwrap();
        plot.draw_series(LineSeries::new(points, colour.stroke_width(2)))
            .unwrap()
            .label(*name)
            .legend(move |(x, y)| PathElement::new(vec![(x, y), (x + 18, y)], colour.stroke_width(2)));
    }
    plot.configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE.mix(0.8))
        .border_style(BLACK.mix(0.3))
        .draw()
        .unwrap();
}

/// Bytes in the largest unit that leaves a whole number.
pub fn bytes(bytes: f64) -> String {
    let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "KB")];
    let unit = units.into_iter().find(|(size, _)| bytes >= *size);
    unit.map_or_else(|| format!("{bytes:.0} B"), |(size, name)| format!("{:.0} {name}", bytes / size))
}

/// A number with its thousands apart.
pub fn number(number: f64) -> String {
    let digits = format!("{number:.0}");
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    groups.join(",")
}
