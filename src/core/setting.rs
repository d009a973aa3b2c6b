//! The numbers of a pack that can be fitted, each with its name and its way in and out.

use std::fmt;

use super::pack::{Criterion, Pack};

/// A number of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// `scoring.bias`
    Bias,
    /// `scoring.gain`
    Gain,
    /// `scoring.prior`
    Prior,
    /// `scoring.scope_prior`
    ScopePrior,
    /// `scoring.desk`
    Desk,
    /// `verdict.bpo_at_most`
    BpoAtMost,
    /// `verdict.kpo_at_least`
    KpoAtLeast,
    /// `verdict.out_of_scope_at_least`
    OutOfScopeAtLeast,
    /// `criteria.NAME.weight`
    Criterion(Criterion),
    /// The weight of the rule with this number.
    Rule(u32),
}

impl Setting {
    /// The settings of the manifest, in its order.
    pub fn of_manifest() -> impl Iterator<Item = Setting> {
        let criteria = Criterion::ALL.into_iter().map(Setting::Criterion);
        let scoring =
            [Setting::Bias, Setting::Gain, Setting::Prior, Setting::ScopePrior, Setting::Desk].into_iter();
        criteria.chain(scoring).chain([Setting::BpoAtMost, Setting::KpoAtLeast, Setting::OutOfScopeAtLeast])
    }

    /// Table (by its path) and key of a setting of the manifest; nothing for a rule's weight.
    pub fn key(self) -> Option<(&'static [&'static str], &'static str)> {
        Some(match self {
            Setting::Bias => (&["scoring"], "bias"),
            Setting::Gain => (&["scoring"], "gain"),
            Setting::Prior => (&["scoring"], "prior"),
            Setting::ScopePrior => (&["scoring"], "scope_prior"),
            Setting::Desk => (&["scoring"], "desk"),
            Setting::BpoAtMost => (&["verdict"], "bpo_at_most"),
            Setting::KpoAtLeast => (&["verdict"], "kpo_at_least"),
            Setting::OutOfScopeAtLeast => (&["verdict"], "out_of_scope_at_least"),
            Setting::Criterion(criterion) => (criterion_path(criterion), "weight"),
            Setting::Rule(_) => return None,
        })
    }

    /// Its value in a pack.
    pub fn of(self, pack: &Pack) -> f64 {
        let Pack { scoring, thresholds, .. } = pack;
        match self {
            Setting::Bias => scoring.bias,
            Setting::Gain => scoring.gain,
            Setting::Prior => scoring.prior,
            Setting::ScopePrior => scoring.scope_prior,
            Setting::Desk => scoring.desk,
            Setting::BpoAtMost => thresholds.bpo_at_most,
            Setting::KpoAtLeast => thresholds.kpo_at_least,
            Setting::OutOfScopeAtLeast => thresholds.out_of_scope_at_least,
            Setting::Criterion(criterion) => pack.criterion(criterion).weight,
            Setting::Rule(rule) => pack.rules[rule as usize].weight,
        }
    }

    /// Sets its value in a pack.
    pub fn set(self, pack: &mut Pack, value: f64) {
        let Pack { scoring, thresholds, .. } = pack;
        let place = match self {
            Setting::Bias => &mut scoring.bias,
            Setting::Gain => &mut scoring.gain,
            Setting::Prior => &mut scoring.prior,
            Setting::ScopePrior => &mut scoring.scope_prior,
            Setting::Desk => &mut scoring.desk,
            Setting::BpoAtMost => &mut thresholds.bpo_at_most,
            Setting::KpoAtLeast => &mut thresholds.kpo_at_least,
            Setting::OutOfScopeAtLeast => &mut thresholds.out_of_scope_at_least,
            Setting::Criterion(criterion) => &mut pack.criteria[criterion as usize].weight,
            Setting::Rule(rule) => &mut pack.rules[rule as usize].weight,
        };
        *place = value;
    }

    /// Its name in reports: the rule's id, or the path in the manifest.
    pub fn name(self, pack: &Pack) -> String {
        match (self, self.key()) {
            (Setting::Rule(rule), _) => pack.rules[rule as usize].id.clone(),
            (_, Some((path, key))) => format!("{}.{key}", path.join(".")),
            (_, None) => String::new(),
        }
    }
}

fn criterion_path(criterion: Criterion) -> &'static [&'static str] {
    match criterion {
        Criterion::Focus => &["criteria", "focus"],
        Criterion::Process => &["criteria", "process"],
        Criterion::Specialization => &["criteria", "specialization"],
        Criterion::DrivingForce => &["criteria", "driving_force"],
        Criterion::Activities => &["criteria", "activities"],
        Criterion::ClientContact => &["criteria", "client_contact"],
        Criterion::Scope => &["criteria", "scope"],
    }
}

/// A number as it is written in a pack: two decimals, and no zeros behind the first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Written(pub f64);

impl Written {
    /// The value that is read back.
    pub fn value(self) -> f64 {
        (self.0 * 100.0).round() / 100.0
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.2}", self.value() + 0.0);
        f.pad(text.strip_suffix('0').unwrap_or(&text))
    }
}
