//! Rounded values as integers.

use super::phase;
use expect_test::expect;

const BINNED: &str = "
#[backprop]
fn binned(x: f64, table: &[f64]) -> f64 {
    let below = x.floor();
    let i = (below.max(0.0) + 1.0) as usize;
    table[i] * (1.0 - x) + table[(if x > 0.5 { x } else { -x }).floor() as usize] * (i as f64)
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn binned(x, table)
            #1 let below = floor x
            #2 let i = (below.max(0.0) + 1.0) as usize
            #3 let t = sub 1.0 x
            #4 let t_1 = mul table[i] t
            #5 let t_2 = (if x > 0.5 { x } else { - x }).floor() as usize
            #6 let t_3 = mul table[t_2] i as f64
            #7 let t_4 = add t_1 t_3
            result t_4
    "#]]
    .assert_eq(&phase("lower", BINNED));
}
