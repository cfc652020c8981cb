//! The functions that `docs/pipeline.md` takes through the phases.

#[test]
fn the_phases_that_the_page_shows_are_the_real_ones() {
    super::pages::hold("docs/pipeline.md");
}
