//! RTF in tokens.

/// A token of RTF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'b> {
    Open,
    Close,
    /// A control word with its number, if it has one; or a control symbol, whose name is one sign.
    Word(&'b [u8], Option<i32>),
    /// A byte of text: as it stands, or `\'hh`.
    Byte(u8),
}

pub(super) struct Tokens<'b>(pub(super) &'b [u8]);

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let (first, rest) = self.0.split_first()?;
            self.0 = rest;
            return Some(match first {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => match self.control() {
                    Some(token) => token,
                    None => continue,
                },
                b'\r' | b'\n' | 0 => continue,
                byte => Token::Byte(*byte),
            });
        }
    }
}

impl<'b> Tokens<'b> {
    /// What stands behind a backslash.
    fn control(&mut self) -> Option<Token<'b>> {
        let bytes = self.0;
        let letters = bytes.iter().take(64).take_while(|b| b.is_ascii_alphabetic()).count();
        if letters > 0 {
            let (word, rest) = bytes.split_at(letters);
            let minus = usize::from(rest.first() == Some(&b'-'));
            let digits = rest[minus..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
            let length = if digits > 0 { minus + digits } else { 0 };
            let number = std::str::from_utf8(&rest[..length]).ok().and_then(|n| n.parse().ok());
            self.0 = &rest[length..];
            if let [b' ', rest @ ..] = self.0 {
                self.0 = rest;
            }
            if word == b"bin" {
                self.0 = self.0.get(number.unwrap_or(0).max(0) as usize..).unwrap_or(&[]);
                return None;
            }
            return Some(Token::Word(word, number));
        }
        let (symbol, rest) = bytes.split_at_checked(1)?;
        self.0 = rest;
        if symbol == b"'" {
            let (digits, rest) = rest.split_at_checked(2)?;
            let byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
            self.0 = rest;
            return Some(Token::Byte(byte));
        }
        Some(Token::Word(symbol, None))
    }
}
