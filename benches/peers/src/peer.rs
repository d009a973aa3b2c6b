//! The question that every engine answers: which rules are in each text?

/// A matcher, ready to be asked.
pub trait Peer {
    /// What it is called in the table.
    fn name(&self) -> String;

    /// Puts the rules of a text into `rules`, each once, in any order.
    fn rules_in(&mut self, text: &str, rules: &mut Vec<u32>);

    /// Answers for texts in one go, for engines that are better at that; `each` gets the rules of every text.
    fn rules_in_all(&mut self, texts: &[String], each: &mut dyn FnMut(&[u32])) {
        let mut rules = Vec::new();
        for text in texts {
            rules.clear();
            self.rules_in(text, &mut rules);
            each(&rules);
        }
    }

    /// How many texts it wants in one go.
    fn batch(&self) -> usize {
        1
    }
}

/// Keeps each rule once, without clearing anything between texts.
pub struct Once {
    seen: Vec<u32>,
    turn: u32,
}

impl Once {
    /// For rules below this number.
    pub fn new(rules: u32) -> Once {
        Once { seen: vec![0; rules as usize], turn: 0 }
    }

    /// Begins a text.
    pub fn begin(&mut self) {
        self.turn = self.turn.wrapping_add(1);
    }

    /// Adds a rule that this text has not shown yet.
    #[inline]
    pub fn add(&mut self, rule: u32, rules: &mut Vec<u32>) {
        let seen = &mut self.seen[rule as usize];
        if *seen != self.turn {
            *seen = self.turn;
            rules.push(rule);
        }
    }
}

/// Whether `text[start..end]`, whose ends are letters, is made of whole words.
#[inline]
pub fn whole_words(text: &[u8], start: usize, end: usize) -> bool {
    let word = |at: usize| text.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    (start == 0 || !word(start - 1)) && !word(end)
}
