//! Groups whose records stand together: only one is held at a time.

use std::collections::HashSet;

use super::{Body, Item};

/// The name, title and text of a record that has them.
pub type Member = (String, Option<String>, String);

/// Joins the texts of records that follow one another and share a group. `member` tells group, title and
/// text of a record, or nothing if it is bad; bad records stay as they are. A group that comes again is
/// rejected: its beginning has been judged already.
pub fn in_runs(
    items: impl Iterator<Item = Item>,
    member: impl Fn(&Item) -> Option<Member>,
) -> impl Iterator<Item = Item> {
    Runs { items, member, open: None, begun: HashSet::new() }
}

struct Runs<I, M> {
    items: I,
    member: M,
    /// The group that is being gathered.
    open: Option<Item>,
    /// Names of groups that were begun.
    begun: HashSet<String>,
}

impl<I: Iterator<Item = Item>, M: Fn(&Item) -> Option<Member>> Iterator for Runs<I, M> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            let Some(mut item) = self.items.next() else { return self.open.take() };
            let Some((id, title, text)) = (self.member)(&item) else {
                // The group may go on behind it.
                return Some(item);
            };
            if let Some(Body::Group { id: open, text: all, .. }) =
                self.open.as_mut().map(|item| &mut item.body)
                && *open == id
            {
                all.push('\n');
                all.push_str(&text);
                continue;
            }
            if !self.begun.insert(id.clone()) {
                let why = format!(
                    "the group `{id}` ended before; sort the input by the group, or leave out --sorted"
                );
                item.body = Body::Bad("split-group", why);
                return Some(item);
            }
            let kept = item.body.pick().map(|picked| picked.kept).unwrap_or_default();
            item.body = Body::Group { id, title, text, kept };
            if let Some(done) = self.open.replace(item) {
                return Some(done);
            }
        }
    }
}
