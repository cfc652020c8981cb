use super::{generated, phase};
use expect_test::expect;

const MOVED: &str = "
    #[backprop]
    fn moved(p: &Point, x: f64) -> f64 {
        let q = Point { x: p.x + x, ..*p };
        q.x * q.y
    }
";

#[test]
fn lowered() {
    expect![[r#"
        fn moved(p, x)
            #0 let t = add p.x x
            #2 let q = struct Point x: t, ..*p
            #3 let t_1 = mul q.x q.y
            result t_1
    "#]]
    .assert_eq(&phase("lower", MOVED));
}

#[test]
fn expanded() {
    expect![[r#"
        fn both_sweeps(
            p: &Point,
            x: f64,
            p_grad: &mut <Point as ::backprop::Differentiable>::Adjoint,
        ) -> (f64, f64) {
            ::backprop::__private::scalar(&p.x);
            let q = Point { x: p.x + x, ..*p };
            ::backprop::__private::scalar(&q.x);
            ::backprop::__private::scalar(&q.y);
            let value = q.x * q.y;
            let p_bar = p_grad;
            let mut q_bar = ::backprop::__private::zero_gradient(&q);
            ::backprop::__private::add_share(&mut q_bar.x, q.y);
            ::backprop::__private::add_share(&mut q_bar.y, q.x);
            let t_bar = q_bar.x;
            ::backprop::__private::set_zero(&mut q_bar.x);
            ::backprop::__private::accumulate(&mut *p_bar, &q_bar);
            ::backprop::__private::add_share(&mut p_bar.x, t_bar);
            let x_bar = t_bar;
            (value, x_bar)
        }
    "#]]
    .assert_eq(&generated("both_sweeps", MOVED));
}
