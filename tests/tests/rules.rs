//! Every method of `f64` and `f32` in std that is a real function of its arguments, and every operator: at ordinary
//! points against central differences, at awkward points against what is agreed (the table in `docs/rules.md`).
//!
//! Each row is tried in both precisions, as a method and as a path, with each argument alone and with all of them
//! active.

use backprop::backprop;
use backprop_tests::{assert_close, slope};

/// One spelling of one function in one precision, with its arguments and results in double precision.
struct Spelling<'a, const N: usize> {
    name: &'a str,
    single: bool,
    /// The arguments that are differentiated.
    active: [bool; N],
    plain: &'a dyn Fn([f64; N]) -> f64,
    value_and_grad: &'a dyn Fn([f64; N]) -> (f64, [f64; N]),
    /// The gradient that the pullback makes of a zero.
    pull_back_zero: &'a dyn Fn([f64; N]) -> [f64; N],
}

/// Points and, where they are awkward, the slopes agreed for them.
struct Row<'a, const N: usize> {
    name: &'a str,
    ordinary: &'a [[f64; N]],
    awkward: &'a [([f64; N], [f64; N])],
    /// The function in double precision, for central differences.
    function: &'a dyn Fn([f64; N]) -> f64,
}

impl<const N: usize> Row<'_, N> {
    fn hold(&self, spellings: &[Spelling<'_, N>]) {
        for spelling in spellings {
            let rounded = |point: &[f64; N]| {
                if spelling.single { point.map(|x| f64::from(x as f32)) } else { *point }
            };
            for point in self.ordinary {
                let at = rounded(point);
                let expected = self.numeric_slopes(at);
                self.hold_at(spelling, at, expected, if spelling.single { 1e-5 } else { 1e-8 });
            }
            for (point, expected) in self.awkward {
                self.hold_at(spelling, rounded(point), rounded(expected), 0.0);
            }
        }
    }

    fn hold_at(&self, spelling: &Spelling<'_, N>, at: [f64; N], expected: [f64; N], tolerance: f64) {
        let precision = if spelling.single { "f32" } else { "f64" };
        let label = format!("{} of {precision} as {} at {at:?}", self.name, spelling.name);
        let keep_active =
            |slopes: [f64; N]| -> Vec<f64> { (0..N).filter(|&i| spelling.active[i]).map(|i| slopes[i]).collect() };
        let (value, slopes) = (spelling.value_and_grad)(at);
        assert_eq!(format!("{value:?}"), format!("{:?}", (spelling.plain)(at)), "{label}: the value");
        assert_close(&label, &keep_active(slopes), &keep_active(expected), tolerance);

        let nothing = (spelling.pull_back_zero)(at);
        assert_close(&format!("{label}: pullback of zero"), &keep_active(nothing), &keep_active([0.0; N]), 0.0);
    }

    fn numeric_slopes(&self, at: [f64; N]) -> [f64; N] {
        std::array::from_fn(|i| {
            let along = |x: f64| {
                let mut point = at;
                point[i] = x;
                (self.function)(point)
            };
            let (slope, error) = slope(along, at[i]);
            assert!(error <= 1e-8 * slope.abs().max(1.0), "{} at {at:?}: no reference", self.name);
            slope
        })
    }
}

macro_rules! unary_spelling {
    ($name:literal, $float:ident, $function:path, $value_and_grad:path, $vjp:path) => {
        Spelling {
            name: $name,
            single: stringify!($float) == "f32",
            active: [true],
            plain: &|[x]| $function(x as $float) as f64,
            value_and_grad: &|[x]| {
                let (value, slope) = $value_and_grad(x as $float);
                (value as f64, [slope as f64])
            },
            pull_back_zero: &|[x]| [$vjp(x as $float).1(0.0) as f64],
        }
    };
}

