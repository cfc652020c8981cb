use super::{generated, phase};
use expect_test::expect;

/// As many trips as the values ask for.
const NEWTON: &str = "
    #[backprop]
    fn newton(a: f64) -> f64 {
        let mut x = a;
        while (x * x - a).abs() > 1e-9 {
            x = 0.5 * (x + a / x);
        }
        x
    }
";

/// A loop with a value.
const DOUBLED: &str = "
    #[backprop]
    fn doubled(x: f64) -> f64 {
        let mut y = x;
        let big = loop {
            y = y * y;
            if y > 5.0 {
                break y * x;
            }
        };
        big
    }
";

#[test]
fn lowered() {
    expect![[r#"
        fn newton(a)
            #0 let x = a
            #5 while (x * x - a).abs() > 1e-9 counting trips
                #1 let t = div a x
                #2 let t_1 = add x t
                #3 let t_2 = mul 0.5 t_1
                #4 assign x = t_2
            result x
    "#]]
    .assert_eq(&phase("lower", NEWTON));
    expect![[r#"
        fn doubled(x)
            #0 let y = x
            #1 declare big
            #8 loop counting trips
                #2 let t = mul y y
                #3 assign y = t
                #7 if y > 5.0
                    #4 let t_1 = mul y x
                    #5 init big = t_1
                    #6 break 1
            result big
    "#]]
    .assert_eq(&phase("lower", DOUBLED));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(a: f64) -> (f64, f64) {
            let mut x = a;
            let mut tape = ::backprop::__private::Tape::new();
            let mut trips = 0usize;
            while (x * x - a).abs() > 1e-9 {
                let t = a / x;
                let x_0 = x;
                x = 0.5 * (x + t);
                tape.push((t, x_0));
                trips += 1;
            }
            let value = x;
            let mut x_bar = 1.0;
            let mut a_bar = 0.0;
            for _ in 0..trips {
                let (t, x_0) = tape.pop();
                x = x_0;
                let x_bar_1 = ::core::mem::take(&mut x_bar);
                let t_1_bar = if x_bar_1 != 0.0 { x_bar_1 * 0.5 } else { 0.0 };
                x_bar += t_1_bar;
                if t_1_bar != 0.0 {
                    let t_bar_1 = t_1_bar / x;
                    a_bar += t_bar_1;
                    x_bar -= t_bar_1 * t;
                }
            }
            a_bar += x_bar;
            (value, a_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", NEWTON));
    expect![[r#"
        pub fn value_and_grad(x: f64) -> (f64, f64) {
            let mut y = x;
            let big;
            let mut tape = ::backprop::__private::Tape::new();
            let mut trips = 0usize;
            loop {
                let y_0 = y;
                y = y * y;
                let branch = y > 5.0;
                if branch {
                    big = y * x;
                    tape.push((y_0, branch));
                    trips += 1;
                    break;
                }
                tape.push((y_0, branch));
                trips += 1;
            }
            let value = big;
            let mut x_bar = 0.0;
            let mut y_bar = 0.0;
            for _ in 0..trips {
                let (y_0, branch) = tape.pop();
                if branch {
                    y_bar += x;
                    x_bar += y;
                }
                y = y_0;
                let y_bar_1 = ::core::mem::take(&mut y_bar);
                if y_bar_1 != 0.0 {
                    y_bar += y_bar_1 * y;
                    y_bar += y_bar_1 * y;
                }
            }
            x_bar += y_bar;
            (value, x_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", DOUBLED));
}
