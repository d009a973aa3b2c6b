//! Follows paths and notes what they may mean for the text: bullets, and the lines of tables.

use hayro_font::hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_font::hayro_syntax::object::Number;
use hayro_font::kurbo::{Affine, Point, Rect};

use super::sheet::{Shape, Sheet};

/// A page with more shapes of a kind shows a drawing; the rest of them says nothing about its text.
const SHAPES: usize = 1000;

/// The bounds of the current part of a path.
#[derive(Default)]
pub(super) struct Trace {
    bounds: Option<Rect>,
}

impl Trace {
    /// Follows one operator; `place` is how the page is scaled and turned.
    pub(super) fn follow(&mut self, op: &Op<'_, '_>, place: Affine, sheet: &mut Sheet) {
        match op {
            Op::MoveTo(p) => {
                self.finish(sheet);
                self.reach(place, p.0, p.1);
            }
            Op::LineTo(p) => self.reach(place, p.0, p.1),
            Op::CubicTo(c) => self.reach(place, c.4, c.5),
            Op::CubicStartTo(c) => self.reach(place, c.2, c.3),
            Op::CubicEndTo(c) => self.reach(place, c.2, c.3),
            Op::RectPath(r) => {
                self.finish(sheet);
                let corner = Point::new(r.0.as_f64(), r.1.as_f64());
                self.touch(place * corner);
                self.touch(place * Point::new(corner.x + r.2.as_f64(), corner.y + r.3.as_f64()));
            }
            Op::EndPath(_) => self.bounds = None,
            Op::StrokePath(_)
            | Op::CloseAndStrokePath(_)
            | Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_)
            | Op::FillAndStrokeNonZero(_)
            | Op::FillAndStrokeEvenOdd(_)
            | Op::CloseFillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeEvenOdd(_) => self.finish(sheet),
            _ => {}
        }
    }

    fn reach(&mut self, place: Affine, x: Number, y: Number) {
        self.touch(place * Point::new(x.as_f64(), y.as_f64()));
    }

    fn touch(&mut self, point: Point) {
        self.bounds = Some(match self.bounds {
            Some(bounds) => bounds.union_pt(point),
            None => Rect::from_points(point, point),
        });
    }

    fn finish(&mut self, sheet: &mut Sheet) {
        let Some(bounds) = self.bounds.take().filter(Rect::is_finite) else {
            return;
        };
        let shape = Shape {
            left: bounds.x0 as f32,
            top: bounds.y0 as f32,
            right: bounds.x1 as f32,
            bottom: bounds.y1 as f32,
        };
        let kind = match shape {
            shape if shape.is_dot() => &mut sheet.marks,
            shape if shape.is_rule() => &mut sheet.rules,
            shape if shape.is_upright() => &mut sheet.uprights,
            _ => return,
        };
        if kind.len() < SHAPES {
            kind.push(shape);
        }
    }
}
