//! Bytes of an RTF file to letters.

use std::collections::HashMap;

use encoding_rs::Encoding;

/// What a font's letters are written in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Script {
    Coded(&'static Encoding),
    /// Symbol, Wingdings: bullets, as a rule. Their letters have no meaning but their own.
    Symbols,
}

/// Text that is being put together from bytes and numbers.
#[derive(Debug)]
pub(super) struct Letters {
    /// The code of the document, where a font does not say.
    pub(super) usual: &'static Encoding,
    pub(super) fonts: HashMap<i32, Script>,
    bytes: Vec<u8>,
    script: Script,
    /// The first half of a letter outside of the basic plane.
    half: Option<u16>,
}

impl Default for Letters {
    fn default() -> Letters {
        let usual = encoding_rs::WINDOWS_1252;
        Letters { usual, fonts: HashMap::new(), bytes: Vec::new(), script: Script::Coded(usual), half: None }
    }
}

impl Letters {
    /// What the letters of a font are written in.
    pub(super) fn script(&self, font: i32) -> Script {
        self.fonts.get(&font).copied().unwrap_or(Script::Coded(self.usual))
    }

    /// Adds a byte; returns text that is complete by now.
    pub(super) fn byte(&mut self, byte: u8, font: i32) {
        if self.bytes.is_empty() {
            self.script = self.script(font);
        }
        self.bytes.push(byte);
    }

    /// The letter that `\uN` stands for, if it is complete.
    pub(super) fn unicode(&mut self, number: i32) -> Option<char> {
        let unit = number as u16;
        let units = [self.half.take().unwrap_or(unit), unit];
        match unit {
            0xD800..0xDC00 => {
                self.half = Some(unit);
                None
            }
            0xDC00..0xE000 => char::decode_utf16(units).next()?.ok(),
            _ => char::from_u32(number as u32 & 0xFFFF),
        }
    }

    /// The text of the bytes so far.
    pub(super) fn flush(&mut self) -> String {
        let bytes = std::mem::take(&mut self.bytes);
        match self.script {
            _ if bytes.is_empty() => String::new(),
            Script::Coded(code) => code.decode_without_bom_handling(&bytes).0.into_owned(),
            Script::Symbols => {
                let symbol =
                    |b: &u8| char::from_u32(0xF000 + u32::from(*b)).filter(|_| *b > b' ').unwrap_or(' ');
                bytes.iter().map(symbol).collect()
            }
        }
    }
}

/// The code that Windows knows by a number.
pub(super) fn code_page(number: i32) -> &'static Encoding {
    match number {
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10000 => encoding_rs::MACINTOSH,
        65001 => encoding_rs::UTF_8,
        _ => encoding_rs::WINDOWS_1252,
    }
}

/// What a font's `\fcharset` says; nothing for the code of the document.
pub(super) fn charset(number: i32) -> Option<Script> {
    let page = match number {
        2 => return Some(Script::Symbols),
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    Some(Script::Coded(code_page(page)))
}
