use super::resolve;
use crate::names::Names;
use quote::ToTokens;

/// Holds the body of a function on `x` and `y` to what resolving makes of it.
fn assert_resolved(body: &str, expected: &str) {
    let function = |body: &str| -> syn::ItemFn {
        syn::parse_str(&format!("fn f(x: f64, y: f64) -> f64 {{ {body} }}")).expect("the test's text is Rust")
    };
    let mut resolved = function(body);
    let mut names = Names::avoiding(resolved.to_token_stream());
    resolve(&mut resolved, &mut names);
    let text = |function: syn::ItemFn| {
        let items = vec![syn::Item::Fn(function)];
        prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items })
    };
    assert_eq!(text(resolved), text(function(expected)));
}

fn assert_unchanged(body: &str) {
    assert_resolved(body, body);
}

#[test]
fn names_that_mean_one_variable_stay() {
    assert_unchanged("let a = x * y; let b = { let c = a; c }; for i in 0..3 { g(i); } a + b");
}

#[test]
fn a_second_variable_of_a_name_is_numbered_and_its_uses_with_it() {
    assert_resolved("let x = x + y; let x = x * x; x", "let x_1 = x + y; let x_2 = x_1 * x_1; x_2");
}

#[test]
fn a_variable_named_like_a_function_mentioned_elsewhere_is_numbered() {
    assert_resolved(
        "if g(y) { let g = |v| v * x; g(y) } else { y }",
        "if g(y) { let g_1 = |v| v * x; g_1(y) } else { y }",
    );
    assert_resolved("let g = |v| g(v); g(x)", "let g_1 = |v| g(v); g_1(x)");
}

#[test]
fn a_number_that_the_user_took_is_left_out() {
    assert_resolved("let x_1 = y; let x = x; x * x_1", "let x_1 = y; let x_2 = x; x_2 * x_1");
}

#[test]
fn a_block_gives_the_name_back() {
    assert_resolved("let a = { let x = y; x * x }; a * x", "let a = { let x_1 = y; x_1 * x_1 }; a * x");
}

#[test]
fn one_name_in_two_blocks_is_two_variables() {
    assert_resolved("{ let a = x; g(a); } { let a = y; g(a); } x", "{ let a = x; g(a); } { let a_1 = y; g(a_1); } x");
}

#[test]
fn a_loop_variable_is_not_seen_by_its_range() {
    assert_resolved("for x in 0..n(x) { g(x); } x", "for x_1 in 0..n(x) { g(x_1); } x");
}

#[test]
fn branches_have_names_of_their_own() {
    assert_resolved(
        "if x > 0.0 { let y = x; y } else if y > 0.0 { let x = y; x } else { y }",
        "if x > 0.0 { let y_1 = x; y_1 } else if y > 0.0 { let x_1 = y; x_1 } else { y }",
    );
}

#[test]
fn what_if_let_binds_is_seen_by_the_rest_of_the_condition_and_by_its_block_alone() {
    assert_resolved(
        "if let Some(x) = g(x) && x > 0 { x } else { h(x) }",
        "if let Some(x_1) = g(x) && x_1 > 0 { x_1 } else { h(x) }",
    );
    assert_resolved("while let Some(x) = g(x) { h(x); } x", "while let Some(x_1) = g(x) { h(x_1); } x");
}

#[test]
fn what_let_else_binds_is_not_seen_by_its_else() {
    assert_resolved("let Some(x) = g(x) else { return h(x) }; x", "let Some(x_1) = g(x) else { return h(x) }; x_1");
}

#[test]
fn a_capital_is_a_constant_where_a_pattern_may_fail() {
    assert_resolved("match g(x) { None => x, MAX => y, x => x }", "match g(x) { None => x, MAX => y, x_1 => x_1 }");
    assert_resolved("let N = x; let N = N * y; N", "let N = x; let N_1 = N * y; N_1");
}

#[test]
fn alternatives_bind_one_variable() {
    assert_resolved(
        "match g(x) { A(x) | B { x, .. } => x, C(a, y) | D(y, a) => a * y }",
        "match g(x) { A(x_1) | B { x: x_1, .. } => x_1, C(a, y_1) | D(y_1, a) => a * y_1 }",
    );
}

#[test]
fn a_guard_sees_what_its_pattern_binds() {
    assert_resolved("match g(x) { x if x > y => x, _ => x }", "match g(x) { x_1 if x_1 > y => x_1, _ => x }");
}

#[test]
fn a_name_for_the_whole_binds_as_well_as_its_parts() {
    assert_resolved(
        "match g(x) { x @ Some(y) => h(x, y), _ => x }",
        "match g(x) { x_1 @ Some(y_1) => h(x_1, y_1), _ => x }",
    );
}

#[test]
fn the_parameters_of_a_closure_are_its_own() {
    assert_resolved(
        "let g = |x: f64, (a, y)| x * y * a; let a = g(x, (y, y)); a",
        "let g = |x_1: f64, (a, y_1)| x_1 * y_1 * a; let a_1 = g(x, (y, y)); a_1",
    );
}

#[test]
fn a_field_named_like_a_renamed_variable_keeps_its_name() {
    assert_resolved(
        "let x = y; let P { x, z } = P { x, y }; p.x + x.y(x) + z",
        "let x_1 = y; let P { x: x_2, z } = P { x: x_1, y }; p.x + x_2.y(x_2) + z",
    );
}

#[test]
fn paths_types_and_items_are_no_variables() {
    assert_resolved(
        "let x = y; fn x() {} x::y(m::x, x::<x>(x as x))",
        "let x_1 = y; fn x() {} x::y(m::x, x_1::<x>(x_1 as x))",
    );
}

#[test]
fn macros_read_the_renamed_variable() {
    assert_resolved(
        "let x = y; assert!(x > p.x, \"{}\", f(x)); x",
        "let x_1 = y; assert!(x_1 > p.x, \"{}\", f(x_1)); x_1",
    );
}

#[test]
fn format_strings_read_the_renamed_variable() {
    assert_resolved(
        r#"let (x, w, p) = (y, 4, 2); let x = x; let w = w; let p = p; println!("{x} {x:?} {x:w$.p$} {{x}} {y} {}", x); x"#,
        r#"let (x_1, w, p) = (y, 4, 2); let x_2 = x_1; let w_1 = w; let p_1 = p; println!("{x_2} {x_2:?} {x_2:w_1$.p_1$} {{x}} {y} {}", x_2); x_2"#,
    );
}

#[test]
fn the_flags_of_a_format_are_no_names() {
    assert_resolved(
        r#"let x = x; let e = y; let e = e; format!("{x:>+08.3e} {e:x^#5} {x:e>e$}"); e"#,
        r#"let x_1 = x; let e = y; let e_1 = e; format!("{x_1:>+08.3e} {e_1:x^#5} {x_1:e>e_1$}"); e_1"#,
    );
}

#[test]
fn strings_that_are_no_format_stay() {
    assert_resolved(r#"let x = x; g("{x}"); custom!("{x}"); x"#, r#"let x_1 = x; g("{x}"); custom!("{x}"); x_1"#);
}

#[test]
fn raw_names_are_numbered_too() {
    assert_resolved("let r#type = x; let r#type = r#type; r#type", "let r#type = x; let type_1 = r#type; type_1");
}

#[test]
fn a_labelled_block_and_a_loop_keep_scopes() {
    assert_resolved(
        "let a = 'x: { let x = y; break 'x x }; loop { let x = a; break x; }",
        "let a = 'x: { let x_1 = y; break 'x x_1 }; loop { let x_2 = a; break x_2; }",
    );
}
