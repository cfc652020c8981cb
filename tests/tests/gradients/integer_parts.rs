//! Integers, flags and constants among the fields of a struct, whose types are not known to the macro: as indices, bounds
//! and lengths, in arithmetic, in casts and conditions.

use backprop::{Differentiable, backprop};

#[derive(Clone, Debug, Differentiable)]
struct Body {
    id: usize,
    kind: i32,
    flag: bool,
    mass: f64,
    ids: Vec<usize>,
    faces: Vec<[usize; 3]>,
    #[constant]
    table: Vec<f64>,
    #[constant]
    gain: f64,
}

fn body() -> Body {
    Body {
        id: 1,
        kind: 2,
        flag: true,
        mass: 1.5,
        ids: vec![2, 0, 1],
        faces: vec![[0, 1, 2], [2, 2, 1]],
        table: vec![0.5, 2.0, 3.0],
        gain: 3.0,
    }
}

const X: [f64; 4] = [0.3, 0.7, 1.9, -0.4];

/// Holds the gradient of a function of a body and a slice to central differences.
macro_rules! hold {
    ($($function:ident)*) => {$({
        let (value, claimed) = $function::value_and_grad(&body(), &X);
        assert_eq!(value, $function(&body(), &X));
        let f = |(body, x): &(Body, Vec<f64>)| $function(body, x);
        backprop::check::gradient(f, (body(), X.to_vec()), &claimed).assert_ok();
    })*};
}

mod bound;
mod changing;
mod constants;

#[backprop]
fn index_plus(body: &Body, x: &[f64]) -> f64 {
    x[body.id + 1] * body.mass
}

#[backprop]
fn range_end(body: &Body, x: &[f64]) -> f64 {
    let r = &x[body.id..body.id + 2];
    r[0] * r[1] * body.mass
}

#[backprop]
fn moved(body: &Body, x: &[f64]) -> f64 {
    let n: usize = body.id + body.ids[0];
    x[n] * body.mass
}

#[backprop]
fn sw(body: &Body, x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    v.swap(body.id, body.id + 1);
    v[0] * v[1] * body.mass * v[2].sin()
}

#[backprop]
fn closure(body: &Body, x: &[f64]) -> f64 {
    let at = |i: usize| (i + 1) % 3;
    x[at(body.id)] * body.mass
}

#[backprop]
fn in_while(body: &Body, x: &[f64]) -> f64 {
    let mut i = body.id;
    let mut s = 1.0;
    while i + 1 < x.len() {
        s *= x[i] * body.mass;
        i += 1;
    }
    s
}

#[test]
fn an_index_may_be_computed_from_a_field() {
    hold!(index_plus range_end moved sw closure in_while);
}

#[backprop]
fn bounds(body: &Body, x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in body.id..body.id + 2 {
        s += x[i] * x[i];
    }
    s * body.mass
}

#[backprop]
fn bounds_rev(body: &Body, x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in (0..body.id * 2).rev() {
        s = s * body.mass + x[i];
    }
    s
}

#[backprop]
fn length(body: &Body, x: &[f64]) -> f64 {
    let mut v = vec![body.mass; body.id * 3];
    for i in 0..body.ids.len() {
        v[i] *= x[body.ids[i]];
    }
    v[0] + v[1] * v[2]
}

#[test]
fn a_bound_and_a_length_may_be_fields() {
    hold!(bounds bounds_rev length);
}

#[backprop]
fn let_plus(body: &Body, x: &[f64]) -> f64 {
    let k = body.id + 1;
    x[k] * body.mass
}

#[backprop]
fn let_plain(body: &Body, x: &[f64]) -> f64 {
    let k = body.id;
    x[k] * x[k + 1] * body.mass
}

#[backprop]
fn let_kind(body: &Body, x: &[f64]) -> f64 {
    let k = body.kind * 2 - 3;
    if k == 1 { x[0] * body.mass } else { x[1] }
}

#[backprop]
fn modulo(body: &Body, x: &[f64]) -> f64 {
    let k = body.id % 2;
    let y = (body.id % 2) as f64 * x[1];
    x[k] * body.mass + y
}

#[backprop]
fn bits(body: &Body, x: &[f64]) -> f64 {
    let k = body.kind & 1;
    let s = 1usize << body.kind;
    if k == 0 { x[0] * body.mass * s as f64 } else { x[1] }
}

#[backprop]
fn pow(body: &Body, x: &[f64]) -> f64 {
    let k = body.id.pow(2);
    let j = body.id.wrapping_add(1);
    x[0] * k as f64 * body.mass * x[j]
}

#[backprop]
fn assigned(body: &Body, x: &[f64]) -> f64 {
    let mut k = 0;
    k = body.id;
    k += body.id;
    x[k] * body.mass
}

#[backprop]
fn branches(body: &Body, x: &[f64]) -> f64 {
    let k = if body.flag { body.id } else { 0 };
    x[k] * body.mass
}

#[backprop]
fn tuple_in(body: &Body, x: &[f64]) -> f64 {
    let t = (body.id, x[0]);
    let (i, y) = t;
    x[t.0] * x[i + 1] * t.1 * y * body.mass
}

#[test]
fn a_field_is_bound_as_an_integer() {
    hold!(let_plus let_plain let_kind modulo bits pow assigned branches tuple_in);
}

