//! What the attribute refuses, one mistake a file, a folder a subject: the message stands on the user's own words and tells the way out.

#[test]
fn refusals() {
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}
