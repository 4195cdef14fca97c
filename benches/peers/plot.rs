//! Plots as SVG.

use std::path::Path;

use plotters::prelude::*;

use crate::scale::Lines;

/// What one picture shows: time on the left, memory on the right.
pub struct Chart<'a> {
    /// What grows.
    pub what: &'a str,
    pub lines: &'a Lines,
}

const COLOURS: [RGBColor; 4] =
    [RGBColor(31, 119, 180), RGBColor(44, 160, 44), RGBColor(214, 39, 40), RGBColor(148, 103, 189)];

/// Draws both sides with logarithmic axes.
pub fn draw(file: &Path, chart: &Chart<'_>) {
    let area = SVGBackend::new(file, (1100, 440)).into_drawing_area();
    area.fill(&WHITE).unwrap();
    let (left, right) = area.split_horizontally(550);
    let time = |cost: &crate::measure::Cost| cost.time;
    let memory = |cost: &crate::measure::Cost| cost.memory;
    side(&left, chart, "seconds", &time);
    side(&right, chart, "MiB at most", &memory);
    area.present().unwrap();
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn side(area: &Area<'_>, chart: &Chart<'_>, title: &str, value: &dyn Fn(&crate::measure::Cost) -> f64) {
    let points = || chart.lines.iter().flat_map(|(_, line)| line);
    let values = || points().map(|(_, cost)| value(cost).max(1e-4));
    let (from, to) =
        (points().map(|(at, _)| *at).fold(f64::MAX, f64::min), points().map(|(at, _)| *at).fold(1.0, f64::max));
    let (low, high) = (values().fold(f64::MAX, f64::min), values().fold(1e-4, f64::max));
    let mut plot = ChartBuilder::on(area)
        .caption(title, ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(60)
        .build_cartesian_2d((from..to).log_scale(), (low / 1.5..high * 1.5).log_scale())
        .unwrap();
    plot.configure_mesh().x_desc(chart.what).y_desc(title).light_line_style(WHITE).draw().unwrap();
    for ((name, line), colour) in chart.lines.iter().zip(COLOURS) {
        let points: Vec<(f64, f64)> = line.iter().map(|(at, cost)| (*at, value(cost).max(1e-4))).collect();
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
