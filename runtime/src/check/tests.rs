//! The check against functions whose derivatives are known, right and wrong.

use super::*;

type Function = fn(f64) -> f64;

/// Functions with their derivatives and points to look at: ordinary ones, and such as are hard on differences.
const KNOWN: &[(&str, Function, Function, &[f64])] = &[
    ("x", |x| x, |_| 1.0, &[0.0, 1e-300, -3.0, 1e12, 1e300]),
    ("1 + x", |x| 1.0 + x, |_| 1.0, &[0.0, 1e-300, 1e-10, 1e12]),
    ("x²", |x| x * x, |x| x + x, &[0.0, 1e-100, -3.0, 1e12, 1e100]),
    ("x³ - 2x", |x| x.powi(3) - 2.0 * x, |x| 3.0 * x * x - 2.0, &[0.0, 0.3, -0.8, 7.0]),
    ("1 / x", |x| 1.0 / x, |x| -1.0 / (x * x), &[1e-100, 1e-6, -0.3, 2.0, 1e12]),
    ("√x", f64::sqrt, |x| 0.5 / x.sqrt(), &[1e-300, 1e-20, 1e-3, 0.5, 2.0, 1e12]),
    ("ln x", f64::ln, |x| 1.0 / x, &[1e-300, 1e-20, 1e-3, 0.5, 1.0, 2.0, 1e12]),
    ("exp x", f64::exp, f64::exp, &[-700.0, -20.0, -1.0, 0.0, 1.0, 20.0, 700.0]),
    ("exp 1000 x", |x| (1e3 * x).exp(), |x| 1e3 * (1e3 * x).exp(), &[-0.1, 0.0, 1e-3, 0.5]),
    ("sin x", f64::sin, f64::cos, &[0.0, 1e-300, 1e-8, 1.0, 1.57, 10.0, 1e4, 1e12]),
    (
        "sin 8πx",
        |x| (25.132741228718345 * x).sin(),
        |x| 25.132741228718345 * (25.132741228718345 * x).cos(),
        &[0.0, 0.3, 1.0, -2.5],
    ),
    ("tan x", f64::tan, |x| 1.0 + x.tan().powi(2), &[0.0, 1.0, 1.5, 1.57, 1.5705]),
    ("tanh x", f64::tanh, |x| 1.0 / x.cosh().powi(2), &[0.0, 0.5, -3.0, 18.0, 30.0]),
    ("1e6 + sin x", |x| 1e6 + x.sin(), f64::cos, &[0.0, 1.0, 30.0]),
    ("1e9 + 1e-6 x", |x| 1e9 + 1e-6 * x, |_| 1e-6, &[1.0, 1e3]),
    ("√(x² + 1e-20)", |x| (x * x + 1e-20).sqrt(), |x| x / (x * x + 1e-20).sqrt(), &[0.0, 5e-11, 1e-8, 1.0]),
    ("|x|", f64::abs, f64::signum, &[1e-9, 0.1, -2.0]),
    ("relu(x - 1)", |x| (x - 1.0).max(0.0), |x| if x > 1.0 { 1.0 } else { 0.0 }, &[0.0, 0.99, 0.999999, 1.000001, 2.0]),
    (
        "step",
        |x| if x > 1.0 { 3.0 * x } else { x * x },
        |x| if x > 1.0 { 3.0 } else { 2.0 * x },
        &[0.9, 0.9999, 1.0001, 1.1],
    ),
    ("acosh x", f64::acosh, |x| 1.0 / (x * x - 1.0).sqrt(), &[1.0001, 1.1, 30.0]),
    ("asin x", f64::asin, |x| 1.0 / (1.0 - x * x).sqrt(), &[0.0, 0.5, 0.99, -0.9999]),
    ("xˣ", |x| x.powf(x), |x| x.powf(x) * (x.ln() + 1.0), &[1e-5, 0.3, 1.0, 5.0]),
    (
        "a long sum",
        |x| (1..2000).map(|k| (x * f64::from(k)).sin() / f64::from(k)).sum(),
        |x| (1..2000).map(|k| (x * f64::from(k)).cos()).sum(),
        &[0.01, 0.5, 2.0],
    ),
    ("cancellation", |x| ((x + 1e5) * (x + 1e5)) - x * x - 1e10, |_| 2e5, &[0.0, 0.3, 7.0]),
    ("constant", |_| 3.0, |_| 0.0, &[0.0, 1.0, 1e12]),
    ("zero", |_| 0.0, |_| 0.0, &[0.0, 1.0, 1e12]),
    ("Runge", |x| 1.0 / (1.0 + 25.0 * x * x), |x| -50.0 * x / (1.0 + 25.0 * x * x).powi(2), &[0.0, 0.2, 1.0, 3.0]),
    (
        "narrow bump",
        |x| (-(1e4 * (x - 0.5)).powi(2)).exp(),
        |x| -2e8 * (x - 0.5) * (-(1e4 * (x - 0.5)).powi(2)).exp(),
        &[0.5, 0.50001, 0.5001],
    ),
];

