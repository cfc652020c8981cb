use super::{generated, phase};
use expect_test::expect;

/// Kept from trip to trip, read and overwritten.
const RUNNING: &str = "
    #[backprop]
    fn running(x: &[f64]) -> f64 {
        let mut previous: Option<f64> = None;
        let mut sum = 0.0;
        for i in 0..x.len() {
            if let Some(p) = previous {
                sum += (x[i] - p) * p;
            }
            previous = Some(x[i]);
        }
        sum
    }
";

/// By reference, from a slice.
const FIRST: &str = "
    #[backprop]
    fn first(x: &[f64], y: f64) -> f64 {
        match x.first() {
            Some(v) => v * y,
            None => y,
        }
    }
";

#[test]
fn lowered() {
    expect![[r#"
        fn running(x)
            #0 let previous = None
            #1 let sum = 0.0
            #11 for i in 0..x.len()
                #3 let t = previous
                #8 if let Some(p) = t
                    #4 let p = bound t.<Some.0>
                    #5 let t_1 = sub x[i] p
                    #6 let t_2 = mul t_1 p
                    #7 accumulate sum += t_2
                #9 let t_3 = variant Some 0: x[i]
                #10 assign previous = t_3
            result sum
    "#]]
    .assert_eq(&phase("lower", RUNNING));
}

#[test]
fn reversed() {
    expect![[r#"
        begin sum_bar = seed
        restore #11
        begin previous_bar = zero
        for trips of #11 backwards
            restore #10
            replace previous_bar_1 = previous_bar
            begin t_3_bar = previous_bar_1
            restore #9
            add x_bar[i] += t_3_bar.<Some.0>
            restore #8
            begin t_bar = zero
            if #8 went then
                restore #7
                begin t_2_bar = sum_bar
                restore #6
                begin t_1_bar = t_2_bar * p
                begin p_bar = t_2_bar * t_1
                restore #5
                add x_bar[i] += t_1_bar
                add p_bar -= t_1_bar
                restore #4
                add t_bar.<Some.0> += p_bar
            restore #3
            add all previous_bar += t_bar
            restore #2
        restore #1
        restore #0
    "#]]
    .assert_eq(&phase("adjoint", RUNNING));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(x: &[f64], x_grad: &mut [f64]) -> f64 {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [f64],
            >("running::value_and_grad_into", "x", &*x, x_grad);
            let mut previous: Option<f64> = None;
            let mut sum = 0.0;
            let mut tape = ::backprop::__private::Tape::with_capacity(
                ::core::iter::Iterator::size_hint(&(0..x.len())).0,
            );
            for i in 0..x.len() {
                let t = previous;
                let t_zero = ::backprop::__private::zero_gradient(&t);
                let branch = if let Some(p) = t {
                    let t_1 = x[i] - p;
                    sum += t_1 * p;
                    ::backprop::__private::Branch::Then((p, t_1))
                } else {
                    ::backprop::__private::Branch::Else(())
                };
                let previous_0 = previous;
                previous = Some(x[i]);
                tape.push((t_zero, branch, previous_0));
            }
            let value = sum;
            let x_bar = x_grad;
            let mut previous_bar = ::backprop::__private::zero_gradient(&previous);
            for i in (0..x.len()).rev() {
                let (t_zero, branch, previous_0) = tape.pop();
                previous = previous_0;
                let previous_bar_1 = ::core::mem::replace(
                    &mut previous_bar,
                    ::backprop::__private::zero_gradient(&previous),
                );
                let mut t_3_bar = previous_bar_1;
                x_bar[i] += *::backprop::__private::some_payload(&mut t_3_bar);
                let mut t_bar = t_zero;
                match branch {
                    ::backprop::__private::Branch::Then((p, t_1)) => {
                        let t_1_bar = p;
                        let mut p_bar = t_1;
                        x_bar[i] += t_1_bar;
                        p_bar -= t_1_bar;
                        *::backprop::__private::some_payload(&mut t_bar) += p_bar;
                    }
                    ::backprop::__private::Branch::Else(()) => {}
                }
                ::backprop::__private::accumulate(&mut previous_bar, &t_bar);
            }
            value
        }
    "#]]
    .assert_eq(&generated("value_and_grad_into", RUNNING));
    expect![[r#"
        fn both_sweeps(x: &[f64], y: f64, x_grad: &mut [f64]) -> (f64, f64) {
            let t;
            let branch = match x.first() {
                Some(v) => {
                    t = v * y;
                    ::backprop::__private::Branch::Then(())
                }
                None => {
                    t = y;
                    ::backprop::__private::Branch::Else(())
                }
            };
            let value = t;
            let x_bar = x_grad;
            let mut y_bar = 0.0;
            match branch {
                ::backprop::__private::Branch::Then(()) => {
                    x_bar[0] += y;
                    y_bar += x[0];
                }
                ::backprop::__private::Branch::Else(()) => {
                    y_bar += 1.0;
                }
            }
            (value, y_bar)
        }
    "#]]
    .assert_eq(&generated("both_sweeps", FIRST));
}