/// A row for each method of one argument: its ordinary points, then the awkward ones with their slopes.
macro_rules! unary {
    ($($method:ident: [$($x:expr),*] $([$($at:expr => $slope:expr),*])?;)*) => {$(
        mod $method {
            use super::*;

            pub mod double {
                use super::*;

                #[backprop]
                pub fn method(x: f64) -> f64 {
                    x.$method()
                }

                #[backprop]
                pub fn path(x: f64) -> f64 {
                    f64::$method(x)
                }
            }

            pub mod single {
                use super::*;

                #[backprop]
                pub fn method(x: f32) -> f32 {
                    x.$method()
                }

                #[backprop]
                pub fn path(x: f32) -> f32 {
                    f32::$method(x)
                }
            }

            #[test]
            fn slopes() {
                Row {
                    name: stringify!($method),
                    ordinary: &[$([$x]),*],
                    awkward: &[$($(([$at], [$slope])),*)?],
                    function: &|[x]| x.$method(),
                }
                .hold(&[
                    unary_spelling!("method", f64, double::method, double::method::value_and_grad, double::method::vjp),
                    unary_spelling!("path", f64, double::path, double::path::value_and_grad, double::path::vjp),
                    unary_spelling!("method", f32, single::method, single::method::value_and_grad, single::method::vjp),
                    unary_spelling!("path", f32, single::path, single::path::value_and_grad, single::path::vjp),
                ]);
            }
        }
    )*};
}

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

unary! {
    abs: [2.5, -2.5] [0.0 => 0.0, -0.0 => 0.0, INF => 1.0, -INF => -1.0, NAN => NAN];
    acos: [0.3, -0.9, 0.0] [1.0 => -INF, -1.0 => -INF, 2.0 => NAN];
    acosh: [1.5, 3.0, 40.0] [1.0 => INF, INF => 0.0, 0.5 => NAN];
    asin: [0.3, -0.9, 0.0] [1.0 => INF, -1.0 => INF, 2.0 => NAN];
    asinh: [1.5, -3.0, 40.0] [0.0 => 1.0, INF => 0.0, -INF => 0.0];
    atan: [1.5, -3.0, 40.0] [0.0 => 1.0, INF => 0.0, -INF => 0.0];
    atanh: [0.3, -0.9] [0.0 => 1.0, 1.0 => INF, -1.0 => INF];
    cbrt: [1.5, -3.0, 40.0, 0.2] [1.0 => 1.0 / 3.0, 0.0 => INF, -0.0 => INF];
    ceil: [1.3, -1.3] [0.0 => 0.0, 2.0 => 0.0, 2.5 => 0.0, INF => 0.0];
    cos: [0.3, -2.0, 7.0] [0.0 => 0.0, INF => NAN];
    cosh: [0.3, -2.0, 7.0] [0.0 => 0.0, 1000.0 => INF, -1000.0 => -INF];
    exp: [0.3, -2.0, 7.0] [0.0 => 1.0, 1000.0 => INF, -1000.0 => 0.0, -INF => 0.0];
    exp2: [0.3, -2.0, 7.0, 0.0] [2000.0 => INF, -2000.0 => 0.0, -INF => 0.0];
    exp_m1: [0.3, -2.0, 7.0] [0.0 => 1.0, 1000.0 => INF, -1000.0 => 0.0, -INF => 0.0];
    floor: [1.3, -1.3] [0.0 => 0.0, 2.0 => 0.0, 2.5 => 0.0, -INF => 0.0];
    fract: [1.3, -1.3] [0.0 => 1.0, 2.0 => 1.0, -2.0 => 1.0];
    ln: [0.3, 2.0, 70.0] [1.0 => 1.0, 0.0 => INF, INF => 0.0];
    ln_1p: [0.3, -0.9, 70.0] [0.0 => 1.0, -1.0 => INF, INF => 0.0];
    log10: [0.3, 2.0, 70.0] [0.0 => INF, INF => 0.0];
    log2: [0.3, 2.0, 70.0] [0.0 => INF, INF => 0.0];
    next_down: [0.3, -2.0] [0.0 => 1.0];
    next_up: [0.3, -2.0] [0.0 => 1.0];
    recip: [0.3, -2.0, 70.0] [1.0 => -1.0, 0.0 => -INF, -0.0 => -INF, INF => 0.0];
    round: [1.3, -1.3] [0.0 => 0.0, 2.0 => 0.0, 2.5 => 0.0, -0.5 => 0.0];
    round_ties_even: [1.3, -1.3] [0.0 => 0.0, 2.0 => 0.0, 2.5 => 0.0, -0.5 => 0.0];
    signum: [1.3, -1.3] [0.0 => 0.0, -0.0 => 0.0, INF => 0.0];
    sin: [0.3, -2.0, 7.0] [0.0 => 1.0, INF => NAN];
    sinh: [0.3, -2.0, 7.0] [0.0 => 1.0, 1000.0 => INF, -1000.0 => INF];
    sqrt: [0.3, 2.0, 70.0] [1.0 => 0.5, 0.0 => INF, INF => 0.0, -1.0 => NAN];
    tan: [0.3, -1.2, 4.0] [0.0 => 1.0];
    tanh: [0.3, -2.0, 4.0] [0.0 => 1.0, 1000.0 => 0.0, -INF => 0.0];
    to_degrees: [0.3, -2.0, 0.0];
    to_radians: [0.3, -2.0, 0.0];
    trunc: [1.3, -1.3] [0.0 => 0.0, 2.0 => 0.0, 2.5 => 0.0, INF => 0.0];
}

