//! Follows the drawing operators of a page and notes where letters and small marks come to stand.

use hayro_font::hayro_syntax::content::TypedIter;
use hayro_font::hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_font::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_font::hayro_syntax::page::{Page, Resources};
use hayro_font::kurbo::{Affine, Point, Rect};

use super::super::refusal::Refusal;
use super::budget::Budget;
use super::fonts::Fonts;
use super::load;
use super::paths::Trace;
use super::sheet::{Glyph, Sheet};
use super::state::{State, affine};

/// A page being drawn.
pub(super) struct Drawing<'f, 'a> {
    pub(super) sheet: Sheet,
    /// Signs whose meaning the file doesn't state.
    pub(super) nameless: u64,
    /// Some of its content can't be unpacked.
    pub(super) broken: bool,
    fonts: &'f Fonts<'a>,
    budget: &'f mut Budget,
    base: Affine,
    state: State<'a>,
    saved: Vec<State<'a>>,
    trace: Trace,
    /// The forms that are being drawn, the outermost first.
    open: Vec<ObjectIdentifier>,
}

/// So many states may be saved at a time.
const SAVED: usize = 512;

impl<'f, 'a> Drawing<'f, 'a> {
    pub(super) fn new(page: &Page<'a>, number: u32, fonts: &'f Fonts<'a>, budget: &'f mut Budget) -> Self {
        let base = Affine::new(page.initial_transform(true).as_coeffs());
        let sheet = Sheet { page: number, height: page.render_dimensions().1, ..Sheet::default() };
        let state = State::new(base);
        Drawing {
            sheet,
            nameless: 0,
            fonts,
            budget,
            base,
            state,
            saved: Vec::new(),
            trace: Trace::default(),
            broken: false,
            open: Vec::new(),
        }
    }

    /// Draws the page and then the fields that are filled in on it.
    pub(super) fn page(&mut self, page: &Page<'a>) -> Result<(), Refusal> {
        let mut content = Vec::new();
        self.broken = load::misses_contents(page.raw());
        for stream in load::contents(page.raw()) {
            content.extend(self.unpack(&stream)?);
            content.push(b' ');
        }
        self.content(&content, page.resources())?;
        let notes = page.raw().get::<Array<'_>>("Annots");
        for note in notes.iter().flat_map(|notes| notes.iter::<Dict<'_>>()) {
            self.field(&note, page.resources())?;
        }
        Ok(())
    }

    fn unpack(&mut self, stream: &Stream<'a>) -> Result<Vec<u8>, Refusal> {
        let raw = stream.raw_data();
        self.budget.again(&raw, stream.dict().data())?;
        let data = stream.decoded_data();
        self.broken |= data.is_err() || (!raw.is_empty() && data.as_ref().is_ok_and(|data| data.is_empty()));
        let data = data.map(|data| data.into_owned()).unwrap_or_default();
        self.budget.steps(1 + data.len() as u64 / 16)?;
        Ok(data)
    }