#[backprop]
fn cast_unknown(body: &Body, x: &[f64]) -> f64 {
    body.id as f64 * x[0] * body.mass
}

#[backprop]
fn cast_let(body: &Body, x: &[f64]) -> f64 {
    let k = body.kind;
    let y = k as f64;
    y * x[0] * body.mass
}

#[backprop]
fn cast_gain(body: &Body, x: &[f64]) -> f64 {
    let y = body.gain as f64;
    y * x[0] * body.mass
}

#[backprop]
fn cast_mass(body: &Body, x: &[f64]) -> f64 {
    let y = body.mass as f32;
    (y as f64) * x[0]
}

#[test]
fn a_field_is_cast_whatever_it_is() {
    hold!(cast_unknown cast_let cast_gain);
    let (_, (by_body, by_x)) = cast_mass::value_and_grad(&body(), &X);
    assert_eq!((by_body.mass, by_x), (f64::from(0.3_f32), vec![1.5, 0.0, 0.0, 0.0]));
}

#[backprop]
fn compare(body: &Body, x: &[f64]) -> f64 {
    if body.kind == 2 { x[0] * body.mass } else { x[1] }
}

#[backprop]
fn flagged(body: &Body, x: &[f64]) -> f64 {
    if body.flag { x[0] * body.mass } else { x[1] }
}

#[backprop]
fn not_flagged(body: &Body, x: &[f64]) -> f64 {
    let on = !body.flag;
    if on || !body.flag { x[1] } else { x[0] * body.mass }
}

#[backprop]
fn matched(body: &Body, x: &[f64]) -> f64 {
    match body.kind {
        0 => x[0],
        2 => x[1] * body.mass,
        _ => x[2],
    }
}

#[test]
fn a_field_is_a_condition() {
    hold!(compare flagged not_flagged matched);
}

#[backprop]
fn const_table(body: &Body, x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..3 {
        s += body.table[i] * x[i] * body.mass;
    }
    s
}

#[backprop]
fn const_gain(body: &Body, x: &[f64]) -> f64 {
    body.gain * x[1] * body.mass
}

#[backprop]
fn const_let(body: &Body, x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..body.table.len() {
        let c = body.table[i];
        s += c * x[i] * body.mass;
    }
    s
}

#[test]
fn constant_fields_stand_in_arithmetic() {
    hold!(const_table const_gain const_let);
}

#[backprop]
fn faces(body: &Body, x: &[f64]) -> f64 {
    let mut s = 0.0;
    for k in 0..body.faces.len() {
        s += x[body.faces[k][1]] * x[body.faces[k][2]] * body.mass;
    }
    s
}

#[backprop]
fn faces_let(body: &Body, x: &[f64]) -> f64 {
    let mut s = 0.0;
    for k in 0..body.faces.len() {
        let i = body.faces[k][1];
        let j = body.faces[k][2];
        s += x[i] * x[j + 1] * body.mass;
    }
    s
}

#[backprop]
fn over_ids(body: &Body, x: &[f64]) -> f64 {
    let mut s = 0.0;
    for &k in &body.ids {
        s += x[k] * x[k + 1] * body.mass;
    }
    s
}

#[backprop]
fn over_ids_ref(body: &Body, x: &[f64]) -> f64 {
    let mut s = 0.0;
    for k in &body.ids {
        s += x[*k] * x[*k + 1] * body.mass * (*k as f64);
    }
    s
}

#[test]
fn tables_of_indices_are_fields() {
    hold!(faces faces_let over_ids over_ids_ref);
}

#[backprop]
fn after_exit(body: &Body, x: &[f64]) -> f64 {
    let k = body.id;
    if x[0] > 100.0 {
        return x[0];
    }
    let j = body.id + 1;
    x[k] * x[j] * body.mass * j as f64
}

#[test]
fn after_an_exit() {
    hold!(after_exit);
}

#[backprop]
fn many(bodies: &[Body], x: &[f64]) -> f64 {
    let mut s = 0.0;
    for body in bodies {
        let k = body.id;
        s += body.mass * x[k] * x[body.ids[k]] * (body.id as f64 + 1.0);
    }
    for i in 0..bodies.len() {
        s += x[bodies[i].id + i] * bodies[i].mass;
    }
    s
}

#[backprop]
fn twice(body: Body, n: usize, x: f64) -> f64 {
    let mut sum = 0.0;
    for k in 0..n * body.id {
        let at = body.id + k;
        sum += many(&[body.clone()], &[x, x * at as f64, 2.0 * x, x]);
    }
    sum
}

#[test]
fn in_slices_of_structs_and_in_callees() {
    let bodies = vec![body(), Body { id: 0, flag: false, mass: -0.7, ..body() }];
    for count in 0..=2 {
        let (value, claimed) = many::value_and_grad(&bodies[..count], &X);
        assert_eq!(value, many(&bodies[..count], &X));
        let f = |(bodies, x): &(Vec<Body>, Vec<f64>)| many(bodies, x);
        backprop::check::gradient(f, (bodies[..count].to_vec(), X.to_vec()), &claimed).assert_ok();
    }
    for n in [0, 2] {
        let (value, claimed) = twice::value_and_grad(body(), n, 0.4);
        assert_eq!(value, twice(body(), n, 0.4));
        let f = |(body, x): &(Body, f64)| twice(body.clone(), n, *x);
        backprop::check::gradient(f, (body(), 0.4), &claimed).assert_ok();
    }
}
