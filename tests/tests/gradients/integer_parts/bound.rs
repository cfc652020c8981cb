//! Bound to names, taken apart, cast and changed.

use super::*;

#[backprop]
fn flag_let(body: &Body, x: &[f64]) -> f64 {
    let on = body.flag;
    let both = body.flag && x[0] > 0.0;
    if on && both { x[0] * body.mass } else { x[1] }
}

#[backprop]
fn len_let(body: &Body, x: &[f64]) -> f64 {
    let n = body.ids.len();
    let mut s = 0.0;
    for i in 0..n {
        s += x[i] * body.mass / n as f64;
    }
    s * (body.ids.len() as f64)
}

#[backprop]
fn counted(body: &Body, x: &[f64]) -> f64 {
    let mut n = 0;
    for k in 0..3 {
        n += body.ids[k];
        n += 1;
    }
    let mut m = body.id + 2;
    let mut s = 0.0;
    while m > 0 {
        s += x[m] * body.mass;
        m /= 2;
    }
    s * n as f64
}

#[backprop]
fn whiles(body: &Body, x: &[f64]) -> f64 {
    let mut i = 0;
    let mut s = 1.0;
    while i < body.id + 2 {
        s = s * x[i] + body.mass;
        i += body.id;
    }
    s
}

#[backprop]
fn signed(body: &Body, x: &[f64]) -> f64 {
    let k = body.id as i32 - body.kind;
    if k < 0 { x[(k + 1) as usize] * body.mass } else { x[1] }
}

#[backprop]
fn minmax(body: &Body, x: &[f64]) -> f64 {
    let k = body.id.min(3).max(1);
    let j = 2.min(body.id);
    x[k] * x[j] * body.mass
}

#[backprop]
fn shadowed(body: &Body, x: &[f64]) -> f64 {
    let k = body.id;
    let k = k + 1;
    let k = x[k] * k as f64;
    k * body.mass
}

#[backprop]
fn swapped(body: &Body, x: &[f64]) -> f64 {
    let mut i = body.id;
    let mut j = body.id + 1;
    (i, j) = (j, i);
    std::mem::swap(&mut i, &mut j);
    x[i] * body.mass * x[j] * x[i]
}

#[test]
fn flags_and_lengths_are_bound() {
    hold!(flag_let len_let counted whiles signed minmax shadowed swapped);
}

#[backprop]
fn ids_ref(body: &Body, x: &[f64]) -> f64 {
    let ids = &body.ids;
    x[ids[0]] * x[ids[1] + 1] * body.mass
}

#[backprop]
fn enumerated(body: &Body, x: &[f64]) -> f64 {
    let mut s = 0.0;
    for (i, &k) in body.ids.iter().enumerate() {
        s += x[i] * x[k] * body.mass * k as f64;
    }
    s
}

#[backprop]
fn row_of_indices(body: &Body, x: &[f64]) -> f64 {
    let row = body.faces[0];
    x[row[1]] * x[row[2]] * body.mass
}

#[backprop]
fn over_faces(body: &Body, x: &[f64]) -> f64 {
    let mut s = 0.0;
    for f in &body.faces {
        let [i, j, k] = *f;
        s += x[i] * x[j] * x[k] * x[f[0]] * body.mass;
    }
    s
}

#[backprop]
fn face_let(body: &Body, x: &[f64]) -> f64 {
    let [i, j, _] = body.faces[1];
    x[i] * x[j] * body.mass
}

#[backprop]
fn found_in_an_index(body: &Body, x: &[f64]) -> f64 {
    x[body.ids.iter().max().copied().unwrap()] * body.mass
}

#[backprop]
fn hinted(body: &Body, x: &[f64]) -> f64 {
    let m = *body.ids.iter().max().unwrap();
    let n = body.ids[0].max(body.id);
    x[m] * body.mass * x[n]
}

#[backprop]
fn summed(body: &Body, x: &[f64]) -> f64 {
    let total: usize = body.ids.iter().sum();
    x[total % 4] * body.mass
}

#[backprop]
fn in_arrays(body: &Body, x: &[f64]) -> f64 {
    let ks = [body.id, body.id + 1, 0];
    let mut s = 0.0;
    for k in ks {
        s += x[k] * body.mass;
    }
    let vs = vec![body.id; 3];
    s * x[vs[1]]
}

#[backprop]
fn stepped(body: &Body, x: &[f64]) -> f64 {
    let mut s = 1.0;
    for i in (body.id..4).step_by(body.id) {
        s = s * x[i] + body.mass;
    }
    for i in (0..body.ids.len()).rev().take(body.id + 1) {
        s *= x[i];
    }
    s
}

#[backprop]
fn ranged(body: &Body, x: &[f64]) -> f64 {
    let y = &x[body.id..][..body.id + 1];
    let z = &x[..=body.id];
    y[0] * y[1] * z[0] * body.mass
}

#[test]
fn rows_of_indices_are_bound_and_taken_apart() {
    hold!(ids_ref enumerated row_of_indices over_faces face_let found_in_an_index hinted summed in_arrays stepped ranged);
}

#[backprop]
fn u32s(body: &Body, x: &[f64]) -> f64 {
    let mut s = 0.0;
    for f in &body.faces {
        s += x[f[0] as u8 as usize] * body.mass;
    }
    for k in 0..2 {
        s += x[body.faces[k][1] as usize] * x[(body.id + 1) as usize] * body.mass;
    }
    let c = body.clone();
    s * x[c.ids[1] as usize] * c.mass
}

#[backprop]
fn cast_to_other_integers(body: &Body, x: &[f64]) -> f64 {
    let n = body.kind as usize;
    let m = (body.kind - 1) as usize;
    if x.len() > 9 && body.ids[9] as i32 > 3 {
        return x[0];
    }
    x[n] * body.mass * x[m]
}

#[backprop]
fn rooted(body: &Body, x: &[f64]) -> f64 {
    (body.id as f64).sqrt() * x[0] * body.mass + body.kind as f64 / 2.0 * x[1]
}

#[backprop]
fn matched2(body: &Body, x: &[f64]) -> f64 {
    let k = match body.kind {
        0 => body.id,
        2 => body.id + 1,
        _ => return x[0],
    };
    x[k] * body.mass
}

#[test]
fn integers_are_cast_to_other_integers() {
    hold!(u32s cast_to_other_integers rooted matched2);
}

#[backprop]
fn changed_fields(body: &Body, x: &[f64]) -> f64 {
    let mut c = body.clone();
    c.id = body.id + 1;
    c.id += 1;
    c.kind -= 1;
    c.flag = !c.flag;
    c.ids[0] = 3;
    c.ids[1] += 1;
    c.mass *= x[c.ids[1]];
    if c.flag { x[0] } else { c.mass * x[c.id] * x[c.ids[0]] * c.kind as f64 }
}

#[backprop]
fn pushed_index(body: &Body, x: &[f64]) -> f64 {
    let mut c = body.clone();
    c.ids.push(3);
    let n = c.ids.len();
    c.mass *= 2.0;
    x[c.ids[n - 1]] * c.mass
}

#[backprop]
fn made_of_parts(body: &Body, x: &[f64]) -> f64 {
    let c = Body {
        id: body.id + 1,
        kind: body.kind * 2,
        flag: !body.flag,
        mass: body.mass * x[0],
        ids: body.ids.clone(),
        faces: body.faces.clone(),
        table: body.table.clone(),
        gain: body.gain,
    };
    x[c.id] * c.mass * c.kind as f64
}

#[test]
fn integer_fields_are_changed_and_made() {
    hold!(changed_fields pushed_index made_of_parts);
}
