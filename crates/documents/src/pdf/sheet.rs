//! What a page shows: letters and small marks at their places.

/// A page as drawn. Lengths are in points (1/72 inch), from the upper left corner.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Counted from 1.
    pub(super) page: u32,
    pub(super) height: f32,
    pub(super) glyphs: Vec<Glyph>,
    /// Small filled shapes that may be the bullets of a list.
    pub(super) marks: Vec<Shape>,
    /// Thin horizontal shapes that may rule a table.
    pub(super) rules: Vec<Shape>,
    /// Thin upright shapes that may part its columns.
    pub(super) uprights: Vec<Shape>,
}

/// A letter, or the few letters of a ligature.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    /// The height of the line that it stands on, downwards.
    pub(super) base: f32,
    pub(super) size: f32,
    pub(super) bold: bool,
    /// How many quarter turns clockwise the writing is turned; places are those before the turn.
    pub(super) turns: u8,
}

/// The box of a drawn shape.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl Shape {
    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// Whether it may be a bullet: small and about as wide as high.
    pub(super) fn is_dot(&self) -> bool {
        let (width, height) = (self.width(), self.height());
        (1.0..9.0).contains(&width) && (1.0..9.0).contains(&height) && (width - height).abs() < 0.4 * width
    }

    /// Whether it may be a line between rows.
    pub(super) fn is_rule(&self) -> bool {
        self.height() < 2.5 && self.width() > 6.0
    }

    /// Whether it may be a line between columns.
    pub(super) fn is_upright(&self) -> bool {
        self.width() < 2.5 && self.height() > 6.0
    }
}
