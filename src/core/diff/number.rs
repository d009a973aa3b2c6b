//! The numbers of a manifest on which verdicts depend.

use crate::core::pack::{Pack, SectionKind};
use crate::core::setting::Setting;

/// A number of the manifest that weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// One that can be fitted.
    Setting(Setting),
    /// `scoring.echo`
    Echo,
    /// `scoring.sharing`
    Sharing,
    /// `scoring.fade`
    Fade,
    /// `scoring.hedged`
    Hedged,
    /// `verdict.min_evidence`
    MinEvidence,
    /// `text.sections.KIND.weight`
    Section(SectionKind),
}

impl Number {
    /// Every number, those of the manifest's order first.
    pub fn all() -> impl Iterator<Item = Number> {
        let more = [Number::Echo, Number::Sharing, Number::Fade, Number::Hedged, Number::MinEvidence];
        Setting::of_manifest()
            .map(Number::Setting)
            .chain(more)
            .chain(SectionKind::ALL.into_iter().map(Number::Section))
    }

    /// Its path in the manifest.
    pub fn name(self, pack: &Pack) -> String {
        match self {
            Number::Setting(setting) => setting.name(pack),
            Number::Echo => "scoring.echo".into(),
            Number::Sharing => "scoring.sharing".into(),
            Number::Fade => "scoring.fade".into(),
            Number::Hedged => "scoring.hedged".into(),
            Number::MinEvidence => "verdict.min_evidence".into(),
            Number::Section(kind) => format!("text.sections.{}.weight", kind.name()),
        }
    }

    /// Its value in a pack.
    pub fn of(self, pack: &Pack) -> f64 {
        match self {
            Number::Setting(setting) => setting.of(pack),
            Number::Echo => pack.scoring.echo,
            Number::Sharing => pack.scoring.sharing,
            Number::Fade => pack.scoring.fade,
            Number::Hedged => pack.scoring.hedged,
            Number::MinEvidence => pack.thresholds.min_evidence,
            Number::Section(kind) => pack.text.section_weights[kind as usize],
        }
    }

    /// Sets its value in a pack.
    pub fn set(self, pack: &mut Pack, value: f64) {
        let place = match self {
            Number::Setting(setting) => return setting.set(pack, value),
            Number::Echo => &mut pack.scoring.echo,
            Number::Sharing => &mut pack.scoring.sharing,
            Number::Fade => &mut pack.scoring.fade,
            Number::Hedged => &mut pack.scoring.hedged,
            Number::MinEvidence => &mut pack.thresholds.min_evidence,
            Number::Section(kind) => &mut pack.text.section_weights[kind as usize],
        };
        *place = value;
    }
}
