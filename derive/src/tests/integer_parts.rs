//! Integers among the fields of a struct, whose types are not known.

use super::{generated, phase};
use expect_test::expect;

const NEIGHBOUR: &str = "
#[backprop]
fn neighbour(body: &Body, x: &[f64]) -> f64 {
    let k = body.id + 1;
    let weight = body.id as f64 * body.table[k];
    weight * x[k] + x[body.id]
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn neighbour(body, x)
            #0 let k = body.id + 1
            #1 let t = cast body.id f64
            #3 let weight = mul t body.table[k]
            #4 let t_1 = mul weight x[k]
            #5 let t_2 = add t_1 x[body.id]
            result t_2
    "#]]
    .assert_eq(&phase("lower", NEIGHBOUR));
}

#[test]
fn reversed() {
    expect![[r#"
        begin t_2_bar = seed
        restore #5
        begin t_1_bar = t_2_bar
        add x_bar[body.id] += t_2_bar
        restore #4
        begin weight_bar = t_1_bar * x[k]
        add x_bar[k] += t_1_bar * weight
        restore #3
        begin t_bar = weight_bar * body.table[k]
        add body_bar.table[k] += weight_bar * t
        restore #1
        add cast body_bar.id += t_bar
        restore #0
    "#]]
    .assert_eq(&phase("adjoint", NEIGHBOUR));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(
            body: &Body,
            x: &[f64],
            body_grad: &mut <Body as ::backprop::Differentiable>::Adjoint,
            x_grad: &mut [f64],
        ) -> f64 {
            ::backprop::__private::check_buffer::<
                Body,
            >("neighbour::value_and_grad_into", "body", &*body, body_grad);
            ::backprop::__private::check_buffer::<
                [f64],
            >("neighbour::value_and_grad_into", "x", &*x, x_grad);
            let k = body.id + 1;
            ::backprop::__private::discrete(&k);
            let t = body.id as f64;
            ::backprop::__private::scalar(&body.table[k]);
            let weight = t * body.table[k];
            let value = weight * x[k] + x[body.id];
            let body_bar = body_grad;
            let x_bar = x_grad;
            x_bar[body.id] += 1.0;
            let weight_bar = x[k];
            x_bar[k] += weight;
            let t_bar = weight_bar * body.table[k];
            ::backprop::__private::add_share(
                ::backprop::__private::element(&mut body_bar.table, k),
                weight_bar * t,
            );
            ::backprop::__private::add_cast(&mut body_bar.id, t_bar);
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", NEIGHBOUR));
}

const LABELLED: &str = "
#[backprop]
fn labelled(mesh: &Mesh, x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for k in 0..mesh.faces.len() {
        sum += x[mesh.faces[k][1] as usize];
    }
    sum
}
";

#[test]
fn a_cast_is_checked_once() {
    expect![[r#"
        fn labelled(mesh, x)
            #2 passive ::backprop::__private::discrete_part(| | &mesh.faces[0][0]);
            #0 let sum = 0.0
            #4 for k in 0..mesh.faces.len()
                #3 accumulate sum += x[mesh.faces[k][1] as usize]
            result sum
    "#]]
    .assert_eq(&phase("lower", LABELLED));
}
