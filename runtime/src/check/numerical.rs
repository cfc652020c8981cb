//! The numerical derivative of a function of one number, with an error estimate.
//!
//! # Method
//!
//! Central differences `D(h) = (f(x + h) - f(x - h)) / 2h` are taken for a ladder of steps, each a quarter of the one
//! before, and extrapolated to `h = 0` by the polynomial in `h²` through them (Ridders 1982, after Richardson and
//! Neville). Each entry of the extrapolation's table is a candidate. Two things make it wrong:
//!
//! * *Truncation*: estimated by how far the entry moved from the two it was made of.
//! * *Rounding*: if values of `f` are off by up to `noise`, `D(h)` is off by up to `noise / h`. The noise is at least a
//!   unit in the last place of `f`, and what such a unit of `x` does to `f`. It is also measured: by third differences
//!   at steps so small that a smooth function has none (Hamming's table; Moré and Wild 2011), and by how far finer
//!   steps stray from the candidate.
//!
//! The candidate with the least sum of all this is taken, provided that finer steps allow it: where the ladder starts,
//! steps may be far larger than the scale on which `f` varies, and candidates there can be wrong and agree. Rounding
//! bounds do not depend on such luck.
//!
//! The ladder ends where rounding alone is worse than what has been reached. It starts at the scale of 1 or of `x`,
//! whichever is larger. Where `x` is much smaller than 1 a second ladder follows at the scale of `x`.

use crate::components::Component;

/// The first step, in units of the scale. No simple fraction, so that a periodic function is not met in phase.
const FIRST_STEP: f64 = 0.2137;
/// Each step in units of the one before.
const SHRINK: f64 = 0.25;
/// A ladder has no more steps than this.
const MAX_LEVELS: usize = 28;
/// Extrapolation goes no further than this power of `h²`.
const MAX_ORDER: usize = 5;
/// Extrapolation enlarges rounding by the product of `(16ʲ + 1) / (16ʲ - 1)` over its orders `j`, which is less.
const ROUNDING_GROWTH: f64 = 1.15;
/// Levels without a finite difference after which steps shrink faster, in search of the function's domain.
const PATIENCE: usize = 8;
/// And then by this.
const SEARCH_SHRINK: f64 = 1.0 / 65536.0;
/// An error of this many units in the last place of the slope is as good as none.
const EXACT: f64 = 16.0;
/// A relative error of this much is good enough to be told from noise.
const GOOD: f64 = 1e-4;
/// Noise of more units in the last place of the greatest value is not taken for rounding, but for finer structure.
const SMALL_NOISE: f64 = 1e6;

/// No function that moves at larger steps is believed to be flat on the grounds of smaller ones than this.
const STILL: f64 = 1e-9;

/// A derivative as differences show it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Numerical {
    pub slope: f64,
    /// About how far `slope` may be off.
    pub error: f64,
    /// The least step that `slope` rests on.
    pub step: f64,
    /// Whether differences are too coarse to say anything about a slope, as across a jump.
    pub coarse: bool,
    /// The slopes on either side where they differ, however close one looks.
    pub kink: Option<Kink>,
}

/// Slopes that differ on the left and on the right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Kink {
    pub left: f64,
    pub right: f64,
    /// About how far they may be off.
    pub error: f64,
}

/// A function of one number around a point.
pub(super) struct Line<'a> {
    f: &'a mut dyn FnMut(f64) -> f64,
    place: Component,
    x: f64,
    value: f64,
    /// The relative precision of the function's values.
    epsilon: f64,
    /// How far they are off near `x`, as measured.
    noise: f64,
    levels: Vec<Level>,
    candidates: Vec<Candidate>,
}

/// Differences for one step.
struct Level {
    step: f64,
    /// The central difference and what it extrapolates to, by order.
    row: Vec<f64>,
    /// How far rounding may put the central difference off.
    rounding: f64,
    /// `f(x + step) - 2 f(x) + f(x - step)`.
    second_difference: f64,
    /// The greatest distance from zero among the three values.
    magnitude: f64,
}

impl Level {
    fn central(&self) -> f64 {
        self.row[0]
    }

    fn extrapolated(&self) -> f64 {
        self.row[self.row.len() - 1]
    }

    /// How much larger the slope on the right is than that on the left.
    fn bend(&self) -> f64 {
        self.second_difference / self.step
    }
}

#[derive(Clone, Copy)]
struct Candidate {
    slope: f64,
    error: f64,
    level: usize,
}