macro_rules! binary_functions {
    ($float:ident, $x:ident, $y:ident, $method:expr, $path:expr) => {
        #[backprop]
        pub fn method($x: $float, $y: $float) -> $float {
            $method
        }

        #[backprop]
        pub fn path($x: $float, $y: $float) -> $float {
            $path
        }

        #[backprop]
        pub fn by_first($x: $float, #[constant] $y: $float) -> $float {
            $method
        }

        #[backprop]
        pub fn by_second(#[constant] $x: $float, $y: $float) -> $float {
            $method
        }
    };
}

/// The four functions of one module as [`Spelling`]s.
macro_rules! binary_hold {
    ($row:ident, $module:ident, $float:ident) => {{
        use $module::*;
        $row.hold(&[
            Spelling {
                name: "method",
                single: stringify!($float) == "f32",
                active: [true, true],
                plain: &|[x, y]| method(x as $float, y as $float) as f64,
                value_and_grad: &|[x, y]| {
                    let (value, (x_bar, y_bar)) = method::value_and_grad(x as $float, y as $float);
                    (value as f64, [x_bar as f64, y_bar as f64])
                },
                pull_back_zero: &|[x, y]| {
                    let (x_bar, y_bar) = method::vjp(x as $float, y as $float).1(0.0);
                    [x_bar as f64, y_bar as f64]
                },
            },
            Spelling {
                name: "path",
                single: stringify!($float) == "f32",
                active: [true, true],
                plain: &|[x, y]| path(x as $float, y as $float) as f64,
                value_and_grad: &|[x, y]| {
                    let (value, (x_bar, y_bar)) = path::value_and_grad(x as $float, y as $float);
                    (value as f64, [x_bar as f64, y_bar as f64])
                },
                pull_back_zero: &|[x, y]| {
                    let (x_bar, y_bar) = path::vjp(x as $float, y as $float).1(0.0);
                    [x_bar as f64, y_bar as f64]
                },
            },
            Spelling {
                name: "a method of the first argument",
                single: stringify!($float) == "f32",
                active: [true, false],
                plain: &|[x, y]| by_first(x as $float, y as $float) as f64,
                value_and_grad: &|[x, y]| {
                    let (value, x_bar) = by_first::value_and_grad(x as $float, y as $float);
                    (value as f64, [x_bar as f64, 0.0])
                },
                pull_back_zero: &|[x, y]| [by_first::vjp(x as $float, y as $float).1(0.0) as f64, 0.0],
            },
            Spelling {
                name: "a method of the second argument",
                single: stringify!($float) == "f32",
                active: [false, true],
                plain: &|[x, y]| by_second(x as $float, y as $float) as f64,
                value_and_grad: &|[x, y]| {
                    let (value, y_bar) = by_second::value_and_grad(x as $float, y as $float);
                    (value as f64, [0.0, y_bar as f64])
                },
                pull_back_zero: &|[x, y]| [0.0, by_second::vjp(x as $float, y as $float).1(0.0) as f64],
            },
        ]);
    }};
}

