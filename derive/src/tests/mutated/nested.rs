//! Deep nesting ends neither the stack nor the patience.

use super::{answer, on_a_compilers_stack};
use proc_macro2::TokenStream;

const DEPTH: usize = 50;

#[test]
fn deep_nesting_is_answered() {
    let nests = [
        ("(", "x", ")"),
        ("{", "x", "}"),
        ("-", "x", ""),
        ("!", "x", ""),
        ("&", "x", ""),
        ("*", "x", ""),
        ("x + ", "x", ""),
        ("", "x", " * x"),
        ("(x * ", "x", ").sin()"),
        ("", "x", ".sin()"),
        ("f64::sin(", "x", ")"),
        ("g(", "x", ")"),
        ("[", "x", "][0]"),
        ("(", "x", ", x).0"),
        ("", "x", " as f64"),
        ("", "x", "?"),
        ("Some(", "x", ").unwrap()"),
        ("if x > 1.0 {", "x", "} else { 2.0 }"),
        ("if x > 1.0 { 2.0 } else {", "x", "}"),
        ("if x > 1.0 { 2.0 } else if x > 2.0 {x} else {", "x", "}"),
        ("match x { 1.0 => 2.0, _ => ", "x", "}"),
        ("match n { 1 => ", "x", ", _ => 1.0 }"),
        ("loop { break ", "x", "}"),
        ("{ let x = x * x; ", "x", "}"),
        ("{ for i in 0..n { s += ", "x", "; } s }"),
        ("{ while s > x { ", "x", "; } s }"),
        ("(|y: f64| y * ", "x", ")(x)"),
        ("{ let c = |y: f64| y * ", "x", "; c(x) }"),
        ("xs.iter().map(|v| v * ", "x", ").sum::<f64>()"),
        ("stop_gradient(", "x", ")"),
        ("vec![", "x", "; 2][0]"),
        ("xs[", "n", "]"),
        ("P { y: ", "x", " }.y"),
        ("unsafe { ", "x", "}"),
        ("{ if x > 3.0 { return x; } s += x; ", "x", "}"),
        ("{ if n > 3 { s = x; ", "x", "; } s }"),
        ("x > ", "x", ""),
        ("x = ", "x", ""),
        ("return ", "x", ""),
    ];
    for (open, core, close) in nests {
        let value = format!("{}{core}{}", open.repeat(DEPTH), close.repeat(DEPTH));
        answered(&format!("fn f(x: f64, xs: &[f64], n: usize) -> f64 {{ let mut s = x; let y = {value}; y * s }}"));
        answered(&format!(
            "fn f(x: f64, xs: &[f64], n: usize) -> f64 {{ let mut s = x; for i in 0..n {{ s = {value}; }} s }}"
        ));
    }
}

#[test]
fn deep_patterns_and_types_are_answered() {
    for (open, core, close) in [("(", "y", ",)"), ("[", "y", "]"), ("Some(", "y", ")"), ("&", "y", ""), ("(", "y", ")")]
    {
        let pattern = format!("{}{core}{}", open.repeat(DEPTH), close.repeat(DEPTH));
        answered(&format!("fn f(x: f64) -> f64 {{ let {pattern} = x; y }}"));
        answered(&format!("fn f(x: f64) -> f64 {{ if let {pattern} = x {{ y }} else {{ x }} }}"));
        answered(&format!("fn f({pattern}: f64, x: f64) -> f64 {{ y * x }}"));
    }
    for (open, close) in
        [("(", ",)"), ("[", "; 2]"), ("&[", "]"), ("Vec<", ">"), ("Option<", ">"), ("&mut ", ""), ("(", ")")]
    {
        let ty = format!("{}f64{}", open.repeat(DEPTH), close.repeat(DEPTH));
        answered(&format!("fn f(x: {ty}, y: f64) -> f64 {{ let z: {ty} = x; y }}"));
        answered(&format!("fn f(y: f64) -> {ty} {{ y }}"));
    }
}

fn answered(function: &str) {
    let text = function.to_owned();
    let result =
        on_a_compilers_stack(move || answer(&TokenStream::new(), text.parse().expect("brackets are in pairs")));
    assert!(result.is_ok(), "{}", result.unwrap_err());
}
