//! What a gradient costs, as ratios from one run.
//!
//! Each row is a function with its gradient by the macro and one written by hand, as somebody who knows the function
//! would write it: fused where the adjoint is known before a loop, values kept where they are dear. Both are held to
//! each other before they are measured. A ratio is good to some hundredths, as where the linker puts a loop plays a part;
//! the instructions tell whether it does.
//!
//!     cargo bench --bench ratios                         ratios of times, and allocations
//!     cargo bench --bench ratios -- dot                  rows whose names contain `dot`
//!     cargo bench --bench ratios -- --instructions       ratios of instructions, counted by valgrind
//!
//! Times are of batches that take turns, so that a busy machine slows all alike; a ratio is the median over the turns.
//! No time is printed, because none means anything on another machine.

mod digits;
mod harness;
mod loops;
mod recurrence;
mod straight;

fn main() {
    let cases = [straight::cases(), loops::cases(), recurrence::cases(), digits::cases()];
    harness::run(cases.into_iter().flatten().collect());
}