/// A row for each method of two arguments: its ordinary points, then the awkward ones with their slopes.
macro_rules! binary {
    ($($method:ident: [$(($x:expr, $y:expr)),*] [$($at:expr => $slopes:expr),*];)*) => {$(
        mod $method {
            use super::*;

            pub mod double {
                use super::*;

                binary_functions!(f64, x, y, x.$method(y), f64::$method(x, y));
            }

            pub mod single {
                use super::*;

                binary_functions!(f32, x, y, x.$method(y), f32::$method(x, y));
            }

            #[test]
            fn slopes() {
                let row = Row {
                    name: stringify!($method),
                    ordinary: &[$([$x, $y]),*],
                    awkward: &[$((<[f64; 2]>::from($at), <[f64; 2]>::from($slopes))),*],
                    function: &|[x, y]| x.$method(y),
                };
                binary_hold!(row, double, f64);
                binary_hold!(row, single, f32);
            }
        }
    )*};
}

/// The same for operators, which have a plain and a compound spelling.
macro_rules! operators {
    ($($name:ident $operator:tt $compound:tt: [$(($x:expr, $y:expr)),*] [$($at:expr => $slopes:expr),*];)*) => {$(
        mod $name {
            use super::*;

            pub mod double {
                use super::*;

                binary_functions!(f64, x, y, x $operator y, {
                    let mut z = x;
                    z $compound y;
                    z
                });
            }

            pub mod single {
                use super::*;

                binary_functions!(f32, x, y, x $operator y, {
                    let mut z = x;
                    z $compound y;
                    z
                });
            }

            #[test]
            fn slopes() {
                let row = Row {
                    name: stringify!($name),
                    ordinary: &[$([$x, $y]),*],
                    awkward: &[$((<[f64; 2]>::from($at), <[f64; 2]>::from($slopes))),*],
                    function: &|[x, y]| x $operator y,
                };
                binary_hold!(row, double, f64);
                binary_hold!(row, single, f32);
            }
        }
    )*};
}

binary! {
    atan2: [(0.3, 1.5), (-0.3, 1.5), (2.0, -0.7), (-2.0, -0.7), (1.0, 0.2)]
        [(0.0, 0.0) => (0.0, 0.0), (0.0, 1.0) => (1.0, 0.0), (0.0, -1.0) => (-1.0, 0.0), (1.0, 0.0) => (0.0, -1.0)];
    copysign: [(0.3, 1.5), (-0.3, 1.5), (2.0, -0.7), (-2.0, -0.7)]
        [(0.0, 1.0) => (0.0, 0.0), (2.0, 0.0) => (1.0, 0.0), (2.0, -0.0) => (-1.0, 0.0), (-2.0, -0.0) => (1.0, 0.0)];
    div_euclid: [(7.3, 2.0), (-7.3, 2.0), (7.3, -2.0), (-7.3, -2.0)]
        [(6.0, 2.0) => (0.0, 0.0), (0.0, 2.0) => (0.0, 0.0)];
    hypot: [(0.3, 1.5), (-0.3, 1.5), (2.0, -0.7), (-2.0, -0.7)]
        [(0.0, 0.0) => (0.0, 0.0), (-0.0, 0.0) => (0.0, 0.0), (3.0, 0.0) => (1.0, 0.0), (-3.0, 0.0) => (-1.0, 0.0),
         (0.0, 4.0) => (0.0, 1.0), (INF, 1.0) => (1.0, 0.0)];
    log: [(0.3, 1.5), (2.0, 0.4), (70.0, 10.0)]
        [(0.0, 2.0) => (INF, INF)];
    max: [(0.3, 1.5), (2.0, -0.7)]
        [(1.0, 1.0) => (1.0, 0.0), (0.0, -0.0) => (1.0, 0.0), (-0.0, 0.0) => (1.0, 0.0), (INF, INF) => (1.0, 0.0),
         (NAN, 1.0) => (0.0, 1.0), (1.0, NAN) => (1.0, 0.0), (NAN, NAN) => (1.0, 0.0), (-INF, 2.0) => (0.0, 1.0)];
    midpoint: [(0.3, 1.5), (2.0, -0.7)]
        [(0.0, 0.0) => (0.5, 0.5), (1e30, -1e30) => (0.5, 0.5)];
    min: [(0.3, 1.5), (2.0, -0.7)]
        [(1.0, 1.0) => (1.0, 0.0), (0.0, -0.0) => (1.0, 0.0), (-0.0, 0.0) => (1.0, 0.0), (INF, INF) => (1.0, 0.0),
         (NAN, 1.0) => (0.0, 1.0), (1.0, NAN) => (1.0, 0.0), (NAN, NAN) => (1.0, 0.0), (INF, 2.0) => (0.0, 1.0)];
    powf: [(0.3, 1.5), (2.0, -0.7), (2.0, 3.0), (70.0, 0.5)]
        [(0.0, 0.0) => (0.0, 0.0), (0.0, 1.0) => (1.0, 0.0), (0.0, 2.0) => (0.0, 0.0), (0.0, 0.5) => (INF, 0.0),
         (1.0, 5.0) => (5.0, 0.0), (1.0, 0.0) => (0.0, 0.0), (0.0, -1.0) => (-INF, -INF), (-2.0, 3.0) => (12.0, NAN),
         (-2.0, 2.0) => (-4.0, NAN), (-1.0, -2.0) => (2.0, NAN)];
    rem_euclid: [(7.3, 2.0), (-7.3, 2.0), (7.3, -2.0), (-7.3, -2.0), (0.3, 2.0)]
        [(6.0, 2.0) => (1.0, -3.0), (0.0, 2.0) => (1.0, 0.0)];
}

