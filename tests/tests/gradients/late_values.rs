//! Values that are given in a statement which may also leave the block, the loop or the function.

use backprop::{Differentiable, backprop};
use backprop_tests::check;

#[derive(Clone, Debug, Differentiable)]
struct P {
    a: f64,
    b: Vec<f64>,
}

#[backprop]
fn grow(v: &mut [f64]) {
    for i in 0..v.len() {
        v[i] *= v[i];
    }
}

#[backprop]
fn total(v: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..v.len() {
        s += v[i] * v[i] * (i as f64 + 1.0);
    }
    s
}

#[backprop]
fn returned(a: &[f64], k: usize) -> Vec<f64> {
    let v = if k == 1 {
        return vec![a[0] * a[1]];
    } else {
        vec![a[0], a[2] * a[1]]
    };
    let mut w = v;
    w[0] *= w[1];
    w
}

#[backprop]
fn vec_or_leave(a: &[f64], k: usize) -> f64 {
    let v = if k == 1 {
        vec![a[0], a[1] * a[0]]
    } else if k == 2 {
        return a[2] * a[2];
    } else {
        vec![a[0]]
    };
    v[0] * v[0] * a[3]
}

#[backprop]
fn vec_mut(a: &[f64], k: usize) -> f64 {
    let mut v = if k == 1 {
        vec![a[0], a[1] * a[0]]
    } else if k == 2 {
        return a[2] * a[2];
    } else {
        vec![a[0]; k + 1]
    };
    grow(&mut v);
    v[0] *= a[1];
    v.push(a[2]);
    total(&v)
}

#[backprop]
fn passed(a: &[f64], k: usize) -> f64 {
    let r = {
        let v = if k == 1 {
            return a[0] * a[1];
        } else {
            a.to_vec()
        };
        let q = v;
        q
    };
    total(&r) * r[0]
}

#[backprop]
fn returned2(a: &[f64], k: usize) -> f64 {
    let r = returned(a, k);
    total(&r)
}

#[test]
fn a_vector_or_an_exit() {
    let x = [1.3, 0.7, 1.9, -0.4];
    for k in 0..4 {
        check!(vec_or_leave(&x, const k));
        check!(vec_mut(&x, const k));
        check!(passed(&x, const k));
        check!(returned2(&x, const k));
    }
}

#[backprop]
fn used_in_leaving(a: &[f64], k: usize) -> f64 {
    let x: f64;
    if k > 0 {
        x = a[0] * a[0];
        let z = x * x;
        if k > 1 {
            return z * x;
        }
    } else {
        x = a[0];
    }
    x * x * a[1]
}

#[backprop]
fn read_inside(a: &[f64], k: usize) -> f64 {
    let v;
    if k > 0 {
        v = vec![a[0] * a[1], a[2]];
        let s = total(&v);
        if k > 1 {
            return s * v[0];
        }
    } else {
        v = vec![a[0]; 3];
    }
    total(&v) * v[1]
}

#[backprop]
fn nested(a: &[f64], k: usize) -> f64 {
    let v;
    if k != 1 {
        if k > 0 {
            v = vec![a[0] * a[1], a[2]];
        } else {
            v = a.to_vec();
        }
        let s = v[0] * v[1];
        if k == 3 {
            return s;
        }
    } else {
        return a[1];
    }
    v[1] * v[1] * total(&v)
}

#[backprop]
fn assigned_later(a: &[f64], k: usize) -> f64 {
    let mut v;
    if k < 2 {
        v = vec![a[0], a[1]];
        v[0] *= v[1];
        if k == 1 {
            return v[0] * v[1];
        }
        v[1] = v[0];
    } else {
        v = vec![a[3]; 2];
    }
    v = vec![v[0] * v[1], a[2], v[1]];
    total(&v)
}

