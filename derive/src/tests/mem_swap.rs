//! Two buffers that take turns, and values that are replaced.

use super::{generated, phase};
use expect_test::expect;

pub(super) const TURNS: &str = "
#[backprop]
fn turns(x: &[f64], n: usize) -> f64 {
    let mut now = x.to_vec();
    let mut next = vec![0.0; x.len()];
    for _ in 0..n {
        for i in 1..x.len() {
            next[i] = now[i] * now[i - 1];
        }
        std::mem::swap(&mut now, &mut next);
    }
    now[1]
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn turns(x, n)
            #1 let now = clone x
            #3 let next = vec repeat 0.0, x.len()
            #9 for _ in 0..n
                #7 for i in 1..x.len()
                    #5 let t = mul now[i] now[i - 1]
                    #6 assign next[i] = t
                #8 exchange now, next
            result now[1]
    "#]]
    .assert_eq(&phase("lower", TURNS));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(x: &[f64], n: usize, x_grad: &mut [f64]) -> f64 {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [f64],
            >("turns::value_and_grad_into", "x", &*x, x_grad);
            let mut now = x.to_vec();
            let mut next = ::std::vec![0.0; x.len()];
            let mut tape = ::backprop::__private::Tape::new();
            for _ in 0..n {
                for i in 1..x.len() {
                    let next_0 = next[i];
                    next[i] = now[i] * now[i - 1];
                    tape.push(next_0);
                }
                ::core::mem::swap(&mut now, &mut next);
            }
            let value = now[1];
            let x_bar = x_grad;
            let mut now_bar = ::std::vec![0.0; now.len()];
            now_bar[1] += 1.0;
            let mut next_bar = ::std::vec![0.0; next.len()];
            for _ in (0..n).rev() {
                ::core::mem::swap(&mut now, &mut next);
                ::core::mem::swap(&mut now_bar, &mut next_bar);
                for i in (1..x.len()).rev() {
                    let next_0 = tape.pop();
                    next[i] = next_0;
                    let next_bar_1 = ::core::mem::take(&mut next_bar[i]);
                    if next_bar_1 != 0.0 {
                        now_bar[i] += next_bar_1 * now[i - 1];
                        now_bar[i - 1] += next_bar_1 * now[i];
                    }
                }
            }
            ::backprop::__private::accumulate(&mut x_bar[..], &now_bar[..]);
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", TURNS));
}

pub(super) const REPLACED: &str = "
#[backprop]
fn replaced(mut v: Vec<f64>, x: f64) -> f64 {
    let first = v[0] * v[0];
    let old = std::mem::take(&mut v);
    v.push(x);
    let before = std::mem::replace(&mut v[0], first);
    old[1] * before * v[0]
}
";

#[test]
fn a_value_is_replaced() {
    expect![[r#"
        fn replaced(v, x)
            #1 let first = mul v[0] v[0]
            #2 let old = ::core::default::Default::default() ; old needed
            #3 exchange v, old                           ; swapped back
            #4 push v x
            #5 let before = first                        ; before needed
            #6 exchange v[0], before
            #7 let t = mul old[1] before                 ; t needed
            #8 let t_1 = mul t v[0]
            result t_1
    "#]]
    .assert_eq(&phase("recorded", REPLACED));
    expect![[r#"
        pub fn value_and_grad(mut v: Vec<f64>, x: f64) -> (f64, (Vec<f64>, f64)) {
            let first = v[0] * v[0];
            let mut old = ::core::default::Default::default();
            ::core::mem::swap(&mut v, &mut old);
            v.push(x);
            let mut before = first;
            ::core::mem::swap(&mut v[0], &mut before);
            let t = old[1] * before;
            let value = t * v[0];
            let t_bar = v[0];
            let mut v_bar = ::std::vec![0.0; v.len()];
            v_bar[0] += t;
            let mut old_bar = ::std::vec![0.0; old.len()];
            old_bar[1] += t_bar * before;
            let mut before_bar = t_bar * old[1];
            ::core::mem::swap(&mut v_bar[0], &mut before_bar);
            let first_bar = before_bar;
            let v_bar_1 = ::backprop::__private::pop_adjoint(&mut v_bar);
            let x_bar = v_bar_1;
            ::core::mem::swap(&mut v, &mut old);
            ::core::mem::swap(&mut v_bar, &mut old_bar);
            if first_bar != 0.0 {
                v_bar[0] += first_bar * v[0];
                v_bar[0] += first_bar * v[0];
            }
            (value, (v_bar, x_bar))
        }
    "#]]
    .assert_eq(&generated("both sweeps", REPLACED));
}