operators! {
    addition + +=: [(0.3, 1.5), (-2.0, -0.7)]
        [(INF, -INF) => (1.0, 1.0), (NAN, 0.0) => (1.0, 1.0)];
    subtraction - -=: [(0.3, 1.5), (-2.0, -0.7)]
        [(INF, INF) => (1.0, -1.0), (NAN, 0.0) => (1.0, -1.0)];
    multiplication * *=: [(0.3, 1.5), (-2.0, -0.7), (0.0, 0.0), (0.0, 3.0)]
        [(INF, 0.0) => (0.0, INF), (NAN, 2.0) => (2.0, NAN)];
    division / /=: [(0.3, 1.5), (-2.0, -0.7), (0.0, 3.0)]
        [(1.0, 0.0) => (INF, -INF), (1.0, -0.0) => (-INF, -INF), (1.0, INF) => (0.0, 0.0), (0.0, 1.0) => (1.0, 0.0)];
    remainder % %=: [(7.3, 2.0), (-7.3, 2.0), (7.3, -2.0), (-7.3, -2.0), (0.3, 2.0)]
        [(6.0, 2.0) => (1.0, -3.0), (-6.0, 2.0) => (1.0, 3.0), (0.0, 2.0) => (1.0, 0.0)];
}

/// Methods of three arguments, those with an integer or a pair, the negation, and one that std has deprecated.
macro_rules! odd_functions {
    ($float:ident) => {
        use super::*;

        #[backprop]
        pub fn mul_add(a: $float, b: $float, c: $float) -> $float {
            a.mul_add(b, c)
        }

        #[backprop]
        pub fn mul_add_path(a: $float, b: $float, c: $float) -> $float {
            $float::mul_add(a, b, c)
        }

        #[backprop]
        pub fn mul_add_by_factor(a: $float, #[constant] b: $float, #[constant] c: $float) -> $float {
            a.mul_add(b, c)
        }

        #[backprop]
        pub fn clamp(x: $float, low: $float, high: $float) -> $float {
            x.clamp(low, high)
        }

        #[backprop]
        pub fn clamp_path(x: $float, low: $float, high: $float) -> $float {
            $float::clamp(x, low, high)
        }

        #[backprop]
        pub fn clamp_to_constants(x: $float, #[constant] low: $float, #[constant] high: $float) -> $float {
            x.clamp(low, high)
        }

        #[backprop]
        pub fn clamp_by_bounds(#[constant] x: $float, low: $float, high: $float) -> $float {
            x.clamp(low, high)
        }

        #[backprop]
        pub fn powi(x: $float, n: i32) -> $float {
            x.powi(n)
        }

        #[backprop]
        pub fn powi_path(x: $float, n: i32) -> $float {
            $float::powi(x, n)
        }

        #[backprop]
        pub fn sin_cos(x: $float) -> ($float, $float) {
            x.sin_cos()
        }

        #[backprop]
        pub fn sin_cos_path(x: $float) -> ($float, $float) {
            $float::sin_cos(x)
        }

        #[backprop]
        pub fn negation(x: $float) -> $float {
            -x
        }

        #[allow(deprecated)]
        #[backprop]
        pub fn abs_sub(x: $float, y: $float) -> $float {
            x.abs_sub(y)
        }
    };
}

