//! The function that the README opens with, and what the macro writes for it.

#[test]
fn what_the_readme_shows_is_what_the_macro_writes() {
    super::pages::hold("README.md");
}
