//! Charts: drawings that stretch with the page, with figures in pixels of height and shares of width.

use super::markup::{Markup, all, tag};
use super::spectrum::{drawing, line, percent, words};

/// Pixels above the plot, for labels.
const TOP: f64 = 22.0;
/// Pixels below it, for the labels of its axis.
const BOTTOM: f64 = 40.0;
/// Where the plot begins and ends, as shares of the width.
const SIDES: (f64, f64) = (0.09, 0.985);

/// A plot whose x axis runs from 0 to 1.
pub(super) struct Plot {
    /// Its height in pixels.
    pub(super) height: f64,
    /// The value at its top.
    pub(super) most: f64,
}

impl Plot {
    /// The place of a value on the x axis, as a share of the width.
    pub(super) fn x(&self, value: f64) -> f64 {
        SIDES.0 + value * (SIDES.1 - SIDES.0)
    }

    /// The place of a value on the y axis, in pixels.
    pub(super) fn y(&self, value: f64) -> f64 {
        TOP + self.height * (1.0 - value / self.most)
    }

    /// The width of a part of the x axis.
    pub(super) fn wide(&self, part: f64) -> f64 {
        part * (SIDES.1 - SIDES.0)
    }

    /// The drawing: axes with their labels, and what is drawn between them.
    pub(super) fn draw(&self, label: &str, x: &Axis<'_>, y: &Axis<'_>, content: Markup) -> Markup {
        let mut grid = Markup::default();
        for (value, name) in &y.ticks {
            let at = self.y(*value);
            grid.push(line("grid", (SIDES.0, at), (SIDES.1, at)));
            grid.push(
                tag("text")
                    .attr("x", percent(SIDES.0 - 0.012))
                    .attr("y", format!("{:.1}", at + 4.0))
                    .attr("text-anchor", "end")
                    .holds(name.as_str()),
            );
        }
        let foot = TOP + self.height;
        for (value, name) in &x.ticks {
            grid.push(words("", self.x(*value), foot + 17.0, name));
        }
        grid.push(line("axis", (SIDES.0, foot), (SIDES.1, foot)));
        let name_y = tag("text").class("name").attr("x", "0").attr("y", "10").holds(y.name);
        let name_x = words("name", (SIDES.0 + SIDES.1) / 2.0, foot + 36.0, x.name);
        drawing((TOP + self.height + BOTTOM) as u32, label, all![grid, name_y, name_x, content])
    }

    /// A point of a curve, said in words by `title`.
    pub(super) fn point(&self, class: &str, at: (f64, f64), radius: f64, title: String) -> Markup {
        let circle = tag("circle").class(class).attr("cx", percent(self.x(at.0)));
        let circle = circle.attr("cy", format!("{:.1}", self.y(at.1))).attr("r", format!("{radius:.1}"));
        circle.holds(tag("title").holds(title))
    }

    /// A line between two places.
    pub(super) fn line(&self, class: &str, from: (f64, f64), to: (f64, f64)) -> Markup {
        line(class, (self.x(from.0), self.y(from.1)), (self.x(to.0), self.y(to.1)))
    }

    /// Words to the left of a place, or to the right where there is no room.
    pub(super) fn beside(&self, at: (f64, f64), text: &str) -> Markup {
        let (anchor, shift) = if at.0 > 0.4 { ("end", "-8") } else { ("start", "8") };
        let place = tag("text").class("v").attr("x", percent(self.x(at.0))).attr("dx", shift);
        place.attr("y", format!("{:.1}", self.y(at.1) + 5.0)).attr("text-anchor", anchor).holds(text)
    }

    /// Words at a place, moved by pixels.
    pub(super) fn words(&self, class: &str, at: (f64, f64), down: f64, text: &str) -> Markup {
        words(class, self.x(at.0), self.y(at.1) + down, text)
    }
}

/// What an axis measures, and where it says so.
pub(super) struct Axis<'a> {
    pub(super) name: &'a str,
    pub(super) ticks: Vec<(f64, String)>,
}

impl<'a> Axis<'a> {
    /// An axis from 0 to 1 in fifths.
    pub(super) fn unit(name: &'a str, shown: fn(f64) -> String) -> Axis<'a> {
        Axis { name, ticks: (0..=5).map(|i| f64::from(i) / 5.0).map(|v| (v, shown(v))).collect() }
    }

    /// An axis from 0 to at least `most`, in a few round steps; the value at its end.
    pub(super) fn up_to(name: &'a str, most: f64, shown: fn(f64) -> String) -> (Axis<'a>, f64) {
        let step = round_step(most / 4.0);
        let steps = (most / step).ceil().max(1.0);
        let ticks = (0..=steps as usize).map(|i| i as f64 * step).map(|v| (v, shown(v))).collect();
        (Axis { name, ticks }, steps * step)
    }
}

/// The next of 1, 2, 2.5, 5 times a power of ten.
fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.max(1e-9).log10().floor());
    let factors = [1.0, 2.0, 2.5, 5.0, 10.0];
    factors.into_iter().map(|f| f * power).find(|step| *step >= least * 0.999_999).unwrap_or(power * 10.0)
}

/// A drawing with its caption, and its figures as a table that can be opened.
pub(super) fn figure(drawing: Markup, caption: impl Into<Markup>, table: Option<Markup>) -> Markup {
    let data = table.map(|table| {
        tag("details").holds(all![tag("summary").class("faint").holds("The figures as a table"), table])
    });
    tag("figure").holds(all![drawing, tag("figcaption").holds(caption), data])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_in_round_steps() {
        for (most, end, ticks) in [(7.0, 8.0, 5), (0.06, 0.06, 4), (1.0, 1.0, 5), (4_321.0, 6_000.0, 4)] {
            let (axis, at) = Axis::up_to("", most, |v| v.to_string());
            assert!((at - end).abs() < 1e-9, "{most}: {at}");
            assert_eq!(axis.ticks.len(), ticks, "{most}");
        }
    }
}