mod odd_double {
    odd_functions!(f64);
}

mod odd_single {
    odd_functions!(f32);
}

/// Runs a block for each precision, with its module as `$odd` and its type as `$float`.
macro_rules! for_both_precisions {
    (|$odd:ident, $float:ident| $body:block) => {{
        use odd_double as $odd;
        #[allow(dead_code)]
        type $float = f64;
        $body
    }
    {
        use odd_single as $odd;
        #[allow(dead_code)]
        type $float = f32;
        $body
    }};
}

#[test]
fn mul_add() {
    for_both_precisions!(|odd, Float| {
        for (a, b, c) in [(2.0, 3.0, 4.0), (-0.5, 0.0, 1.0), (0.0, 0.0, 0.0), (Float::INFINITY, 0.0, 1.0)] {
            let (value, slopes) = odd::mul_add::value_and_grad(a, b, c);
            assert!(value == a.mul_add(b, c) || value.is_nan());
            assert_eq!(slopes, (b, a, 1.0));
            assert_eq!(odd::mul_add_path::grad(a, b, c), (b, a, 1.0));
            assert_eq!(odd::mul_add_by_factor::grad(a, b, c), b);
        }
    });
}

#[test]
fn clamp() {
    for_both_precisions!(|odd, Float| {
        let (below, inside, above) = ((0.0, 1.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0));
        let inf = Float::INFINITY;
        for (x, low, high, expected) in [
            (0.5, -1.0, 1.0, inside),
            (-1.5, -1.0, 1.0, below),
            (1.5, -1.0, 1.0, above),
            (-1.0, -1.0, 1.0, inside),
            (1.0, -1.0, 1.0, inside),
            (1.0, 1.0, 1.0, inside),
            (2.0, 1.0, 1.0, above),
            (0.0, 1.0, 1.0, below),
            (0.0, -0.0, 0.0, inside),
            (inf, -inf, inf, inside),
            (inf, -inf, 1.0, above),
            (Float::NAN, -1.0, 1.0, inside),
        ] {
            assert_eq!(odd::clamp::grad(x, low, high), expected, "clamp({x}, {low}, {high})");
            assert_eq!(odd::clamp_path::grad(x, low, high), expected);
            assert_eq!(odd::clamp_to_constants::grad(x, low, high), expected.0);
            assert_eq!(odd::clamp_by_bounds::grad(x, low, high), (expected.1, expected.2));
        }
    });
}

#[test]
fn powi() {
    for (x, n) in [(1.5_f64, 3), (-0.7, 2), (2.0, -3), (-2.0, -1), (1.1, 0), (0.9, 1)] {
        let (expected, _) = slope(|x| x.powi(n), x);
        assert_close("powi of f64", &[odd_double::powi::grad(x, n)], &[expected], 1e-8);
        let single = f64::from(odd_single::powi::grad(x as f32, n));
        assert_close("powi of f32", &[single], &[expected], 1e-5);
    }
    for_both_precisions!(|odd, Float| {
        let inf = Float::INFINITY;
        for (x, n, expected) in [
            (0.0, 0, 0.0),
            (-0.0, 0, 0.0),
            (2.0, 0, 0.0),
            (inf, 0, 0.0),
            (Float::NAN, 0, 0.0),
            (0.0, 1, 1.0),
            (0.0, 2, 0.0),
            (0.0, 3, 0.0),
            (0.0, -1, -inf),
            (-0.0, -1, -inf),
            (-2.0, 3, 12.0),
            (inf, 2, inf),
            (inf, -1, 0.0),
            (1.0, i32::MAX, i32::MAX as Float),
            (1.0, i32::MIN, i32::MIN as Float),
            (0.0, i32::MAX, 0.0),
            (2.0, i32::MIN, 0.0),
        ] {
            assert_eq!(odd::powi::grad(x, n), expected, "{x}.powi({n})");
            assert_eq!(odd::powi_path::grad(x, n), expected, "{x}.powi({n})");
        }
    });
}