fn verdict(f: Function, x: f64, claim: f64) -> Verdict {
    gradient(|x: &f64| f(*x), x, &claim).comparisons()[0].verdict
}

#[test]
fn right_derivatives_are_recognised() {
    for (name, f, derivative, points) in KNOWN {
        for &x in *points {
            let report = gradient(|x: &f64| f(*x), x, &derivative(x));
            assert_eq!(report.comparisons()[0].verdict, Verdict::Agrees, "{name} at {x:e}\n{report}");
            assert!(report.evaluations() < 160, "{name} at {x:e}: {} evaluations", report.evaluations());
        }
    }
}

#[test]
fn wrong_derivatives_are_recognised() {
    let (mut sharp, mut all) = (0, 0);
    for (name, f, derivative, points) in KNOWN {
        for &x in *points {
            let right = derivative(x);
            let scale = if right == 0.0 { 1.0 } else { right };
            let tolerance = gradient(|x: &f64| f(*x), x, &right).comparisons()[0].tolerance;
            for claim in [right + 1e-6 * scale, right + scale, right - scale, -right - scale] {
                if (claim - right).abs() > 2.0 * tolerance {
                    assert_eq!(verdict(*f, x, claim), Verdict::Differs, "{name} at {x:e}, claim {claim:e}");
                }
            }
            for claim in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                assert_eq!(verdict(*f, x, claim), Verdict::Differs, "{name} at {x:e}, claim {claim:e}");
            }
            all += 1;
            sharp += usize::from(2.0 * tolerance < 1e-6 * scale.abs());
        }
    }
    assert!(sharp * 10 >= all * 9, "{sharp} of {all} can tell what is a millionth off");
}

/// Sums and compositions of ordinary functions at random points.
#[test]
fn error_estimates_hold_for_thousands_of_functions() {
    let ordinary = ["x³ - 2x", "exp x", "sin x", "tanh x", "asin x", "Runge", "√x", "ln x", "acosh x"];
    let ordinary: Vec<_> = KNOWN.iter().filter(|(name, ..)| ordinary.contains(name)).collect();
    let mut random = random_numbers();
    let (mut checked, mut evaluations) = (0, 0);
    while checked < 20_000 {
        let (outer_name, outer, d_outer, _) = ordinary[(random() * ordinary.len() as f64) as usize];
        let (inner_name, inner, d_inner, _) = ordinary[(random() * ordinary.len() as f64) as usize];
        let (a, b) = (4.0 * random() - 2.0, 4.0 * random() - 2.0);
        let x = (2.0 * random() - 1.0) * 10.0_f64.powf(5.0 * random() - 3.0);
        let composed = random() < 0.5;
        let f = |x: &f64| if composed { outer(a * inner(*x) + b) } else { a * inner(*x) + outer(b * x) };
        let derivative =
            if composed { d_outer(a * inner(x) + b) * a * d_inner(x) } else { a * d_inner(x) + b * d_outer(b * x) };
        if f(&x).is_nan() || f(&x).abs() > 1e6 || !(1e-6..1e6).contains(&derivative.abs()) {
            continue;
        }
        let report = gradient(f, x, &derivative);
        let found = report.comparisons()[0].verdict;
        let form = if composed { "of" } else { "beside" };
        assert_ne!(found, Verdict::Differs, "{outer_name} {form} {inner_name}, {a} and {b}\n{report}");
        checked += 1;
        evaluations += report.evaluations();
    }
    assert!(evaluations / checked <= 25, "{} evaluations each", evaluations / checked);
}

