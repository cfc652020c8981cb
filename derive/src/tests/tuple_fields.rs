//! A tuple carried through a loop.

use super::{generated, phase};
use expect_test::expect;

pub(super) const COMPLEX_POWER: &str = "
#[backprop]
fn complex_power(c: (f64, f64), n: usize) -> f64 {
    let mut z = c;
    for _ in 0..n {
        z = (z.0 * z.0 - z.1 * z.1, z.0 * z.1);
        z.1 *= 2.0;
    }
    z.0
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn complex_power(c, n)
            #0 let z = c
            #9 for _ in 0..n
                #1 let t = mul z.0 z.0
                #2 let t_1 = mul z.1 z.1
                #3 let t_2 = sub t t_1
                #4 let t_3 = mul z.0 z.1
                #5 let t_4 = tuple t_2, t_3
                #6 assign z = t_4
                #7 let t_5 = mul z.1 2.0
                #8 assign z.1 = t_5
            result z.0
    "#]]
    .assert_eq(&phase("lower", COMPLEX_POWER));
}

#[test]
fn recorded() {
    expect![[r#"
        fn complex_power(c, n)
            #0 let z = c                                 ; z needed
            #9 for _ in 0..n
                #1 let t = mul z.0 z.0
                #2 let t_1 = mul z.1 z.1
                #3 let t_2 = sub t t_1
                #4 let t_3 = mul z.0 z.1
                #5 let t_4 = tuple t_2, t_3
                #6 assign z = t_4                            ; saves z
                #7 let t_5 = mul z.1 2.0
                #8 assign z.1 = t_5
            result z.0
    "#]]
    .assert_eq(&phase("recorded", COMPLEX_POWER));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(c: (f64, f64), n: usize) -> (f64, (f64, f64)) {
            use ::core::iter::Iterator as _;
            let mut z = c;
            let mut tape = ::backprop::__private::Tape::with_capacity(
                ::core::iter::Iterator::size_hint(&(0..n)).0,
            );
            for _ in 0..n {
                let z_0 = z;
                z = (z.0 * z.0 - z.1 * z.1, z.0 * z.1);
                z.1 = z.1 * 2.0;
                tape.push(z_0);
            }
            let value = z.0;
            let mut z_bar = (0.0, 0.0);
            z_bar.0 += 1.0;
            for _ in (0..n).rev() {
                let z_0 = tape.pop();
                let z_bar_1 = ::core::mem::take(&mut z_bar.1);
                if z_bar_1 != 0.0 {
                    z_bar.1 += z_bar_1 * 2.0;
                }
                z = z_0;
                let z_bar_2 = ::backprop::__private::take_gradient(&mut z_bar);
                let t_4_bar = z_bar_2;
                let t_2_bar = t_4_bar.0;
                let t_3_bar = t_4_bar.1;
                if t_3_bar != 0.0 {
                    z_bar.0 += t_3_bar * z.1;
                    z_bar.1 += t_3_bar * z.0;
                }
                let t_1_bar = -t_2_bar;
                if t_1_bar != 0.0 {
                    z_bar.1 += t_1_bar * z.1;
                    z_bar.1 += t_1_bar * z.1;
                }
                if t_2_bar != 0.0 {
                    z_bar.0 += t_2_bar * z.0;
                    z_bar.0 += t_2_bar * z.0;
                }
            }
            let c_bar = z_bar;
            (value, c_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", COMPLEX_POWER));
}
