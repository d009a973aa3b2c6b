//! Minimising a smooth function of many variables: limited-memory BFGS (Nocedal & Wright, *Numerical
//! Optimization*, 2006, algorithm 7.5) with a backtracking line search.

/// Steps that are remembered.
const MEMORY: usize = 12;
/// Steps at most.
const STEPS: usize = 300;
/// It ends when a step lowers the value by less than this part of it, a few times in a row.
const TOLERANCE: f64 = 1e-7;

/// Moves `x` to a minimum; `value` gives the function's value and fills its gradient.
///
/// Deterministic: the same function and start give the same result to the last bit.
pub fn minimise(x: &mut Vec<f64>, mut value: impl FnMut(&[f64], &mut [f64]) -> f64) -> f64 {
    let mut gradient = vec![0.0; x.len()];
    let mut best = value(x, &mut gradient);
    let mut memory: Vec<(Vec<f64>, Vec<f64>, f64)> = Vec::new();
    let mut idle = 0;
    for _ in 0..STEPS {
        let direction = downhill(&gradient, &memory);
        let slope = dot(&direction, &gradient);
        if slope > -1e-14 {
            break;
        }
        let first = if memory.is_empty() { (1.0 / dot(&gradient, &gradient).sqrt()).min(1.0) } else { 1.0 };
        let Some((next, after, new_gradient)) = search(x, best, &direction, slope, first, &mut value) else {
            break;
        };
        let step: Vec<f64> = next.iter().zip(&*x).map(|(a, b)| a - b).collect();
        let change: Vec<f64> = new_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let curvature = dot(&step, &change);
        if curvature > 1e-12 {
            if memory.len() == MEMORY {
                memory.remove(0);
            }
            memory.push((step, change, 1.0 / curvature));
        }
        idle = if best - after < TOLERANCE * best.abs().max(1.0) { idle + 1 } else { 0 };
        (*x, gradient, best) = (next, new_gradient, after);
        if idle == 3 {
            break;
        }
    }
    best
}

/// A shorter and shorter step along the direction, until it goes down enough.
fn search(
    x: &[f64],
    best: f64,
    direction: &[f64],
    slope: f64,
    first: f64,
    value: &mut impl FnMut(&[f64], &mut [f64]) -> f64,
) -> Option<(Vec<f64>, f64, Vec<f64>)> {
    let mut length = first;
    let mut gradient = vec![0.0; x.len()];
    for _ in 0..40 {
        let next: Vec<f64> = x.iter().zip(direction).map(|(x, d)| x + length * d).collect();
        let after = value(&next, &mut gradient);
        if after.is_finite() && after <= best + 1e-4 * length * slope {
            return Some((next, after, gradient));
        }
        length *= 0.5;
    }
    None
}

/// The direction of steepest descent, bent by what earlier steps showed of the curvature.
fn downhill(gradient: &[f64], memory: &[(Vec<f64>, Vec<f64>, f64)]) -> Vec<f64> {
    let mut q: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut alphas = Vec::with_capacity(memory.len());
    for (step, change, rho) in memory.iter().rev() {
        let alpha = rho * dot(step, &q);
        add(&mut q, -alpha, change);
        alphas.push(alpha);
    }
    if let Some((_, change, rho)) = memory.last() {
        let scale = 1.0 / (rho * dot(change, change));
        q.iter_mut().for_each(|q| *q *= scale);
    }
    for ((step, change, rho), alpha) in memory.iter().zip(alphas.iter().rev()) {
        let beta = rho * dot(change, &q);
        add(&mut q, alpha - beta, step);
    }
    q
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(to: &mut [f64], factor: f64, what: &[f64]) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += factor * what);
}

#[cfg(test)]
mod tests {
    use super::minimise;

    /// Rosenbrock's valley in ten dimensions has its minimum, 0, where every coordinate is 1.
    #[test]
    fn a_crooked_valley_is_followed_to_its_lowest_point() {
        let valley = |x: &[f64], g: &mut [f64]| {
            g.fill(0.0);
            let mut sum = 0.0;
            for i in 0..x.len() - 1 {
                let (bend, rest) = (x[i + 1] - x[i] * x[i], 1.0 - x[i]);
                sum += 100.0 * bend * bend + rest * rest;
                g[i] += -400.0 * bend * x[i] - 2.0 * rest;
                g[i + 1] += 200.0 * bend;
            }
            sum
        };
        let mut x = vec![-1.2, 1.0, -0.5, 0.8, 1.5, -1.0, 0.3, 0.7, 1.2, -0.9];
        let lowest = minimise(&mut x, valley);
        assert!(lowest < 1e-6, "{lowest}");
        assert!(x.iter().all(|x| (x - 1.0).abs() < 1e-2), "{x:?}");
    }
}
