//! The document's full text, task by task, with the words that rules read marked.

use std::ops::Range;

use crate::core::document::Section;
use crate::core::force::Force;
use crate::core::pack::{Criterion, Leans, SectionKind};
use crate::core::score::Verdict;
use crate::core::why::Bent;

use super::markup::{Markup, all, heading, said, tag};
use super::subject::{Mark, Standing, Subject};
use super::words::{chip, class, count, kind, leaning, position as placed};

/// A piece of the text.
enum Piece<'a> {
    Heading(&'a Section),
    Task(usize),
    /// Words that are no task: labels, signatures, lines that only lead over.
    Rest,
}

/// The text and its legend.
pub(super) fn text(subject: &Subject<'_>) -> Markup {
    let mut body = Markup::default();
    for (span, piece) in pieces(subject) {
        body.push(match piece {
            Piece::Heading(section) => headed(subject, section, span),
            Piece::Task(number) => task(subject, number),
            Piece::Rest => {
                let words = subject.explanation.document.text[span].trim();
                tag("p").class("rest").attr("dir", "auto").holds(words)
            }
        });
    }
    all![legend(), tag("div").class("text").holds(body)]
}

/// The pieces in the order of the text; a title that came apart from it is first.
fn pieces<'a>(subject: &Subject<'a>) -> Vec<(Range<usize>, Piece<'a>)> {
    let document = &subject.explanation.document;
    let mut apart = Vec::new();
    let mut all: Vec<(Range<usize>, Piece<'_>)> = Vec::new();
    for (number, task) in subject.explanation.tasks.iter().enumerate() {
        let section = subject.explanation.section(task);
        let own_text = section.kind == SectionKind::Title && document.given_title.is_some();
        let into = if own_text { &mut apart } else { &mut all };
        into.push((task.span.clone(), Piece::Task(number)));
    }
    for section in &document.sections {
        if let Some(heading) = &section.heading {
            all.push((heading.clone(), Piece::Heading(section)));
        }
    }
    all.sort_by_key(|(span, _)| (span.start, span.end));
    let mut at = 0;
    for (span, piece) in all {
        if at < span.start && says(&document.text[at..span.start]) {
            apart.push((at..span.start, Piece::Rest));
        }
        at = at.max(span.end);
        apart.push((span, piece));
    }
    if says(&document.text[at..]) {
        apart.push((at..document.text.len(), Piece::Rest));
    }
    apart
}

/// Whether a piece of text says anything: bullets and the numbers of lists do not.
fn says(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

fn headed(subject: &Subject<'_>, section: &Section, span: Range<usize>) -> Markup {
    let weight = subject.pack().text.section_weights[section.kind as usize];
    let force = match section.force {
        Force::Plain => "",
        Force::Hedged => ", read as wishes",
        Force::Negated => ", read as denied",
    };
    let note = format!("{}, weight {weight}{force}", kind(section.kind));
    let words = said(&subject.explanation.document.text[span]);
    heading(subject.level + 1, all![words, " ", tag("small").holds(note)])
}

/// A task: where it stands, what it is alone, and its words.
fn task(subject: &Subject<'_>, number: usize) -> Markup {
    let task = &subject.explanation.tasks[number];
    let judgment = &task.judgment;
    let place = subject.place(number as u32, task.span.start);
    let score = match judgment.verdict {
        Verdict::Unclear | Verdict::OutOfScope => Markup::default(),
        _ => tag("span").class("score").holds(placed(&subject.pack().thresholds, judgment.score())),
    };
    let repeat = subject.explanation.hits.tasks[number].repeat;
    let repeat = repeat.then(|| tag("span").class("note").holds("said before, counts once"));
    let side = tag("div").class("side").holds(all![
        tag("span").class("line").holds(place),
        chip(judgment.verdict),
        score,
        repeat,
    ]);
    let words = tag("p").attr("dir", "auto").holds(marked(subject, number as u32, task.span.clone()));
    tag("div")
        .class(&format!("task by-{}", class(judgment.verdict)))
        .id(format!("{}t{number}", subject.key))
        .holds(all![side, words])
}

/// The words of a task with its marks.
fn marked(subject: &Subject<'_>, task: u32, span: Range<usize>) -> Markup {
    let text = subject.text_of(task);
    let mut out = Markup::default();
    let mut at = span.start;
    let own = subject.marks.iter().enumerate().filter(|(_, mark)| mark.task == task);
    for (number, mark) in own {
        out.push(&text[at..mark.span.start]);
        out.push(anchor(subject, number, mark, &text[mark.span.clone()]));
        at = mark.span.end;
    }
    out.push(&text[at..span.end]);
    out
}

/// A mark: a link to the rule that adds most, with what all its rules say on hover and focus.
fn anchor(subject: &Subject<'_>, number: usize, mark: &Mark, words: &str) -> Markup {
    let key = &subject.key;
    let mut rules: Vec<(usize, u32)> = mark.hits.iter().map(|hit| (*hit, subject.hit(*hit).rule)).collect();
    let amount = |rule: u32| subject.fired(rule).map_or(0, |fired| fired.contribution.0.abs());
    rules.sort_by_key(|(hit, rule)| (!subject.standings[*hit].counts(), -amount(*rule), *rule));
    rules.dedup_by_key(|(_, rule)| *rule);
    let tip = format!("{key}n{number}");
    let ids: Vec<String> = rules.iter().map(|(_, rule)| format!("{key}r{rule}")).collect();
    // A mark without a row in the evidence leads to itself: what there is to say, it says on focus.
    let own = format!("{key}m{number}");
    let row = ids.iter().zip(&rules).find(|(_, (_, rule))| subject.has_row(*rule));
    let notes: Markup = rules.iter().map(|(hit, _)| note(subject, *hit)).collect();
    tag("a")
        .class(&format!("mark {}", colours(subject, mark)))
        .id(&own)
        .attr("href", format!("#{}", row.map_or(&own, |(id, _)| id)))
        .attr("data-rules", ids.join(" "))
        .attr("aria-describedby", &tip)
        .holds(all![words, tag("span").class("tip").id(tip).attr("dir", "ltr").holds(notes)])
}

fn colours(subject: &Subject<'_>, mark: &Mark) -> String {
    let leans = subject.leanings(mark);
    let mut classes = match (leans[Leans::Bpo as usize], leans[Leans::Kpo as usize]) {
        (true, true) => "bk",
        (true, false) => "b",
        (false, true) => "k",
        _ if leans.contains(&true) => "o",
        _ => "x",
    }
    .to_owned();
    let counting = || mark.hits.iter().map(|hit| subject.standings[*hit]).filter(|s| s.counts());
    if counting().next().is_some() && counting().all(|standing| standing == Standing::Hedged) {
        classes += " h";
    }
    classes
}

/// What one rule says of the words.
fn note(subject: &Subject<'_>, number: usize) -> Markup {
    let hit = subject.hit(number);
    let rule = subject.rule(hit.rule);
    let adds = match (subject.fired(hit.rule), rule.criterion) {
        (Some(fired), _) if !subject.standings[number].counts() => {
            format!("nothing here ({})", count(fired.hits as usize, "other place"))
        }
        (Some(fired), Criterion::Scope) => format!("{:+.1}%", fired.contribution.value() * 100.0),
        (Some(fired), _) => format!("{:+}", fired.contribution),
        (None, _) => "nothing".into(),
    };
    let criterion = &subject.pack().criterion(rule.criterion).title;
    let standing = standing(subject, number).map(|why| tag("span").class("why").holds(why));
    let places = subject.fired(hit.rule).map_or(0, |fired| fired.hits as usize);
    let places = (places > 1 && subject.standings[number].counts())
        .then(|| tag("span").class("faint").holds(format!("in {} · ", count(places, "place"))));
    tag("span").class("rule").holds(all![
        tag("b").class(leaning(rule.leans)).holds(all![rule.leans.name(), " ", adds]),
        " ",
        places,
        tag("span").class("faint").holds(said(criterion)),
        " ",
        said(&rule.because),
        " ",
        tag("code").holds(&rule.id),
        standing,
    ])
}

/// Why a hit counts for less than it might; nothing where it counts in full.
pub(super) fn standing(subject: &Subject<'_>, number: usize) -> Option<Markup> {
    let hit = subject.hit(number);
    let by = match &subject.bent[number] {
        Some(Bent::Cue(span)) => all![" by “", said(&subject.text_of(hit.task)[span.clone()]), "”"],
        Some(Bent::Heading) => " by its heading".into(),
        None => Markup::default(),
    };
    let section = kind(subject.explanation.hits.tasks[hit.task as usize].section);
    Some(match subject.standings[number] {
        Standing::Plain => return None,
        Standing::Hedged => {
            all!["Hedged", by, format!(": counts {} of a plain statement", subject.pack().scoring.hedged)]
        }
        Standing::Denied => all!["Denied", by, ": counts nothing"],
        Standing::Repeated => "Said before, word for word: counts once".into(),
        Standing::Weightless => format!("Stands under {section}, which has weight 0").into(),
    })
}

fn legend() -> Markup {
    let entry = |class: &str, words: &str| {
        let mark = tag("span").class(&format!("mark {class}")).holds(words);
        tag("li").holds(mark)
    };
    tag("ul").class("legend").attr("aria-label", "What the marks mean").holds(all![
        entry("b", "speaks for BPO"),
        entry("k", "speaks for KPO"),
        entry("bk", "read both ways"),
        entry("o", "about scope"),
        entry("k h", "hedged"),
        entry("x", "denied or not counted"),
    ])
}
