use super::{generated, phase};
use expect_test::expect;

/// Arms on an integer, one of which leaves.
const BY_CODE: &str = "
    #[backprop]
    fn by_code(x: f64, y: f64, code: u8) -> f64 {
        let z = match code {
            0 => x * y,
            1..=9 => x.sin(),
            _ => return y,
        };
        z * z
    }
";

/// Guards on a float, which the arms name.
const PIECEWISE: &str = "
    #[backprop]
    fn piecewise(x: f64) -> f64 {
        match x * x {
            v if v < 1.0 => v * x,
            v => v.sqrt(),
        }
    }
";

/// A value taken apart, or else an exit.
const LOOKED_UP: &str = "
    #[backprop]
    fn looked_up(x: &[f64], at: usize) -> f64 {
        let Some(before) = at.checked_sub(1) else {
            return x[at];
        };
        x[at] * x[before]
    }
";

#[test]
fn lowered() {
    expect![[r#"
        fn by_code(x, y, code)
            #0 declare result
            #1 declare z
            #8 match code
            arm 0
                #2 let t = mul x y
                #3 init z = t
            arm 1 ..= 9
                #4 let t_1 = sin x
                #5 init z = t_1
            arm _
                #6 init result = y
                #7 return
            #11 rest
                #9 let t_2 = mul z z
                #10 init result = t_2
            result result
    "#]]
    .assert_eq(&phase("lower", BY_CODE));
    expect![[r#"
        fn piecewise(x)
            #0 declare t
            #1 let t_1 = mul x x
            #8 match t_1
            arm v if v < 1.0
                #2 alias v = t_1
                #3 let t_2 = mul v x
                #4 init t = t_2
            arm v_1
                #5 alias v_1 = t_1
                #6 let t_3 = sqrt v_1
                #7 init t = t_3
            result t
    "#]]
    .assert_eq(&phase("lower", PIECEWISE));
    expect![[r#"
        fn looked_up(x, at)
            #0 declare result
            #3 let Some(before) = at.checked_sub(1) else
                #1 init result = x[at]
                #2 return
            #6 rest
                #4 let t = mul x[at] x[before]
                #5 init result = t
            result result
    "#]]
    .assert_eq(&phase("lower", LOOKED_UP));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, y: f64, code: u8) -> (f64, (f64, f64)) {
            let result: f64;
            let (branch, rest) = 'forward: {
                let z;
                let branch = match code {
                    0 => {
                        z = x * y;
                        ::backprop::__private::Branch::Then(())
                    }
                    1..=9 => {
                        z = x.sin();
                        ::backprop::__private::Branch::Else(
                            ::backprop::__private::Branch::Then(()),
                        )
                    }
                    _ => {
                        result = y;
                        break 'forward (
                            ::backprop::__private::Branch::Else(
                                ::backprop::__private::Branch::Else(()),
                            ),
                            ::core::option::Option::None,
                        );
                    }
                };
                result = z * z;
                (branch, ::core::option::Option::Some(z))
            };
            let value = result;
            let mut z_bar = 0.0;
            if let ::core::option::Option::Some(z) = rest {
                z_bar += z;
                z_bar += z;
            }
            let mut x_bar = 0.0;
            let mut y_bar = 0.0;
            match branch {
                ::backprop::__private::Branch::Then(()) => {
                    let t_bar = z_bar;
                    if t_bar != 0.0 {
                        x_bar += t_bar * y;
                        y_bar += t_bar * x;
                    }
                }
                ::backprop::__private::Branch::Else(::backprop::__private::Branch::Then(())) => {
                    let t_1_bar = z_bar;
                    if t_1_bar != 0.0 {
                        x_bar += t_1_bar * x.cos();
                    }
                }
                ::backprop::__private::Branch::Else(::backprop::__private::Branch::Else(())) => {
                    y_bar += 1.0;
                }
            }
            (value, (x_bar, y_bar))
        }
    "#]]
    .assert_eq(&generated("both sweeps", BY_CODE));
    expect![[r#"
        pub fn value_and_grad(x: f64) -> (f64, f64) {
            let t;
            let t_1 = x * x;
            let branch = match t_1 {
                v if v < 1.0 => {
                    t = v * x;
                    ::backprop::__private::Branch::Then(())
                }
                v_1 => {
                    let t_3 = v_1.sqrt();
                    t = t_3;
                    ::backprop::__private::Branch::Else(t_3)
                }
            };
            let value = t;
            let mut x_bar = 0.0;
            let mut t_1_bar = 0.0;
            match branch {
                ::backprop::__private::Branch::Then(()) => {
                    t_1_bar += x;
                    x_bar += t_1;
                }
                ::backprop::__private::Branch::Else(t_3) => {
                    t_1_bar += 1.0 / (t_3 + t_3);
                }
            }
            if t_1_bar != 0.0 {
                x_bar += t_1_bar * x;
                x_bar += t_1_bar * x;
            }
            (value, x_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", PIECEWISE));
    expect![[r#"
        pub fn value_and_grad_into(x: &[f64], at: usize, x_grad: &mut [f64]) -> f64 {
            ::backprop::__private::check_buffer::<
                [f64],
            >("looked_up::value_and_grad_into", "x", &*x, x_grad);
            let result: f64;
            let (branch, rest) = 'forward: {
                let Some(before) = at.checked_sub(1) else {
                    result = x[at];
                    break 'forward (
                        ::backprop::__private::Branch::Else(()),
                        ::core::option::Option::None,
                    );
                };
                let branch = ::backprop::__private::Branch::Then(());
                result = x[at] * x[before];
                (branch, ::core::option::Option::Some(before))
            };
            let value = result;
            let x_bar = x_grad;
            if let ::core::option::Option::Some(before) = rest {
                x_bar[at] += x[before];
                x_bar[before] += x[at];
            }
            if let ::backprop::__private::Branch::Else(()) = branch {
                x_bar[at] += 1.0;
            }
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", LOOKED_UP));
}
