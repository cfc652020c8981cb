//! A parameter that is left with another length: how long its gradient has to be when the reverse sweep begins is known
//! when the forward sweep has run.

use super::generated;
use expect_test::expect;

pub(super) const SHORTENED: &str = "
#[backprop]
fn shortened(v: &mut Vec<f64>) -> f64 {
    v.pop().unwrap() * v[0]
}
";

#[test]
fn a_parameter_of_another_length() {
    expect![[r#"
        pub fn value_and_grad(v: &mut Vec<f64>) -> (f64, Vec<f64>) {
            let (value, pullback) = Self::forward::<true>(v);
            let v_exit = ::std::borrow::ToOwned::to_owned(&*v);
            let mut v_grad = ::std::vec![0.0; v.len()];
            let () = pullback(1.0, (&mut *v, ::core::option::Option::Some(&mut v_grad)));
            *v = v_exit;
            (value, v_grad)
        }
    "#]]
    .assert_eq(&generated("value_and_grad", SHORTENED));
    expect![[r#"
        pub fn value_and_grad_into(v: &mut Vec<f64>, v_grad: &mut Vec<f64>) -> f64 {
            let t = v.pop().unwrap();
            let value = t * v[0];
            ::backprop::__private::check_buffer::<
                Vec<f64>,
            >("shortened::value_and_grad_into", "v", &*v, v_grad);
            let v_bar = v_grad;
            let mut t_bar = 0.0;
            t_bar += v[0];
            v_bar[0] += t;
            v_bar.push(t_bar);
            value
        }
    "#]]
    .assert_eq(&generated("value_and_grad_into", SHORTENED));
}
