//! A vector that is made in a statement which may also leave.

use super::{generated, phase};
use expect_test::expect;

const MADE_OR_LEFT: &str = "
#[backprop]
fn made_or_left(x: f64, n: usize) -> f64 {
    let v;
    if n > 0 {
        v = vec![x; n];
        if n > 9 {
            return v[0] * v[1];
        }
    } else {
        return x;
    }
    v[0] * v[0]
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn made_or_left(x, n)
            #0 declare result
            #1 declare v
            #10 if n > 0
                #2 let t = vec repeat x, n
                #3 init v = t
                #7 if n > 9
                    #4 let t_1 = mul v[0] v[1]
                    #5 init result = t_1
                    #6 return
            else
                #8 init result = x
                #9 return
            #13 rest
                #11 let t_2 = mul v[0] v[0]
                #12 init result = t_2
            result result
    "#]]
    .assert_eq(&phase("lower", MADE_OR_LEFT));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, n: usize) -> (f64, f64) {
            let result: f64;
            let (branch_1, rest) = 'forward: {
                let v;
                let branch_1 = if n > 0 {
                    v = ::std::vec![x; n];
                    let branch = n > 9;
                    if branch {
                        result = v[0] * v[1];
                        break 'forward (
                            ::backprop::__private::Branch::Then((
                                ::core::clone::Clone::clone(&v),
                                branch,
                            )),
                            ::core::option::Option::None,
                        );
                    }
                    ::backprop::__private::Branch::Then((
                        ::core::clone::Clone::clone(&v),
                        branch,
                    ))
                } else {
                    result = x;
                    break 'forward (
                        ::backprop::__private::Branch::Else(()),
                        ::core::option::Option::None,
                    );
                };
                result = v[0] * v[0];
                (branch_1, ::core::option::Option::Some(v))
            };
            let value = result;
            let mut v_bar = ::core::option::Option::None;
            if let ::core::option::Option::Some(v) = rest {
                let v_bar = v_bar.get_or_insert_with(|| ::std::vec![0.0; v.len()]);
                (*v_bar)[0] += v[0];
                (*v_bar)[0] += v[0];
            }
            let mut x_bar = 0.0;
            match branch_1 {
                ::backprop::__private::Branch::Then((v, branch)) => {
                    let v_bar = v_bar.get_or_insert_with(|| ::std::vec![0.0; v.len()]);
                    if branch {
                        (*v_bar)[0] += v[1];
                        (*v_bar)[1] += v[0];
                    }
                    let t_bar = ::core::clone::Clone::clone(&*v_bar);
                    x_bar += ::backprop::__private::sum(&t_bar[..]);
                }
                ::backprop::__private::Branch::Else(()) => {
                    x_bar += 1.0;
                }
            }
            (value, x_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", MADE_OR_LEFT));
}
