//! The statistics that measuring needs, each with its interval.

/// A figure and its 95% interval.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Figure {
    /// The estimate.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Resamples for bootstrap intervals.
pub const RESAMPLES: usize = 1000;

/// A share with Wilson's interval.
pub fn wilson(successes: usize, n: usize) -> Figure {
    const Z: f64 = 1.959_963_984_540_054;
    if n == 0 {
        return Figure { value: f64::NAN, low: 0.0, high: 1.0 };
    }
    let (p, n) = (successes as f64 / n as f64, n as f64);
    let centre = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    Figure { value: p, low: (centre - half).max(0.0), high: (centre + half).min(1.0) }
}

/// A statistic of a sample with its percentile bootstrap interval; the same for the same sample, always.
pub fn bootstrap<T: Copy>(sample: &[T], statistic: impl Fn(&[T]) -> f64) -> Figure {
    let mut random = Random(0x5EED);
    let mut drawn = Vec::with_capacity(sample.len());
    let resample = || {
        drawn.clear();
        drawn.extend((0..sample.len()).map(|_| sample[random.below(sample.len())]));
        statistic(&drawn)
    };
    percentiles(statistic(sample), std::iter::repeat_with(resample))
}

/// [`auc`] with its percentile bootstrap interval: [`bootstrap`] of it, without sorting every resample anew.
pub fn auc_figure(sample: &[(f64, bool)]) -> Figure {
    let mut order: Vec<usize> = (0..sample.len()).collect();
    order.sort_by(|a, b| sample[*a].0.total_cmp(&sample[*b].0));
    let mut random = Random(0x5EED);
    let mut times = vec![0.0; sample.len()];
    let resample = || {
        times.fill(0.0);
        (0..sample.len()).for_each(|_| times[random.below(sample.len())] += 1.0);
        let (mut positive, mut negative, mut pairs) = (0.0, 0.0, 0.0);
        for equal in order.chunk_by(|a, b| sample[*a].0 == sample[*b].0) {
            let of = |wanted: bool| -> f64 {
                equal.iter().filter(|i| sample[**i].1 == wanted).map(|i| times[*i]).sum()
            };
            let (here, below) = (of(true), of(false));
            pairs += here * (negative + below / 2.0);
            (positive, negative) = (positive + here, negative + below);
        }
        pairs / (positive * negative)
    };
    percentiles(auc(sample), std::iter::repeat_with(resample))
}

/// The figure of a value and of its resamples.
fn percentiles(value: f64, resamples: impl Iterator<Item = f64>) -> Figure {
    let mut values: Vec<f64> = resamples.take(RESAMPLES).filter(|v| v.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let last = values.len().saturating_sub(1);
        values.get((share * last as f64).round() as usize).copied().unwrap_or(f64::NAN)
    };
    Figure { value, low: at(0.025), high: at(0.975) }
}

/// Splitmix64: small, and good enough to draw samples.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ z >> 31) % n.max(1) as u64) as usize
    }
}

/// Ranks from 1, equal values sharing the mean of theirs.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for equal in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let rank = before as f64 + (equal.len() as f64 + 1.0) / 2.0;
        equal.iter().for_each(|i| ranks[*i] = rank);
        before += equal.len();
    }
    ranks
}

/// Chance that a positive scores above a negative, ties counting half.
pub fn auc(sample: &[(f64, bool)]) -> f64 {
    let ranks = ranks(&sample.iter().map(|(score, _)| *score).collect::<Vec<_>>());
    let positive = sample.iter().filter(|(_, positive)| *positive).count() as f64;
    let negative = sample.len() as f64 - positive;
    let sum: f64 =
        ranks.iter().zip(sample).filter(|(_, (_, positive))| *positive).map(|(rank, _)| rank).sum();
    (sum - positive * (positive + 1.0) / 2.0) / (positive * negative)
}

/// Spearman's rank correlation.
pub fn spearman(sample: &[(f64, f64)]) -> f64 {
    let x = ranks(&sample.iter().map(|(x, _)| *x).collect::<Vec<_>>());
    let y = ranks(&sample.iter().map(|(_, y)| *y).collect::<Vec<_>>());
    let mean = (sample.len() as f64 + 1.0) / 2.0;
    let sum = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>();
    sum(&x, &y) / (sum(&x, &x) * sum(&y, &y)).sqrt()
}

/// Mean over classes of the harmonic mean of precision and recall; classes that never occur are left out.
pub fn macro_f1<C: Copy + PartialEq>(pairs: &[(C, C)], classes: &[C]) -> f64 {
    let f1 = |class: C| {
        let both = pairs.iter().filter(|(gold, got)| *gold == class && *got == class).count() as f64;
        let either = pairs
            .iter()
            .map(|(gold, got)| usize::from(*gold == class) + usize::from(*got == class))
            .sum::<usize>();
        (either > 0).then(|| 2.0 * both / either as f64)
    };
    let all: Vec<f64> = classes.iter().filter_map(|class| f1(*class)).collect();
    all.iter().sum::<f64>() / all.len() as f64
}

/// Matthews' correlation of two classes.
pub fn mcc(pairs: &[(bool, bool)]) -> f64 {
    let count = |gold, got| pairs.iter().filter(|p| **p == (gold, got)).count() as f64;
    let (tp, tn, fp, fnn) = (count(true, true), count(false, false), count(false, true), count(true, false));
    (tp * tn - fp * fnn) / ((tp + fp) * (tp + fnn) * (tn + fp) * (tn + fnn)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-4, "{a} is not {b}");
    }

    /// Values computed once with scikit-learn 1.9.1, SciPy 1.17.1 and statsmodels 0.15.0.
    #[test]
    fn figures_agree_with_known_packages() {
        let scores = [0.1, 0.4, 0.35, 0.8, 0.35, 0.7];
        let gold = [false, false, true, true, false, true];
        let sample: Vec<(f64, bool)> = scores.into_iter().zip(gold).collect();
        close(auc(&sample), 0.833_333);
        let pairs: Vec<(bool, bool)> = sample.iter().map(|(s, g)| (*g, *s >= 0.4)).collect();
        close(mcc(&pairs), 0.333_333);
        close(macro_f1(&pairs, &[true, false]), 0.666_667);
        close(spearman(&[(1.0, 2.0), (2.0, 1.0), (3.0, 4.0), (4.0, 3.0), (5.0, 5.0)]), 0.8);
        close(spearman(&[(1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (3.0, 4.0)]), 0.833_333);
        let share = wilson(45, 50);
        close(share.value, 0.9);
        close(share.low, 0.786_40);
        close(share.high, 0.956_52);
    }

    #[test]
    fn bootstrap_is_repeatable_and_covers_its_value() {
        let sample: Vec<(f64, bool)> = (0..60).map(|i| (f64::from(i * 37 % 60), i % 3 == 0)).collect();
        let figure = bootstrap(&sample, auc);
        assert_eq!(figure, bootstrap(&sample, auc));
        let fast = auc_figure(&sample);
        close(fast.value, figure.value);
        close(fast.low, figure.low);
        close(fast.high, figure.high);
        assert!(figure.low <= figure.value && figure.value <= figure.high);
    }
}
