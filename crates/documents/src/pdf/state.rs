//! The graphics state, as far as it moves letters.

use hayro_font::Font;
use hayro_font::hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_font::hayro_syntax::object::Number;
use hayro_font::kurbo::Affine;

use super::fonts::Face;

/// Where and how the next letter is drawn.
#[derive(Clone)]
pub(super) struct State<'a> {
    pub(super) place: Affine,
    pub(super) face: Option<Face<'a>>,
    pub(super) size: f64,
    pub(super) letter_space: f64,
    pub(super) word_space: f64,
    pub(super) stretch: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    /// Filled and outlined: how programs feign bold type.
    pub(super) thick: bool,
    pub(super) text: Affine,
    pub(super) line: Affine,
}

impl State<'_> {
    /// The state at the head of a page.
    pub(super) fn new(place: Affine) -> Self {
        State {
            place,
            face: None,
            size: 1.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            thick: false,
            text: Affine::IDENTITY,
            line: Affine::IDENTITY,
        }
    }

    /// How far a code moves on, in text space.
    pub(super) fn advance(&self, font: &Font<'_>, code: u32, length: usize) -> f64 {
        let space = if code == 32 && length == 1 { self.word_space } else { 0.0 };
        // Vertical writing is laid out as if it were horizontal.
        let advance = font.code_advance(code);
        let advance = if font.is_horizontal() { advance.x } else { 1000.0 };
        (advance / 1000.0 * self.size + self.letter_space + space) * self.stretch
    }

    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.line *= Affine::translate((x, y));
        self.text = self.line;
    }

    pub(super) fn set(&mut self, op: &Op<'_, '_>) {
        match op {
            Op::BeginText(_) => (self.text, self.line) = (Affine::IDENTITY, Affine::IDENTITY),
            Op::CharacterSpacing(space) => self.letter_space = space.0.as_f64(),
            Op::WordSpacing(space) => self.word_space = space.0.as_f64(),
            Op::HorizontalScaling(percent) => self.stretch = percent.0.as_f64() / 100.0,
            Op::TextLeading(leading) => self.leading = leading.0.as_f64(),
            Op::TextRise(rise) => self.rise = rise.0.as_f64(),
            Op::TextRenderingMode(mode) => self.thick = mode.0.as_i64() == 2,
            Op::NextLine(by) => self.next_line(by.0.as_f64(), by.1.as_f64()),
            Op::NextLineAndSetLeading(by) => {
                self.leading = -by.1.as_f64();
                self.next_line(by.0.as_f64(), by.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.leading),
            Op::SetTextMatrix(m) => {
                self.line = affine([m.0, m.1, m.2, m.3, m.4, m.5]);
                self.text = self.line;
            }
            _ => {}
        }
    }
}

pub(super) fn affine(numbers: [Number; 6]) -> Affine {
    Affine::new(numbers.map(|number| number.as_f64()))
}
