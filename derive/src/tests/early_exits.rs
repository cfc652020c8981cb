use super::{generated, phase};
use expect_test::expect;

/// A trip that is left early, by `continue` and by `return`.
const BOUNDED: &str = "
    #[backprop]
    fn bounded(x: &[f64], a: f64) -> f64 {
        let mut s = a;
        for v in x {
            if *v < 0.0 {
                continue;
            }
            s *= *v;
            if s > 9.0 {
                return s;
            }
        }
        s * a
    }
";

#[test]
fn lowered() {
    expect![[r#"
        fn bounded(x, a)
            #0 declare result
            #1 let s = a
            #11 for elements k of x counting trips
                #2 alias v = x[k]
                #4 if * v < 0.0
                    #3 continue 1
                #10 rest
                    #5 let t = mul s *v
                    #6 assign s = t
                    #9 if s > 9.0
                        #7 init result = s
                        #8 return
            #14 rest
                #12 let t_1 = mul s a
                #13 init result = t_1
            result result
    "#]]
    .assert_eq(&phase("lower", BOUNDED));
}

#[test]
fn reversed() {
    expect![[r#"
        begin result_bar = seed
        restore #14
        begin a_bar = zero
        begin s_bar = zero
        if rest #14 ran
            restore #13
            begin t_1_bar = result_bar
            restore #12
            where t_1_bar is not zero
                add s_bar += t_1_bar * a
                add a_bar += t_1_bar * s
        restore #11
        for trips of #11 backwards
            restore #10
            if rest #10 ran
                restore #9
                if #9 went then
                    restore #8
                    restore #7
                    add s_bar += result_bar
                restore #6
                take s_bar_1 = s_bar
                begin t_bar = s_bar_1
                restore #5
                where t_bar is not zero
                    add s_bar += t_bar * x[k]
                    add x_bar[k] += t_bar * s
            restore #4
            if #4 went then
                restore #3
            restore #2
        restore #1
        add a_bar += s_bar
        restore #0
    "#]]
    .assert_eq(&phase("adjoint", BOUNDED));
}

#[test]
fn expanded() {
    expect![[r#"
        fn both_sweeps(x: &[f64], a: f64, x_grad: &mut [f64]) -> (f64, f64) {
            use ::core::iter::Iterator as _;
            let result: f64;
            let mut tape = ::backprop::__private::Tape::new();
            let (mut s, mut trips, rest_1) = 'forward: {
                let mut s = a;
                let mut trips = 0usize;
                for v in x {
                    if *v < 0.0 {
                        tape.push(::core::option::Option::None);
                        trips += 1;
                        continue;
                    }
                    let s_0 = s;
                    s = s * *v;
                    let branch = s > 9.0;
                    if branch {
                        result = s;
                        tape.push(::core::option::Option::Some((s_0, branch)));
                        trips += 1;
                        break 'forward (s, trips, ::core::option::Option::None);
                    }
                    tape.push(::core::option::Option::Some((s_0, branch)));
                    trips += 1;
                }
                result = s * a;
                (s, trips, ::core::option::Option::Some(()))
            };
            let value = result;
            let x_bar = x_grad;
            let mut a_bar = 0.0;
            let mut s_bar = 0.0;
            if let ::core::option::Option::Some(()) = rest_1 {
                s_bar += a;
                a_bar += s;
            }
            for k in (0..trips).rev() {
                let rest = tape.pop();
                if let ::core::option::Option::Some((s_0, branch)) = rest {
                    if branch {
                        s_bar += 1.0;
                    }
                    s = s_0;
                    let s_bar_1 = ::core::mem::take(&mut s_bar);
                    if s_bar_1 != 0.0 {
                        s_bar += s_bar_1 * x[k];
                        x_bar[k] += s_bar_1 * s;
                    }
                }
            }
            a_bar += s_bar;
            (value, a_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", BOUNDED));
}
