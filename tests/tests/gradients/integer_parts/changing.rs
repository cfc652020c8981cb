//! Fields that are indices, and change while they are in use.

use super::*;

#[backprop]
fn walk(body: &Body, x: &[f64]) -> f64 {
    let mut c = body.clone();
    let mut s = 1.0;
    while c.id < 3 {
        s = s * x[c.id] + c.mass;
        c.id += 1;
        c.mass *= x[c.id];
    }
    s
}

#[backprop]
fn stepping(body: &mut Body, x: &[f64]) -> f64 {
    let y = x[body.id] * body.mass;
    body.id = body.id + 1;
    body.mass *= x[body.id];
    body.ids[body.id % 3] = 0;
    y * x[body.ids[body.id % 3]]
}

#[backprop]
fn in_a_callee(body: &Body, x: &[f64]) -> f64 {
    let mut c = body.clone();
    let mut s = stepping(&mut c, x);
    s += stepping(&mut c, x) * s;
    s * c.mass * x[c.id - 1]
}

#[backprop]
fn with_exits(body: &Body, x: &[f64]) -> f64 {
    let mut c = body.clone();
    let mut s = 1.0;
    loop {
        if c.id > 2 {
            break;
        }
        let k = if c.flag {
            c.id
        } else {
            c.id += 2;
            continue;
        };
        s *= x[k] * c.mass;
        c.flag = !c.flag;
        if s > 1e9 {
            return s * x[k];
        }
    }
    s
}

#[backprop]
fn indexed_by_value(body: &Body, x: &[f64]) -> f64 {
    let mut y = x[0] * 3.0;
    let mut s = 0.0;
    for i in 0..3 {
        s += x[(y.abs().floor() as usize + body.id) % 4] * body.mass;
        y = y + x[i];
    }
    s * y
}

#[backprop]
fn swapping(body: &Body, x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    let mut c = body.clone();
    for _ in 0..2 {
        v.swap(c.id, c.id + 1);
        c.id -= 1;
        v[c.id] *= v[c.id + 1];
        c.id += 1;
    }
    v[0] * v[1] + v[2] * c.mass
}

#[backprop]
fn part_range(body: &Body, x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    let mut c = body.clone();
    {
        let r = &mut v[c.id..c.id + 2];
        r[0] *= r[1] * c.mass;
        c.id = 0;
        r[c.id] += r[1];
    }
    v[c.id] * v[1] * v[2]
}

#[backprop]
fn growing(body: &Body, x: &[f64]) -> f64 {
    let mut c = body.clone();
    let mut s = 0.0;
    for i in 0..c.ids.len() {
        c.ids.push(1);
        s += x[c.ids[c.ids.len() - 1]] * x[i] * c.mass;
    }
    s * c.ids.len() as f64
}

#[backprop]
fn late_int(body: &Body, x: &[f64]) -> f64 {
    let k;
    if body.flag {
        k = body.id;
        if body.kind > 7 {
            return x[k];
        }
    } else {
        k = 0;
    }
    let j = if body.kind == 2 {
        body.id
    } else {
        return x[0];
    };
    x[k] * x[j + 1] * body.mass
}

#[backprop]
fn the_best(body: &Body, x: &[f64]) -> f64 {
    let mut best = body.id;
    for k in 0..4 {
        if x[k] > x[best] {
            best = k;
        }
    }
    x[best] * body.mass
}

#[backprop]
fn in_tuples(body: &Body, x: &[f64]) -> f64 {
    let mut p = (body.id, body.mass * x[0]);
    p.0 += 1;
    p.1 *= x[p.0];
    p = (p.0 - 1, p.1 * x[1]);
    let (k, m) = p;
    m * x[k]
}

#[backprop]
fn structs_in_vec(body: &Body, x: &[f64]) -> f64 {
    let mut bs = vec![body.clone(), body.clone()];
    bs[1].id = bs[0].id + 1;
    bs[0].mass *= x[bs[1].id];
    let i = bs[0].id;
    bs[i].mass += bs[0].mass;
    bs[i].mass * x[i]
}

#[test]
fn indices_change_in_loops_and_callees() {
    hold!(walk in_a_callee with_exits indexed_by_value swapping part_range growing late_int the_best in_tuples structs_in_vec);
}
