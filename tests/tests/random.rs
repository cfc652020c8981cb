//! A few random programs, the same in every run; CONTRIBUTING.md has the command for thousands.

use backprop_tests::random::{Batch, Subject, Tally, shrink};

/// From here on for so many nothing is made that the macro still refuses; more can follow as it accepts more.
const SEED: u64 = 483;
const COUNT: usize = 26;

#[test]
fn random_programs_have_the_derivatives_that_dual_numbers_find() {
    let mut tally = Tally::default();
    let subjects: Vec<Subject> = (SEED..).filter_map(|seed| Subject::new(seed, &mut tally)).take(COUNT).collect();
    assert!(tally.smooth * 2 > tally.points, "central differences are to have their say as well");

    let batch = Batch::new("quick");
    let verdicts = batch.judge(&subjects);
    let failed = subjects.iter().zip(verdicts).find_map(|(subject, verdict)| Some((subject, verdict?)));
    if let Some((subject, failure)) = failed {
        let (subject, failure) = shrink(&batch, subject, &failure);
        panic!("{:?}: {}\n{}", failure.kind, failure.message, subject.print_alone());
    }
}
