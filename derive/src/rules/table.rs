//! The table of derivatives.
//!
//! In a formula, `a`, `b`, `c` are the operands in order (`a` is a method's receiver), `y` is the result and `g` the
//! adjoint of the result, and `s` what the formulas of a rule share. `rules::…` are the runtime's helpers, which hold the conventions at kinks (`docs/rules.md`).
//! Formulas hold for `f32` and `f64` alike.

use Notation::{Binary, Method, Neg};
use Shape::{Linear, Selects, Smooth, Steep};

/// How an operation is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notation {
    Neg,
    Binary(&'static str),
    Method,
}

/// What kind of function it is, for the question where a zero adjoint must be kept from an infinite derivative.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Derivatives are constants: nothing can be infinite.
    Linear,
    /// Derivatives are infinite only where the value is as well.
    Smooth,
    /// The value may be finite where a derivative is infinite (`sqrt` at 0).
    Steep,
    /// The value is one of the operands; the others get nothing.
    Selects,
}

#[derive(Debug)]
pub struct Rule {
    pub name: &'static str,
    pub notation: Notation,
    pub shape: Shape,
    /// Per operand the formula of its share, or `None` where the derivative is zero (or the operand no float).
    pub partials: &'static [Option<&'static str>],
    /// What several of these formulas have in common; they call it `s`.
    pub shared: Option<&'static str>,
}

impl Rule {
    /// Whether the result never carries a derivative.
    pub fn is_flat(&self) -> bool {
        self.partials.iter().all(Option::is_none)
    }
}

pub fn neg() -> &'static Rule {
    find(Neg, "neg", 1)
}

pub fn binary(op: &str) -> Option<&'static Rule> {
    TABLE.iter().find(|rule| matches!(rule.notation, Binary(text) if text == op))
}

/// The rule of a method of `f32` and `f64` with that many operands, the receiver among them.
pub fn method(name: &str, operands: usize) -> Option<&'static Rule> {
    TABLE.iter().find(|rule| rule.notation == Method && rule.name == name && rule.partials.len() == operands)
}

fn find(notation: Notation, name: &str, operands: usize) -> &'static Rule {
    TABLE
        .iter()
        .find(|rule| rule.notation == notation && rule.name == name && rule.partials.len() == operands)
        .expect("the table has it")
}