#[backprop]
fn deeper(a: &[f64], k: usize) -> f64 {
    let v;
    if k < 3 {
        {
            let y = a[0] * a[1];
            if k == 0 {
                return y;
            }
            if k == 1 {
                v = vec![y; 2];
            } else {
                v = vec![a[2], y, y];
            }
            let z = v[1] * v[0];
            if z > 1e6 {
                return z;
            }
        }
    } else {
        v = a.to_vec();
    }
    let w;
    if k == 2 {
        w = v.clone();
        if a[0] < 0.0 {
            return w[0];
        }
    } else {
        w = vec![v[0] * v[1], a[1]];
    }
    total(&w) * v[1]
}

#[test]
fn a_value_is_read_where_the_run_may_still_leave() {
    let x = [1.3, 0.7, 1.9, -0.4];
    for k in 0..4 {
        check!(used_in_leaving(&x, const k));
        check!(read_inside(&x, const k));
        check!(nested(&x, const k));
        check!(assigned_later(&x, const k));
        check!(deeper(&x, const k));
    }
}

#[backprop]
fn tuples(a: &[f64], k: usize) -> f64 {
    let t = if k == 0 {
        (a[0], 2_usize)
    } else {
        match k {
            1 | 2 => {
                return a[1] * 2.0;
            }
            _ => {}
        }
        (a[2] * a[1], 0_usize)
    };
    t.0 * a[t.1]
}

#[backprop]
fn structs(a: &[f64], k: usize) -> f64 {
    let mut p = match k {
        0 => P { a: a[0] * a[1], b: a.to_vec() },
        1 => return a[2],
        _ => P { a: a[3], b: vec![a[1], a[1]] },
    };
    p.b[0] *= p.a;
    p.a += p.b[1];
    p.a * p.b[0]
}

#[backprop]
fn nested_arrays(a: &[f64], k: usize) -> f64 {
    let m = match k {
        0 => [[a[0], a[1]], [a[1], 1.0]],
        1 => return a[2],
        _ => [[a[3]; 2]; 2],
    };
    m[0][1] * m[1][0] * a[0]
}

#[backprop]
fn unknown(a: &[f64], k: usize) -> f64 {
    let u = match k {
        0 => total(a),
        1 => return a[1],
        _ => total(&a[1..]),
    };
    u * u
}

#[test]
fn tuples_arrays_and_structs_or_an_exit() {
    let x = [1.3, 0.7, 1.9, -0.4];
    for k in 0..4 {
        check!(tuples(&x, const k));
        check!(structs(&x, const k));
        check!(nested_arrays(&x, const k));
        check!(unknown(&x, const k));
    }
}

#[backprop]
fn in_loop(a: &[f64], k: usize) -> f64 {
    let mut s = 1.0;
    for i in 0..4 {
        let v = if i == k {
            if k == 3 {
                break;
            }
            s += a[i];
            continue;
        } else {
            vec![a[i] * s; i + 1]
        };
        let mut w = v.clone();
        w[i] *= s;
        s = total(&w) * 0.1 + v[0];
    }
    s
}

#[backprop]
fn labelled(a: &[f64], k: usize) -> f64 {
    let mut s = 1.0;
    'o: for i in 0..3 {
        let mut j = 0;
        loop {
            let p = if j > k {
                break;
            } else if j + i == 4 {
                continue 'o;
            } else if s > 50.0 {
                return s;
            } else {
                P { a: s * a[j], b: vec![a[i], s] }
            };
            s += p.a * p.b[0] + p.b[1] * 0.1;
            j += 1;
        }
    }
    s
}

#[backprop]
fn looped_value(a: &[f64], k: usize) -> f64 {
    let mut i = 0;
    let v = loop {
        if i == k {
            break vec![a[i], a[0]];
        }
        if i == 2 {
            return a[2] * a[2];
        }
        i += 1;
    };
    total(&v)
}

#[test]
fn a_value_or_an_exit_in_loops() {
    let x = [1.3, 0.7, 1.9, -0.4];
    for k in 0..4 {
        check!(in_loop(&x, const k));
        check!(labelled(&x, const k));
        check!(looped_value(&x, const k));
    }
}