impl<'a> Line<'a> {
    /// The function `f` around the float `place`, where it is `value`; its results have the relative precision
    /// `epsilon`.
    pub fn new(place: Component, value: f64, epsilon: f64, f: &'a mut dyn FnMut(f64) -> f64) -> Self {
        let x = place.to_f64();
        Self { f, place, x, value, epsilon, noise: 0.0, levels: Vec::new(), candidates: Vec::new() }
    }

    /// The slope, or `None` where no two differences are finite.
    pub fn slope(mut self) -> Option<Numerical> {
        if !self.value.is_finite() || !self.x.is_finite() {
            return None;
        }
        self.noise = self.measured_noise();
        self.climb_down(self.x.abs().max(1.0));
        let reached = self.levels.last().map_or(f64::INFINITY, |level| level.step);
        if self.x != 0.0 && FIRST_STEP * self.x.abs() < reached {
            self.climb_down(self.x.abs());
        }
        let chosen = self.chosen()?;
        Some(Numerical {
            slope: chosen.slope,
            error: chosen.error,
            step: self.levels[chosen.level].step,
            coarse: self.is_coarse(chosen),
            kink: self.kink(),
        })
    }

    /// How far the function's values near `x` are off, as third differences show it.
    ///
    /// Steps of an odd number of units in the last place keep roundings from falling into step with them.
    fn measured_noise(&mut self) -> f64 {
        let scale = if self.x == 0.0 { 1.0 } else { self.x.abs() };
        let mut noise = 0.0;
        for units in [61.0, 97.0] {
            let step = units * self.place.epsilon() * scale;
            let [first, second, third] = [1.0, 2.0, 3.0].map(|multiple| {
                let number = self.place.round(self.x + multiple * step);
                if number.is_finite() { (self.f)(number) } else { f64::NAN }
            });
            let difference = (third - self.value) - 3.0 * (second - first);
            // Eight values' worth of noise, of which hardly all point the same way. NaN is passed over.
            noise = f64::max(noise, difference.abs() / 4.0);
        }
        noise
    }

    /// Takes differences at ever smaller steps from `scale` on, until rounding outweighs what has been reached.
    fn climb_down(&mut self, scale: f64) {
        let mut step = FIRST_STEP * scale;
        let (mut taken, mut missed) = (0, 0);
        while taken < MAX_LEVELS && step >= 4.0 * self.place.epsilon() * self.x.abs() && step >= f64::MIN_POSITIVE {
            match self.around(step) {
                Some((step, up, down)) => {
                    if self.is_lost_in_rounding(step, up, down) {
                        return;
                    }
                    self.push_level(step, up, down);
                    taken += 1;
                    if taken >= 3 && self.has_reached_its_best() {
                        return;
                    }
                }
                None => missed += 1,
            }
            step *= if taken == 0 && missed >= PATIENCE { SEARCH_SHRINK } else { SHRINK };
        }
    }

    /// Whether the function stands still only because the step is too small for its arithmetic to notice.
    ///
    /// A function that is truly flat is so at steps of ordinary size, too.
    fn is_lost_in_rounding(&self, step: f64, up: f64, down: f64) -> bool {
        let stands_still = up == self.value && down == self.value;
        stands_still && step < STILL * self.x.abs().max(1.0) && self.levels.iter().any(|level| level.row[0] != 0.0)
    }

    /// A step near `step` that changes `x` by exactly as much up and down, with the values there, if all is finite.
    fn around(&mut self, step: f64) -> Option<(f64, f64, f64)> {
        let step = self.place.round(self.place.round(self.x + step) - self.x);
        let (above, below) = (self.place.round(self.x + step), self.place.round(self.x - step));
        if step == 0.0 || !above.is_finite() || !below.is_finite() {
            return None;
        }
        let (up, down) = ((self.f)(above), (self.f)(below));
        (up.is_finite() && down.is_finite()).then_some((step, up, down))
    }

    /// Adds a row to the table of extrapolations, and its entries to the candidates.
    fn push_level(&mut self, step: f64, up: f64, down: f64) {
        let central = (up - down) / (2.0 * step);
        let second_difference = (up - self.value) - (self.value - down);
        let magnitude = self.value.abs().max(up.abs()).max(down.abs());
        let noise_of_x = self.place.epsilon() * self.x.abs() * central.abs();
        let noise = self.noise.max(2.0 * self.epsilon * magnitude).max(noise_of_x);
        let rounding = noise / step;

        let level = self.levels.len();
        let mut row = vec![central];
        if let Some(coarser) = self.levels.last() {
            let candidate =
                |slope: f64, moved: f64| Candidate { slope, error: moved + ROUNDING_GROWTH * rounding, level };
            self.candidates.push(candidate(central, (central - coarser.central()).abs()));
            for order in 1..=level.min(MAX_ORDER) {
                let ratio = self.levels[level - order].step / step;
                let (finer, coarser) = (row[order - 1], coarser.row[order - 1]);
                let slope = finer + (finer - coarser) / (ratio * ratio - 1.0);
                row.push(slope);
                self.candidates.push(candidate(slope, (slope - finer).abs().max((slope - coarser).abs())));
            }
        }
        self.levels.push(Level { step, row, rounding, second_difference, magnitude });
    }

