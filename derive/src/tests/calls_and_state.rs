//! A scratch buffer that every trip overwrites.

use super::{generated, phase};
use expect_test::expect;

pub(super) const SCRATCH_IN_A_LOOP: &str = "
#[backprop]
fn scratch_in_a_loop(w: &[f64], #[constant] data: &[f64]) -> f64 {
    let mut scratch = vec![0.0; w.len()];
    let mut loss = 0.0;
    for k in 0..data.len() {
        let a = hidden(w, &data[k..k + 1], &mut scratch);
        loss += a * a;
    }
    loss
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn scratch_in_a_loop(w, data)
            #1 let scratch = vec repeat 0.0, w.len()
            #2 let loss = 0.0
            #8 for k in 0..data.len()
                #5 call a = hidden(&w, &data[k..k + 1], &mut scratch)
                #6 let t = mul a a
                #7 accumulate loss += t
            result loss
    "#]]
    .assert_eq(&phase("lower", SCRATCH_IN_A_LOOP));
}

#[test]
fn recorded() {
    expect![[r#"
        fn scratch_in_a_loop(w, data)
            #1 let scratch = vec repeat 0.0, w.len()     ; scratch needed
            #2 let loss = 0.0
            #8 for k in 0..data.len()
                #5 call a = hidden(&w, &data[k..k + 1], &mut scratch) ; saves scratch; a needed
                #6 let t = mul a a
                #7 accumulate loss += t
            result loss
    "#]]
    .assert_eq(&phase("recorded", SCRATCH_IN_A_LOOP));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(w: &[f64], data: &[f64], w_grad: &mut [f64]) -> f64 {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [f64],
            >("scratch_in_a_loop::value_and_grad_into", "w", &*w, w_grad);
            let mut scratch = ::std::vec![0.0; w.len()];
            let mut loss = 0.0;
            let mut tape = ::backprop::__private::Tape::with_capacity(
                ::core::iter::Iterator::size_hint(&(0..data.len())).0,
            );
            for k in 0..data.len() {
                let scratch_0 = ::core::clone::Clone::clone(&scratch);
                let (a, hidden_pullback) = hidden::forward::<
                    true,
                    false,
                    true,
                >(w, &data[k..k + 1], &mut scratch);
                ::backprop::__private::scalar(&a);
                loss += a * a;
                tape.push((a, scratch_0, hidden_pullback));
            }
            let value = loss;
            let w_bar = w_grad;
            let mut scratch_bar = ::std::vec![0.0; scratch.len()];
            for k in (0..data.len()).rev() {
                let (a, scratch_0, hidden_pullback) = tape.pop();
                let a_bar = a + a;
                hidden_pullback(
                    a_bar,
                    (&*w, ::core::option::Option::Some(&mut *w_bar)),
                    (&data[k..k + 1], ::core::option::Option::None),
                    (&mut scratch, ::core::option::Option::Some(&mut scratch_bar)),
                );
                scratch = scratch_0;
            }
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", SCRATCH_IN_A_LOOP));
}