    /// Draws the appearance of a form's field or a note, unless it is hidden.
    fn field(&mut self, note: &Dict<'a>, resources: &Resources<'a>) -> Result<(), Refusal> {
        const HIDDEN: u32 = 2;
        let wanted = note
            .get::<Name<'_>>("Subtype")
            .is_some_and(|kind| matches!(kind.as_str(), "Widget" | "FreeText"));
        let hidden = note.get::<u32>("F").is_some_and(|flags| flags & HIDDEN != 0);
        let look = note.get::<Dict<'_>>("AP").and_then(|looks| looks.get::<Stream<'_>>("N"));
        let (true, false, Some(look), Some(frame)) = (wanted, hidden, look, note.get::<[f64; 4]>("Rect"))
        else {
            return Ok(());
        };
        let frame = Rect::from_points((frame[0], frame[1]), (frame[2], frame[3]));
        let bounds = look.dict().get::<[f64; 4]>("BBox").unwrap_or([0.0, 0.0, frame.width(), frame.height()]);
        let bounds =
            matrix(look.dict()).transform_rect_bbox(Rect::new(bounds[0], bounds[1], bounds[2], bounds[3]));
        self.saved.clear();
        self.state.place = self.base * Affine::translate((frame.x0 - bounds.x0, frame.y0 - bounds.y0));
        self.form(&look, resources)
    }

    /// Draws a form: content with resources of its own. Forms that hold themselves are left out.
    fn form(&mut self, form: &Stream<'a>, resources: &Resources<'a>) -> Result<(), Refusal> {
        let id = form.obj_id();
        if form.dict().get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Image")
            || self.open.contains(&id)
        {
            return Ok(());
        }
        if self.open.len() as u32 >= self.budget.depth() {
            return Err(super::too_large("levels", self.budget.depth().into()));
        }
        self.open.push(id);
        let (before, saved) = (self.state.clone(), std::mem::take(&mut self.saved));
        self.state.place *= matrix(form.dict());
        let own = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        let content = self.unpack(form)?;
        let drawn = self.content(&content, own.as_ref().unwrap_or(resources));
        (self.state, self.saved) = (before, saved);
        self.open.pop();
        drawn
    }

    fn content(&mut self, content: &[u8], resources: &Resources<'a>) -> Result<(), Refusal> {
        let mut ops = TypedIter::new(content);
        while let Some(op) = ops.next() {
            self.budget.steps(1)?;
            match op {
                Op::SaveState(_) if self.saved.len() < SAVED => self.saved.push(self.state.clone()),
                Op::RestoreState(_) => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
                Op::Transform(m) => self.state.place *= affine([m.0, m.1, m.2, m.3, m.4, m.5]),
                Op::XObject(name) => {
                    if let Some(form) = resources.get_x_object(name.0) {
                        self.form(&form, resources)?;
                    }
                }
                Op::TextFont(font) => {
                    self.state.size = font.1.as_f64();
                    self.state.face = match resources.get_font(font.0) {
                        Some(dict) => self.fonts.face(&dict, self.budget)?,
                        None => None,
                    };
                }
                Op::ShowText(text) => self.show(text.0.as_bytes())?,
                Op::NextLineAndShowText(text) => {
                    self.state.next_line(0.0, -self.state.leading);
                    self.show(text.0.as_bytes())?;
                }
                Op::ShowTextWithParameters(text) => {
                    (self.state.word_space, self.state.letter_space) = (text.0.as_f64(), text.1.as_f64());
                    self.state.next_line(0.0, -self.state.leading);
                    self.show(text.2.as_bytes())?;
                }
                Op::ShowTexts(texts) => self.show_spaced(texts.0)?,
                op => {
                    self.state.set(&op);
                    self.trace.follow(&op, self.state.place, &mut self.sheet);
                }
            }
        }
        Ok(())
    }

    fn show_spaced(&mut self, texts: &Array<'_>) -> Result<(), Refusal> {
        for text in texts.iter::<Object<'_>>() {
            match text {
                Object::String(text) => self.show(text.as_bytes())?,
                Object::Number(back) => {
                    let shift = -back.as_f64() / 1000.0 * self.state.size * self.state.stretch;
                    self.state.text *= Affine::translate((shift, 0.0));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn show(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let Some(face) = self.state.face.clone() else {
            self.nameless += bytes.len() as u64;
            return self.budget.steps(bytes.len() as u64);
        };
        let mut at = 0;
        while at < bytes.len() {
            self.budget.steps(1)?;
            let (code, length) = face.font.read_code(bytes, at);
            at += length.max(1);
            let advance = self.state.advance(&face.font, code, length);
            match face.text(code) {
                Some(text) => self.glyph(text, advance, face.bold),
                None => self.nameless += 1,
            }
            self.state.text *= Affine::translate((advance, 0.0));
        }
        Ok(())
    }

    fn glyph(&mut self, text: String, advance: f64, bold: bool) {
        let state = &self.state;
        let [a, b, c, d, ..] = (state.place * state.text).as_coeffs();
        let size = c.hypot(d) * state.size.abs();
        // Which way the writing runs on the sheet, whose heights count downwards.
        let angle = b.atan2(a).to_degrees();
        let turns = (angle / 90.0).round();
        let straight = (angle - turns * 90.0).abs() < 3.0;
        if !straight || !(0.5..2000.0).contains(&size) {
            return;
        }
        let turns = turns.rem_euclid(4.0);
        let back = Affine::rotate(-turns * std::f64::consts::FRAC_PI_2);
        let rise = Affine::translate((0.0, state.rise));
        let whole = back * state.place * state.text * rise;
        let (start, end) = (whole * Point::ZERO, whole * Point::new(advance, 0.0));
        if !(start.x.is_finite() && start.y.is_finite() && end.x.is_finite()) {
            return;
        }
        self.sheet.glyphs.push(Glyph {
            text,
            left: start.x.min(end.x) as f32,
            right: start.x.max(end.x) as f32,
            base: start.y as f32,
            size: size as f32,
            bold: bold || state.thick,
            turns: turns as u8,
        });
    }
}

fn matrix(form: &Dict<'_>) -> Affine {
    form.get::<[f64; 6]>("Matrix").map_or(Affine::IDENTITY, Affine::new)
}