#[test]
fn sin_cos() {
    for_both_precisions!(|odd, Float| {
        for x in [0.0, 0.5, -2.25, 7.0] {
            let x: Float = x;
            let (sin, cos) = x.sin_cos();
            let (value, pullback) = odd::sin_cos::vjp(x);
            assert_eq!(value, (sin, cos));
            assert_eq!((pullback((1.0, 0.0)), pullback((0.0, 1.0))), (cos, -sin));
            let (_, pullback) = odd::sin_cos_path::vjp(x);
            assert_eq!((pullback((1.0, 0.0)), pullback((0.0, 1.0))), (cos, -sin));
        }
    });
}

#[test]
fn negation() {
    for_both_precisions!(|odd, Float| {
        for x in [0.0, -0.0, 2.5, Float::INFINITY, Float::NAN] {
            assert_eq!(odd::negation::grad(x), -1.0);
        }
    });
}

#[test]
fn abs_sub() {
    for_both_precisions!(|odd, Float| {
        let _: Float = 0.0;
        assert_eq!(odd::abs_sub::grad(3.0, 1.0), (1.0, -1.0));
        assert_eq!(odd::abs_sub::grad(1.0, 3.0), (0.0, 0.0));
    });
}

/// Slopes where the textbook formula cancels or overflows, though the slope itself is an ordinary number.
mod extremes {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{found:e}, expected {expected:e}");
    }

    #[test]
    fn atan2_and_hypot_far_away_and_close_by() {
        let (y_bar, x_bar) = atan2::double::method::grad(1e200, 1e200);
        near(y_bar, 0.5e-200);
        near(x_bar, -0.5e-200);
        let (y_bar, x_bar) = atan2::double::method::grad(3e-200, -4e-200);
        near(y_bar, -0.16e200);
        near(x_bar, -0.12e200);
        let (x_bar, y_bar) = hypot::double::method::grad(3e200, 4e200);
        near(x_bar, 0.6);
        near(y_bar, 0.8);
        let (x_bar, y_bar) = hypot::double::method::grad(3e-200, -4e-200);
        near(x_bar, 0.6);
        near(y_bar, -0.8);
    }

    #[test]
    fn inverse_functions_close_to_a_branch_point() {
        let x = 0.999_999_999_999_7_f64;
        near(asin::double::method::grad(x), 1.0 / ((1.0 - x) * (1.0 + x)).sqrt());
        near(acos::double::method::grad(-x), -1.0 / ((1.0 - x) * (1.0 + x)).sqrt());
        near(atanh::double::method::grad(x), 1.0 / ((1.0 - x) * (1.0 + x)));
        let x = 1.000_000_000_000_3_f64;
        near(acosh::double::method::grad(x), 1.0 / ((x - 1.0) * (x + 1.0)).sqrt());
    }

    #[test]
    fn inverse_functions_far_away() {
        near(asinh::double::method::grad(1e200), 1e-200);
        near(acosh::double::method::grad(1e200), 1e-200);
        near(atan::double::method::grad(1e100), 1e-200);
        near(cbrt::double::method::grad(1e300), 1.0 / 3e200);
    }

    #[test]
    fn powers_far_away() {
        near(powf::double::by_first::grad(1e200, 1.5), 1.5e100);
        near(powf::double::by_first::grad(1e-200, 2.0), 2e-200);
        near(odd_double::powi::grad(1e150, 2), 2e150);
        near(sqrt::double::method::grad(1e-300), 0.5e150);
        near(recip::double::method::grad(1e-150), -1e300);
        near(division::double::method::grad(1.0, 1e-150).1, -1e300);
    }
}

