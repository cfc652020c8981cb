use super::{generated, phase};
use expect_test::expect;

const CHAIN: &str = "
    #[backprop]
    fn chain(a: f64, b: f64) -> Result<f64, String> {
        let q = divided(a, b)?;
        Ok(q * b)
    }
";

#[test]
fn lowered() {
    expect![[r#"
        fn chain(a, b)
            #0 declare result
            #1 declare q
            #2 call t = divided(a, b)
            #9 match t
            arm Ok(value_1)
                #3 let value_1 = bound t.<Ok.0>
                #4 init q = value_1
            arm Err(error)
                #6 let t_1 = Err(::core::convert::From::from(error))
                #7 init result = t_1
                #8 return
            #13 rest
                #10 let t_2 = mul q b
                #11 let t_3 = variant Ok 0: t_2
                #12 init result = t_3
            result result
    "#]]
    .assert_eq(&phase("lower", CHAIN));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn forward<const A_ACTIVE: bool, const B_ACTIVE: bool>(
            a: f64,
            b: f64,
        ) -> (
            Result<f64, String>,
            impl ::core::ops::FnOnce(
                <Result<f64, String> as ::backprop::Differentiable>::Gradient,
            ) -> (f64, f64) + ::core::clone::Clone + use<A_ACTIVE, B_ACTIVE>,
        ) {
            let result: Result<f64, String>;
            let (t_zero, divided_pullback, branch, rest) = 'forward: {
                let q;
                let (t, divided_pullback) = divided::forward::<true, true>(a, b);
                let t_zero = ::backprop::__private::zero_gradient(&t);
                let branch = match t {
                    Ok(value_1) => {
                        q = value_1;
                        ::backprop::__private::Branch::Then(())
                    }
                    Err(error) => {
                        let t_1 = Err(::core::convert::From::from(error));
                        result = t_1;
                        break 'forward (
                            t_zero,
                            divided_pullback,
                            ::backprop::__private::Branch::Else(()),
                            ::core::option::Option::None,
                        );
                    }
                };
                ::backprop::__private::scalar(&q);
                result = Ok(q * b);
                (t_zero, divided_pullback, branch, ::core::option::Option::Some(q))
            };
            let value = result;
            (
                value,
                move |value_bar: <Result<f64, String> as ::backprop::Differentiable>::Gradient| {
                    let result_bar = value_bar;
                    let mut b_bar = 0.0;
                    let mut q_bar = 0.0;
                    if let ::core::option::Option::Some(q) = rest {
                        let mut t_3_bar = ::core::clone::Clone::clone(&result_bar);
                        let t_2_bar = *::backprop::__private::some_payload(&mut t_3_bar);
                        if t_2_bar != 0.0 {
                            q_bar += t_2_bar * b;
                            b_bar += t_2_bar * q;
                        }
                    }
                    let mut t_bar = t_zero;
                    match branch {
                        ::backprop::__private::Branch::Then(()) => {
                            let value_1_bar = q_bar;
                            ::backprop::__private::accumulate(
                                &mut *::backprop::__private::some_payload(&mut t_bar),
                                &value_1_bar,
                            );
                        }
                        ::backprop::__private::Branch::Else(()) => {}
                    }
                    let mut a_bar = 0.0;
                    if !::backprop::__private::is_zero(&t_bar) {
                        let (a_bar_1, b_bar_1) = divided_pullback(t_bar);
                        a_bar += a_bar_1;
                        b_bar += b_bar_1;
                    }
                    (a_bar, b_bar)
                },
            )
        }
    "#]]
    .assert_eq(&generated("forward", CHAIN));
}