/// Xorshift: the same numbers in 0..1 in each run.
fn random_numbers() -> impl FnMut() -> f64 {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

type Nested = (f64, Vec<[f64; 2]>, Option<f64>, (usize, f32));

fn nested(value: &Nested) -> f64 {
    let (a, rows, option, (n, single)) = value;
    let products: f64 = rows.iter().map(|[x, y]| x * y.exp()).sum();
    a * a * products + option.unwrap_or(1.0).sin() * *n as f64 + f64::from(*single).powi(3) / a
}

fn nested_gradient(value: &Nested) -> <Nested as Differentiable>::Gradient {
    let (a, rows, option, (n, single)) = value;
    let products: f64 = rows.iter().map(|[x, y]| x * y.exp()).sum();
    (
        2.0 * a * products - f64::from(*single).powi(3) / (a * a),
        rows.iter().map(|[x, y]| [a * a * y.exp(), a * a * x * y.exp()]).collect(),
        option.map(|option| option.cos() * *n as f64),
        ((), (3.0 * f64::from(*single).powi(2) / a) as f32),
    )
}

fn nested_value() -> Nested {
    (1.5, vec![[0.5, -0.25], [2.0, 0.75]], Some(0.3), (7, 0.625))
}

fn failing_paths(wrong: &<Nested as Differentiable>::Gradient) -> Vec<String> {
    gradient(nested, nested_value(), wrong).failures().map(|failure| failure.path.to_string()).collect()
}

#[test]
fn nested_shapes_are_checked_float_by_float() {
    let report = gradient(nested, nested_value(), &nested_gradient(&nested_value()));
    report.assert_ok();
    let paths: Vec<String> = report.comparisons().iter().map(|comparison| comparison.path.to_string()).collect();
    assert_eq!(paths, [".0", ".1[0][0]", ".1[0][1]", ".1[1][0]", ".1[1][1]", ".2?", ".3.1"]);
    assert!(report.largest_deviation().unwrap().deviation() < 1e-4);
}

#[test]
fn a_wrong_float_is_found_where_it_is() {
    let right = nested_gradient(&nested_value());

    let mut zero = right.clone();
    zero.2 = Some(0.0);
    assert_eq!(failing_paths(&zero), [".2?"]);

    let mut sign = right.clone();
    sign.0 = -sign.0;
    assert_eq!(failing_paths(&sign), [".0"]);

    let mut swapped = right.clone();
    swapped.1[1].swap(0, 1);
    assert_eq!(failing_paths(&swapped), [".1[1][0]", ".1[1][1]"]);

    let mut single = right.clone();
    single.3.1 *= 1.001;
    assert_eq!(failing_paths(&single), [".3.1"]);

    let mut nan = right;
    nan.1[0][1] = f64::NAN;
    assert_eq!(failing_paths(&nan), [".1[0][1]"]);
}

#[test]
fn single_precision_is_checked_within_its_rounding() {
    let f = |w: &[f32; 3]| w[0] * w[1].exp() + w[2] * w[2];
    let right = |[a, b, c]: [f32; 3]| [b.exp(), a * b.exp(), c + c];
    for at in [[1.5_f32, -0.5, 0.25], [1e-3, 2.0, 1e4], [0.0, 0.0, 0.0], [-40.0, -3.0, 1e-20]] {
        gradient(f, at, &right(at)).assert_ok();
    }
    assert!(!gradient(f, [1.5, -0.5, 0.25], &[0.6, 0.9097959, 0.5]).is_ok());
    // Single precision in the arguments alone, and in the result alone.
    gradient(|x: &f32| f64::from(*x).sin(), 1.25, &1.25_f32.cos()).assert_ok();
    gradient(|x: &f64| x.sin() as f32, 1.25, &1.25_f64.cos()).assert_ok();
}

#[test]
fn a_convention_at_a_kink_is_told_from_an_error() {
    assert_eq!(verdict(|x| x.max(0.0), 0.0, 1.0), Verdict::Kink);
    assert_eq!(verdict(|x| x.max(0.0), 0.0, 0.0), Verdict::Kink);
    assert_eq!(verdict(|x| x.max(0.0), 0.0, 1.5), Verdict::Differs);
    assert_eq!(verdict(|x| x.max(0.0), 0.0, -0.1), Verdict::Differs);
    assert_eq!(verdict(f64::abs, 0.0, 0.0), Verdict::Agrees);
    assert_eq!(verdict(|x| (x - 2.0).abs() + x.sin(), 2.0, 1.0 + 2.0_f64.cos()), Verdict::Kink);
    // Next to the kink there is no excuse.
    assert_eq!(verdict(|x| x.max(0.0), 1e-5, 0.0), Verdict::Differs);
}

#[test]
fn where_there_is_no_derivative_nothing_is_decided() {
    assert_eq!(verdict(f64::sqrt, 0.0, f64::INFINITY), Verdict::Undecided);
    assert_eq!(verdict(f64::floor, 1.0, 0.0), Verdict::Undecided);
    assert_eq!(verdict(f64::ln, -1.0, -1.0), Verdict::Undecided);
    assert_eq!(verdict(|x| x, f64::INFINITY, 1.0), Verdict::Undecided);
}

#[test]
fn the_function_sees_no_other_float_moved() {
    let at = vec![1.0, -2.0, 3.5];
    let mut most = 0;
    let sum = |w: &Vec<f64>| {
        most = most.max(w.iter().zip(&at).filter(|(moved, original)| moved != original).count());
        w.iter().sum::<f64>()
    };
    gradient(sum, at.clone(), &vec![1.0; 3]).assert_ok();
    assert_eq!(most, 1);
}

#[test]
fn nothing_to_vary_is_right() {
    let report = gradient(|w: &Vec<f64>| w.iter().sum::<f64>(), vec![], &vec![]);
    assert!(report.is_ok() && report.largest_deviation().is_none());
    assert_eq!(report.to_string().lines().last(), Some("0 of 0 agree; 1 evaluations"));
}

#[test]
#[should_panic(expected = "check::gradient: the gradient has length 2 at `.1`, but the value has length 1 there")]
fn a_gradient_of_another_shape_is_refused() {
    let _ = gradient(|(x, w): &(f64, Vec<f64>)| x * w[0], (1.0, vec![2.0]), &(2.0, vec![1.0, 0.0]));
}

#[test]
#[should_panic(expected = "DIFFERS")]
fn the_panic_shows_the_table() {
    gradient(|x: &f64| x * x, 3.0, &5.0).assert_ok();
}

#[test]
fn a_report_reads_as_a_table() {
    let report = gradient(|(x, y): &(f64, [f64; 2])| x * y[0] + y[1].max(0.0), (2.0, [3.0, 0.0]), &(3.0, [2.5, 0.0]));
    let table = report.to_string();
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].ends_with("verdict"), "{table}");
    assert_eq!(lines.len(), 3, "only the failure is shown\n{table}");
    assert!(lines[1].starts_with(".1[0]") && lines[1].ends_with("DIFFERS"), "{table}");
    assert!(lines[2].starts_with("1 of 3 agree, 1 are conventions at a kink, 1 differ; largest deviation"), "{table}");
}
