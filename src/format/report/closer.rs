//! Documents of a corpus that deserve a closer look: judged anew, their text marked.

use crate::core::compile::Engine;

use super::evidence::{criteria, evidence};
use super::markup::{Markup, all, said, tag};
use super::subject::Subject;
use super::text::text;
use super::words::{chip, clip, position};

/// Collects them; one that is looked at twice stands there once.
pub(super) struct Closer<'a> {
    engine: &'a Engine,
    /// Texts and ids, in the order in which they came.
    known: Vec<(String, String)>,
    articles: Markup,
}

impl<'a> Closer<'a> {
    pub(super) fn new(engine: &'a Engine) -> Closer<'a> {
        Closer { engine, known: Vec::new(), articles: Markup::default() }
    }

    /// Looks at a document; returns the identifier of its article.
    pub(super) fn look(&mut self, id: &str, title: Option<&str>, text_of: &str) -> String {
        let known = self.known.iter().position(|(name, text)| name == id && text == text_of);
        let number = known.unwrap_or_else(|| {
            self.known.push((id.to_owned(), text_of.to_owned()));
            let number = self.known.len() - 1;
            let article = self.article(number, id, title, text_of);
            self.articles.push(article);
            number
        });
        anchor(number)
    }

    fn article(&self, number: usize, id: &str, title: Option<&str>, of: &str) -> Markup {
        let explanation = self.engine.explain(title, of);
        let subject = Subject::new(self.engine, &explanation, id, None, format!("{}-", anchor(number)), 4);
        let judgment = &explanation.judgment;
        let name = explanation.document.title().map_or_else(|| clip(of, 90), |title| clip(title, 90));
        let head = tag("h3").id(anchor(number)).holds(all![
            said(name),
            " ",
            chip(judgment.verdict),
            " ",
            tag("small").holds(all![
                format!("{}, ", position(&self.engine.pack().thresholds, judgment.score())),
                said(id)
            ]),
        ]);
        let more =
            all![tag("summary").holds("Criteria and evidence"), criteria(&subject), evidence(&subject),];
        all![head, text(&subject), tag("details").holds(more)]
    }

    /// Everything that was looked at.
    pub(super) fn articles(self) -> Markup {
        if self.known.is_empty() {
            return Markup::default();
        }
        let head = tag("h2").id("closer").holds("A closer look");
        tag("section").class("closer").attr("aria-labelledby", "closer").holds(all![head, self.articles])
    }
}

fn anchor(number: usize) -> String {
    format!("look{}", number + 1)
}