const fn op(name: &'static str, notation: Notation, shape: Shape, partials: &'static [Option<&'static str>]) -> Rule {
    Rule { name, notation, shape, partials, shared: None }
}

pub static TABLE: &[Rule] = &[
    // Operators
    op("neg", Neg, Linear, &[Some("-g")]),
    op("add", Binary("+"), Linear, &[Some("g"), Some("g")]),
    op("sub", Binary("-"), Linear, &[Some("g"), Some("-g")]),
    op("mul", Binary("*"), Smooth, &[Some("g * b"), Some("g * a")]),
    Rule { shared: Some("g / b"), ..op("div", Binary("/"), Smooth, &[Some("s"), Some("-s * y")]) },
    op("rem", Binary("%"), Smooth, &[Some("g"), Some("-g * (a / b).trunc()")]),
    // Powers and roots
    op("recip", Method, Smooth, &[Some("-g * y * y")]),
    op("sqrt", Method, Steep, &[Some("g / (y + y)")]),
    op("cbrt", Method, Steep, &[Some("g / (3.0 * y * y)")]),
    op("powi", Method, Steep, &[Some("g * rules::powi_base(a, b)"), None]),
    op("powf", Method, Steep, &[Some("g * rules::powf_base(a, b)"), Some("g * rules::powf_exponent(a, b, y)")]),
    op("hypot", Method, Smooth, &[Some("g * rules::hypot_slope(a, y)"), Some("g * rules::hypot_slope(b, y)")]),
    op("mul_add", Method, Smooth, &[Some("g * b"), Some("g * a"), Some("g")]),
    // Exponentials and logarithms
    op("exp", Method, Smooth, &[Some("g * y")]),
    op("exp2", Method, Smooth, &[Some("g * y * 0.6931471805599453")]),
    op("exp_m1", Method, Smooth, &[Some("g * (y + 1.0)")]),
    op("ln", Method, Steep, &[Some("g / a")]),
    op("ln_1p", Method, Steep, &[Some("g / (a + 1.0)")]),
    op("log2", Method, Steep, &[Some("g / (a * 0.6931471805599453)")]),
    op("log10", Method, Steep, &[Some("g / (a * 2.302585092994046)")]),
    op("log", Method, Steep, &[Some("g / (a * rules::ln(b))"), Some("-g * y / (b * rules::ln(b))")]),
    // Trigonometric and hyperbolic functions and their inverses
    op("sin", Method, Smooth, &[Some("g * a.cos()")]),
    op("cos", Method, Smooth, &[Some("-g * a.sin()")]),
    op("tan", Method, Smooth, &[Some("g * (1.0 + y * y)")]),
    op("asin", Method, Steep, &[Some("g / ((1.0 - a) * (1.0 + a)).sqrt()")]),
    op("acos", Method, Steep, &[Some("-g / ((1.0 - a) * (1.0 + a)).sqrt()")]),
    op("atan", Method, Smooth, &[Some("g / (1.0 + a * a)")]),
    op("atan2", Method, Smooth, &[Some("g * rules::atan2_dy(a, b)"), Some("g * rules::atan2_dx(a, b)")]),
    op("sinh", Method, Smooth, &[Some("g * a.cosh()")]),
    op("cosh", Method, Smooth, &[Some("g * a.sinh()")]),
    op("tanh", Method, Smooth, &[Some("g * (1.0 - y * y)")]),
    op("asinh", Method, Smooth, &[Some("g / a.hypot(1.0)")]),
    op("acosh", Method, Steep, &[Some("g / ((a - 1.0).sqrt() * (a + 1.0).sqrt())")]),
    op("atanh", Method, Steep, &[Some("g / ((1.0 - a) * (1.0 + a))")]),
    // Kinks: the conventions are the helpers'
    op("abs", Method, Selects, &[Some("g * rules::abs_slope(a)")]),
    op("copysign", Method, Selects, &[Some("g * rules::copysign_slope(a, b)"), None]),
    op(
        "max",
        Method,
        Selects,
        &[
            Some("if rules::max_is_receiver(a, b) { g } else { 0.0 }"),
            Some("if rules::max_is_receiver(a, b) { 0.0 } else { g }"),
        ],
    ),
    op(
        "min",
        Method,
        Selects,
        &[
            Some("if rules::min_is_receiver(a, b) { g } else { 0.0 }"),
            Some("if rules::min_is_receiver(a, b) { 0.0 } else { g }"),
        ],
    ),
    op("abs_sub", Method, Selects, &[Some("if a > b { g } else { 0.0 }"), Some("-(if a > b { g } else { 0.0 })")]),
    op(
        "clamp",
        Method,
        Selects,
        &[
            Some("if rules::clamp_is_inside(a, b, c) { g } else { 0.0 }"),
            Some("if a < b { g } else { 0.0 }"),
            Some("if a > c { g } else { 0.0 }"),
        ],
    ),
    op("rem_euclid", Method, Smooth, &[Some("g"), Some("-g * a.div_euclid(b)")]),
    op("fract", Method, Linear, &[Some("g")]),
    op("midpoint", Method, Linear, &[Some("0.5 * g"), Some("0.5 * g")]),
    op("next_up", Method, Linear, &[Some("g")]),
    op("next_down", Method, Linear, &[Some("g")]),
    op("to_radians", Method, Linear, &[Some("g * 0.017453292519943295")]),
    op("to_degrees", Method, Linear, &[Some("g * 57.29577951308232")]),
    // Flat almost everywhere
    op("floor", Method, Linear, &[None]),
    op("ceil", Method, Linear, &[None]),
    op("round", Method, Linear, &[None]),
    op("round_ties_even", Method, Linear, &[None]),
    op("trunc", Method, Linear, &[None]),
    op("signum", Method, Linear, &[None]),
    op("div_euclid", Method, Linear, &[None, None]),
];
