use super::{Names, bare};
use proc_macro2::Ident;

fn avoiding(text: &str) -> Names {
    Names::avoiding(text.parse().expect("the test's text is Rust"))
}

#[test]
fn a_free_name_is_handed_out_once_as_it_is_and_then_numbered() {
    let mut names = avoiding("x + y");
    assert_eq!(names.fresh("x_bar"), "x_bar");
    assert_eq!(names.fresh("x_bar"), "x_bar_1");
    assert_eq!(names.fresh("x_bar"), "x_bar_2");
}

#[test]
fn names_of_the_user_are_never_handed_out() {
    let mut names = avoiding("fn t(t_1: f64) { { [t_2] } }");
    assert_eq!(names.fresh("t"), "t_3");
}

#[test]
fn words_in_literals_count_as_names() {
    let mut names = avoiding(r#"println!("{tape:>w$} {branch}")"#);
    assert_eq!(names.fresh("tape"), "tape_1");
    assert_eq!(names.fresh("branch"), "branch_1");
    assert_eq!(names.fresh("w"), "w_1");
}

#[test]
fn a_raw_name_and_a_bare_one_are_the_same() {
    let mut names = avoiding("r#type + r#loop_bar");
    assert_eq!(names.fresh("r#type"), "type_1");
    assert_eq!(names.fresh("loop_bar"), "loop_bar_1");
    assert_eq!(bare(&Ident::new_raw("type", proc_macro2::Span::call_site())), "type");
}

#[test]
fn a_numbered_name_always_has_a_number() {
    let mut names = avoiding("y_1");
    assert_eq!(names.numbered("x"), "x_1");
    assert_eq!(names.numbered("x"), "x_2");
    assert_eq!(names.numbered("y"), "y_2");
    assert_eq!(names.numbered("r#match"), "match_1");
}

#[test]
fn a_name_given_back_is_free_again() {
    let mut names = avoiding("x");
    let t = names.fresh("t");
    names.release(&t);
    assert_eq!(names.fresh("t"), "t");
}
