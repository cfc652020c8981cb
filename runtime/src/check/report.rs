//! All comparisons of a gradient, and how they read.

use std::fmt;

use super::comparison::{Comparison, Verdict};

/// More rows than this are not shown of a table.
const ROWS: usize = 24;

/// What came of a gradient check. Shown with `{}` it is a table, whose rows are the failures if there are any.
///
/// ```
/// let report = backprop::check::gradient(|(x, y): &(f64, f64)| x * y, (2.0, 3.0), &(3.0, 3.0));
/// assert!(!report.is_ok());
/// assert_eq!(report.value(), 6.0);
/// assert_eq!(report.failures().count(), 1);
/// assert_eq!(report.largest_deviation().unwrap().path.to_string(), ".1");
/// // float            at            gradient           numerical        ±     step  verdict
/// // .1      3.00000e0    3.00000000000e0     2.00000000000e0    2e-14     2e-1  DIFFERS
/// // 1 of 2 agree, 1 differ; largest deviation 1.0e0; 29 evaluations
/// println!("{report}");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    value: f64,
    comparisons: Vec<Comparison>,
    evaluations: usize,
}

impl Report {
    pub(super) fn new(value: f64, comparisons: Vec<Comparison>, evaluations: usize) -> Self {
        Self { value, comparisons, evaluations }
    }

    /// The function's value where its gradient was checked.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.value
    }

    /// A comparison for each float of the arguments, in order.
    #[must_use]
    pub fn comparisons(&self) -> &[Comparison] {
        &self.comparisons
    }

    /// How often the function was called.
    #[must_use]
    pub fn evaluations(&self) -> usize {
        self.evaluations
    }

    /// The comparisons that found the gradient wrong, or could not tell.
    pub fn failures(&self) -> impl Iterator<Item = &Comparison> {
        self.comparisons.iter().filter(|comparison| !comparison.verdict.is_ok())
    }

    /// Whether the gradient is right as far as can be told, in each of its numbers.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.failures().next().is_none()
    }

    /// The comparison whose two numbers are furthest apart (not a number at all is furthest), if there are any.
    #[must_use]
    pub fn largest_deviation(&self) -> Option<&Comparison> {
        self.comparisons.iter().max_by(|a, b| a.deviation().total_cmp(&b.deviation()))
    }

    /// Does nothing if the gradient is right as far as can be told.
    ///
    /// # Panics
    ///
    /// With the table of failures if it is not.
    ///
    /// ```should_panic
    /// // The derivative of x³ is not 2 x².
    /// backprop::check::gradient(|x: &f64| x.powi(3), 1.5, &4.5).assert_ok();
    /// ```
    #[track_caller]
    pub fn assert_ok(&self) {
        assert!(self.is_ok(), "the gradient is not the numerical derivative\n{self}");
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failures: Vec<&Comparison> = self.failures().collect();
        let rows = if failures.is_empty() { self.comparisons.iter().collect() } else { failures };
        let shown = &rows[..rows.len().min(ROWS)];
        let names: Vec<String> = shown.iter().map(|row| name(row)).collect();
        let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0).max(5);

        writeln!(
            f,
            "{:width$}  {:>12}  {:>18}  {:>18}  {:>7}  {:>7}  verdict",
            "float", "at", "gradient", "numerical", "±", "step"
        )?;
        for (row, name) in shown.iter().zip(&names) {
            let Comparison { at, analytic, numerical, error, step, verdict, .. } = row;
            write!(f, "{name:width$}  {at:>12.5e}  {analytic:>18.11e}  {numerical:>18.11e}  ")?;
            write!(f, "{error:>7.0e}  {step:>7.0e}  {verdict}")?;
            match row.kink {
                Some((left, right)) => writeln!(f, " (slopes {left:.6} and {right:.6})")?,
                None => writeln!(f)?,
            }
        }
        if rows.len() > shown.len() {
            writeln!(f, "… and {} more", rows.len() - shown.len())?;
        }
        self.summary(f)
    }
}

impl Report {
    /// A line on how many numbers there are of each verdict.
    fn summary(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |verdict| self.comparisons.iter().filter(|comparison| comparison.verdict == verdict).count();
        write!(f, "{} of {} agree", count(Verdict::Agrees), self.comparisons.len())?;
        let others = [
            (Verdict::Kink, "are conventions at a kink"),
            (Verdict::Differs, "differ"),
            (Verdict::Undecided, "cannot be decided"),
        ];
        for (verdict, words) in others {
            if count(verdict) > 0 {
                write!(f, ", {} {words}", count(verdict))?;
            }
        }
        if let Some(largest) = self.largest_deviation() {
            write!(f, "; largest deviation {:.1e}", largest.deviation())?;
        }
        write!(f, "; {} evaluations", self.evaluations)
    }
}

/// The path as a user reads it; a float that is the whole argument has none.
fn name(row: &Comparison) -> String {
    if row.path.is_empty() { "itself".to_owned() } else { row.path.to_string() }
}