/// One variable in several places of one rule.
mod one_argument_in_every_place {
    use super::*;

    #[backprop]
    fn power(x: f64) -> f64 {
        x.powf(x)
    }

    #[backprop]
    fn maximum(x: f64) -> f64 {
        x.max(x) + x.min(x)
    }

    #[backprop]
    fn distance(x: f64) -> f64 {
        x.hypot(x) + x.atan2(x)
    }

    #[backprop]
    fn fused(x: f64) -> f64 {
        x.mul_add(x, x)
    }

    #[test]
    fn its_parts_are_added() {
        assert_close("x^x", &[power::grad(2.0)], &[4.0 * (2.0_f64.ln() + 1.0)], 1e-14);
        assert_eq!(maximum::grad(3.0), 2.0);
        assert_close("hypot", &[distance::grad(3.0)], &[2.0_f64.sqrt()], 1e-14);
        assert_eq!(fused::grad(3.0), 7.0);
    }
}

/// A zero adjoint contributes zero, however infinite the slope it would be multiplied with.
mod zero_adjoint {
    use super::*;

    #[backprop]
    fn times_zero(x: f64) -> f64 {
        x.sqrt() * 0.0
    }

    #[backprop]
    fn logarithm_in_the_other_branch(x: f64) -> f64 {
        let t = x.ln() * x;
        if x > 0.0 { t } else { 0.0 }
    }

    #[backprop]
    fn pole_in_the_other_branch(x: f64) -> f64 {
        let t = 1.0 / x;
        if x > 0.0 { t } else { 0.0 }
    }

    #[backprop]
    fn power_in_the_other_branch(x: f64, p: f64) -> f64 {
        let t = x.powf(p) + x.recip() + x.cbrt() + x.powi(-3);
        if x > 0.0 { t } else { p }
    }

    #[backprop]
    fn clipped(x: f64) -> f64 {
        x.ln().max(0.0)
    }

    #[backprop]
    fn clamped(x: f64) -> f64 {
        x.ln().clamp(-1.0, 1.0) + x.ln().min(f64::NEG_INFINITY.max(-5.0)).max(-3.0)
    }

    #[backprop]
    fn elements(x: &[f64]) -> f64 {
        let mut roots = vec![0.0; x.len()];
        for i in 0..x.len() {
            roots[i] = x[i].sqrt() / x[i];
        }
        let mut s = 0.0;
        for i in 0..x.len() {
            if x[i] != 0.0 {
                s += roots[i];
            }
        }
        s
    }

    #[backprop]
    fn product_with_an_infinity(x: f64, y: f64) -> f64 {
        let t = x * y * y.exp();
        if y < 1000.0 { t } else { x }
    }

    #[test]
    fn contributes_zero() {
        assert_eq!(times_zero::value_and_grad(0.0), (0.0, 0.0));
        assert_eq!(logarithm_in_the_other_branch::value_and_grad(0.0), (0.0, 0.0));
        assert_eq!(pole_in_the_other_branch::value_and_grad(0.0), (0.0, 0.0));
        assert_eq!(power_in_the_other_branch::value_and_grad(0.0, -2.0), (-2.0, (0.0, 1.0)));
        assert_eq!(clipped::value_and_grad(0.0), (0.0, 0.0));
        assert_eq!(clamped::value_and_grad(0.0), (-4.0, 0.0));
        assert_eq!(elements::value_and_grad(&[0.0, 4.0]), (0.5, vec![0.0, -0.0625]));
        assert_eq!(product_with_an_infinity::value_and_grad(2.0, f64::INFINITY), (2.0, (1.0, 0.0)));
    }

    #[test]
    fn and_leaves_the_other_branch_right() {
        for x in [0.5, 2.0] {
            let (expected, _) = slope(logarithm_in_the_other_branch, x);
            assert_close("x ln x", &[logarithm_in_the_other_branch::grad(x)], &[expected], 1e-8);
            assert_eq!(pole_in_the_other_branch::grad(x), -1.0 / (x * x));
        }
    }
}