    /// Whether nothing is to be gained by finer steps.
    ///
    /// Two levels have come after the best, which resolve the function: the value at `x` lies ever closer to the
    /// middle between those around it. And the best is as good as exact; or rounding alone is now worse; or the best is
    /// good, but the last level strays from it as it would by a noise that is small, if not accounted for. (At steps
    /// above the scale of 1 that may as well be an oscillation on top of something large.)
    fn has_reached_its_best(&self) -> bool {
        let Some(best) = self.chosen() else { return false };
        let last = self.levels.len() - 1;
        let (level, coarser) = (&self.levels[last], &self.levels[last - 1]);
        let stray = (level.extrapolated() - best.slope).abs();
        let noise = level.rounding.max(stray) * level.step;
        let bend = level.second_difference.abs();
        let is_resolved = bend <= 0.5 * coarser.second_difference.abs() || bend <= 8.0 * noise;
        let is_exact = best.error <= EXACT * self.epsilon * best.slope.abs();
        let is_good = best.error <= GOOD * best.slope.abs();
        let is_small = noise <= SMALL_NOISE * self.epsilon * self.levels[0].magnitude && level.step <= FIRST_STEP;
        last >= best.level + 2
            && is_resolved
            && !self.is_coarse(best)
            && (is_exact || level.rounding >= best.error || (is_good && is_small && stray >= best.error))
    }

    /// The candidate of least error that finer differences allow, with what they add to its error.
    fn chosen(&self) -> Option<Candidate> {
        let allowed = self.candidates.iter().filter(|candidate| candidate.error.is_finite() && self.allows(candidate));
        let weighed =
            allowed.map(|candidate| Candidate { error: candidate.error + self.stray(candidate), ..*candidate });
        weighed.min_by(|a, b| a.error.total_cmp(&b.error))
    }

    /// Whether each finer difference, as far as it can be trusted, is compatible with the candidate.
    ///
    /// Truncation of a difference is about a fifteenth of its distance from the one before; twice the whole is allowed.
    fn allows(&self, candidate: &Candidate) -> bool {
        self.levels[candidate.level..].windows(2).all(|pair| {
            let trust = 2.0 * pair[1].rounding + 2.0 * (pair[0].central() - pair[1].central()).abs();
            (candidate.slope - pair[1].central()).abs() <= candidate.error + trust
        })
    }

    /// The most that noise as large as finer steps show it can have done to the candidate.
    fn stray(&self, candidate: &Candidate) -> f64 {
        let step = self.levels[candidate.level].step;
        let finer = &self.levels[candidate.level + 1..];
        let strays = finer.iter().map(|level| (level.extrapolated() - candidate.slope).abs() * (level.step / step));
        ROUNDING_GROWTH * strays.fold(0.0, f64::max)
    }

    /// Whether the error exceeds both a tenth of the slope and what any function of such values can be expected to have.
    fn is_coarse(&self, chosen: Candidate) -> bool {
        let widest = &self.levels[0];
        chosen.error > 0.1 * chosen.slope.abs() && chosen.error > 1e-4 * widest.magnitude / widest.step
    }

    /// The slopes on both sides, where the bend between them does not go away as steps shrink.
    ///
    /// For a smooth function it is a quarter of what it was at the level before.
    fn kink(&self) -> Option<Kink> {
        let clear = self.levels.iter().filter(|level| level.bend().abs() > 16.0 * level.rounding);
        let finest: Vec<&Level> = clear.rev().take(3).collect();
        let [last, earlier, earliest] = finest.as_slice() else { return None };
        let stays = |level: &Level| (level.bend() / last.bend() - 1.0).abs() < 0.25;
        let half = last.bend() / 2.0;
        (stays(earlier) && stays(earliest)).then_some(Kink {
            left: last.central() - half,
            right: last.central() + half,
            error: (earlier.bend() - last.bend()).abs() + (earlier.central() - last.central()).abs() + last.rounding,
        })
    }
}
